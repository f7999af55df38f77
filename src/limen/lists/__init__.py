"""One module a publisher: bytes in, entries out; the registry of lists; download and checks."""
