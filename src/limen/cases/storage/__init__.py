"""The cases' storage: the chain of events, and the tables that are derived from it."""
