"""Decide what each authority's embargoes mean for a located address."""
