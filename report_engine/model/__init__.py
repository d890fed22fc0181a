"""The plain values that travel: findings, problems, and what a section gives."""
