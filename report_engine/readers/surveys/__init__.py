"""Readers of survey tools' exports."""
