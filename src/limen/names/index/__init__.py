"""Find the listed names that a name may match: blocking keys, build, search."""
