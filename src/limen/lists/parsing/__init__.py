"""Shared parsing for all list readers: rows, XML records, dates, identifiers, entry drafts."""
