"""Readers of coded interviews."""
