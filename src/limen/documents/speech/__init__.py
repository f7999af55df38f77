"""Statements in a document: who said what, when and in which channel."""
