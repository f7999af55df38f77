"""Events, acts and measures that a document names."""
