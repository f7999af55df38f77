"""The readers of publishers' formats, a folder for each publisher: bytes in, entries out."""
