"""One module a command of ``limen``."""
