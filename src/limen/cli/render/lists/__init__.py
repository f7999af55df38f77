"""The state and the history of lists drawn for a terminal."""
