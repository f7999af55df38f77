"""The reconciliation API 0.2 of the W3C community group, for OpenRefine."""
