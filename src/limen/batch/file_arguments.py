"""Tell an argument that means a file from one that is a name."""

from __future__ import annotations

from pathlib import Path

STDIN = "-"
#: What somebody who types it means as a file.
_SUFFIXES = (".csv", ".tsv", ".txt", ".json", ".jsonl", ".ndjson", ".parquet", ".pq", ".gz")
_FOREIGN = (".xlsx", ".xls", ".ods", ".pdf", ".docx", ".xml", ".zip")


def names_a_file(text: str) -> bool:
    """Whether an argument means a file: there is one, or it looks like the name of one."""
    if text == STDIN or text.startswith(("./", "../", "/", "~/")):
        return True
    return text.lower().endswith(_SUFFIXES + _FOREIGN) or _exists(text)


def _exists(text: str) -> bool:
    try:
        return Path(text).exists()
    except OSError:  # longer than a file name may be
        return False
