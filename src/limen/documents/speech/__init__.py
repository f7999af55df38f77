"""Find statements in a document: their speaker, day and channel."""
