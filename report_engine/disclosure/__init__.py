"""The secret that protects persons in what is published, and the random number that it gives each of their rows."""
