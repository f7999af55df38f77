"""The HTTP API and the pages. Not built yet."""
