"""Conditionals in a document: their patterns, polarity and the facts they depend on."""
