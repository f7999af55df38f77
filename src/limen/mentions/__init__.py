"""A text against lists and places: which listed parties, statements and acts it mentions."""
