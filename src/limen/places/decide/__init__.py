"""Decide where an address lies from the evidence in it."""
