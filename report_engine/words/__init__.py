"""Wording in both languages: numbers, the engine's own messages, and plain words for what is in the way."""
