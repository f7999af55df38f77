"""Read an address into words, numbers, names and their roles."""
