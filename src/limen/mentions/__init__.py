"""Find the listed parties, places, statements and acts that a text mentions."""
