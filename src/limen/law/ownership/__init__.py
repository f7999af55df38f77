"""Decide which entities are treated like their listed owners, authority by authority."""
