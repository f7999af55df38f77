"""From a location to what each authority's embargoes say of it."""
