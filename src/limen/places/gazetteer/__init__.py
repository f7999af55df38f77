"""Places by name and point, and who controlled them when."""
