"""A study of visits to libraries."""
