"""Contracts: model, data dictionary, and what columns are called."""
