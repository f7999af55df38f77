"""One reader for each publisher: bytes in, entries out."""
