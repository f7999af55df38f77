"""The HTTP API of yente, so that its clients work unchanged."""
