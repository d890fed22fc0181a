"""Proposal of a mapping from a data file of somebody else to a contract."""
