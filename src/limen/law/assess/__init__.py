"""Assess an event: conditions in three values, readings, and views on them."""
