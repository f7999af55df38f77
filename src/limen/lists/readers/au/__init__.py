"""Australia: DFAT's consolidated list."""
