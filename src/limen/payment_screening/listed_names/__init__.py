"""Find listed names in the forms that payments give them: cut off, shortened, with other names."""
