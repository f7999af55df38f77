"""Download lists from their publishers or a mirror."""
