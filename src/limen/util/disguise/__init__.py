"""What hides a text, and how it is undone."""
