"""Templates, assets and the geometry of the pages' pictures."""
