"""A reproducible research report on Swedish municipal labour-market policy."""
