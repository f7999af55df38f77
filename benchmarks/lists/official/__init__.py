"""Repackaged lists, written back into their publishers' own files."""
