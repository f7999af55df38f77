"""Download lists from their publishers or a mirror: ``fetcher`` files, ``http`` one request."""
