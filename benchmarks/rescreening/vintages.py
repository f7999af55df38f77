"""States of OFAC's SDN list on any day from August 2021 to May 2024, from its recorded changes."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks.machine import SHARED

_OFAC = SHARED / "data" / "ofac"
_DELTAS = _OFAC / "history" / "sdn_deltas_2021-08-18_2024-05-03.jsonl.gz"


def states(days: Collection[str]) -> Iterator[tuple[str, list[str]]]:
    """Yield each day with the lines of sdn.csv as they were last read on it or before."""
    rows: dict[int, str] = {}
    left = sorted(days)
    with gzip.open(_DELTAS, "rt", encoding="utf-8") as stream:
        for line in stream:
            change = json.loads(line)
            while left and change["ts"][:10] > left[0]:
                yield left.pop(0), list(rows.values())
            _apply(change, rows)
    for day in left:
        yield day, list(rows.values())


def _apply(change: Mapping[str, object], rows: dict[int, str]) -> None:
    if change["op"] == "baseline":
        lines: Sequence[str] = change["rows"]  # type: ignore[assignment]
        rows.update({int(line.partition(",")[0]): line for line in lines})
    elif change["op"] == "remove":
        rows.pop(int(str(change["ent_num"])), None)
    else:
        rows[int(str(change["ent_num"]))] = str(change["row"])


def write_folder(folder: Path, days: Collection[str], aliases: str | None = None) -> Path:
    """Write a folder for ``limen lists update --from``, with a version of the list for each day.

    With ``aliases``, the day of a full set, each version has those aliases and addresses of it that
    are of its own entries; without, the last ones known are carried forward.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lines = ["versions:"]
    for day, rows in states(days):
        files = {"sdn": f"sdn_{day}.csv"}
        (folder / files["sdn"]).write_text("\r\n".join(rows) + "\r\n", encoding="utf-8")
        if aliases:
            numbers = {line.partition(",")[0] for line in rows}
            for part in ("alt", "add"):
                files[part] = f"{part}_{day}.csv"
                kept = _rows_of(aliases, part, numbers)
                (folder / files[part]).write_text(kept, encoding="utf-8")
        roles = ", ".join(f"{role}: {name}" for role, name in files.items())
        partial = "" if aliases else ", partial: [alt, add]"
        lines.append(
            f"  - {{list: us_ofac_sdn, format: ofac_legacy_csv, published: {day}, "
            f"files: {{{roles}}}{partial}}}"
        )
    (folder / "lists.yml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def _rows_of(day: str, part: str, numbers: Collection[str]) -> str:
    with gzip.open(_OFAC / "full_sets" / day / f"{part}.csv.gz", "rt", encoding="utf-8") as stream:
        return "".join(line for line in stream if line.partition(",")[0].strip() in numbers)


def names_of(rows: Sequence[str]) -> dict[str, str]:
    """Return the name of each entry by its number."""
    return {row[0]: row[1] for row in csv.reader(io.StringIO("\n".join(rows))) if len(row) > 1}
