"""The first command that showed each kind of false clear, run again: what it answers now."""
