"""Decide whether a command's argument means a file or a name."""

from __future__ import annotations

from pathlib import Path

STDIN = "-"
#: Endings that are meant as a file's, whether it exists or not.
_SUFFIXES = (".csv", ".tsv", ".txt", ".json", ".jsonl", ".ndjson", ".parquet", ".pq", ".gz")
_FOREIGN = (".xlsx", ".xls", ".ods", ".pdf", ".docx", ".xml", ".zip")


def names_a_file(text: str) -> bool:
    """Return whether an argument means a file: it exists, or it looks like a file's name."""
    if text == STDIN or text.startswith(("./", "../", "/", "~/")):
        return True
    return text.lower().endswith(_SUFFIXES + _FOREIGN) or _exists(text)


def _exists(text: str) -> bool:
    try:
        return Path(text).exists()
    except OSError:  # longer than a file name may be
        return False
