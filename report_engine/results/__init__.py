"""What sections give, written down: figures, tables, facts, claims, and where each came from."""
