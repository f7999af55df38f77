"""Decide where an address is from the evidence in it."""
