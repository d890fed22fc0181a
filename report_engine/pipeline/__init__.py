"""What decides which steps of the workflow run: content, and what became of it last time."""
