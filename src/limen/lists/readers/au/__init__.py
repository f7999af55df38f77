"""Read Australia's lists: DFAT's consolidated list."""
