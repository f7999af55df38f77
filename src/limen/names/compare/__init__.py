"""Compare two names and explain the score."""
