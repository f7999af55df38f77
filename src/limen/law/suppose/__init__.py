"""Suppose measures in force that are not: by an event, or by plain assumption."""
