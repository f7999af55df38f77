"""The archive's storage: the database, its tables, and the lock of its one writer."""
