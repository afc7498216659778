"""The names of states for each audience, and who holds the ball."""
