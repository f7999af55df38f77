"""Databases that hold what must not be lost: the archive's and the cases'.

SQLite files or PostgreSQL by URL, the lock of one writer, and errors that say how to fix them.
"""
