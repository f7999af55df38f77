"""Places: gazetteer, territories as law defines them, control over time, address reading."""
