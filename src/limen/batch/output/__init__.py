"""Screened rows as files: flat records, their formats, and outputs that can be resumed."""
