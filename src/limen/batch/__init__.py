"""Portfolios in, screened rows out: reading, mapping columns, running, writing, resuming."""
