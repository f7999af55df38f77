"""The desk with a million alerts."""
