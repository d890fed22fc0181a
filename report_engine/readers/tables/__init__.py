"""Readers of delimited text, workbooks, OpenDocument, Parquet, and what they share."""
