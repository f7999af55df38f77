"""Pages about parties: one of them, and how authorities compare."""
