"""The lists of the Office of Foreign Assets Control, in the four formats it publishes them in."""
