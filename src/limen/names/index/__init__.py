"""Find the listed names that a name may be: blocking keys, build, search."""
