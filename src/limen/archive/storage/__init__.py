"""The archive's storage: its tables, how they are sealed, and how older ones are brought up."""
