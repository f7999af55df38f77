"""Where the archive keeps its rows: the database, its tables, and the lock of its one writer."""
