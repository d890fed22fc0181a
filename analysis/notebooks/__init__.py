"""Jupyter notebooks: the one that the workflow executes, what runs it and what it writes with."""
