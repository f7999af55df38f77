"""Compile the official list of occupied territories: ``python tools/build_control.py SHARED``.

Source: order No. 376 of 28.02.2025 of the Ministry for Development of Communities and
Territories of Ukraine, as amended to 30.04.2025 (an official document, not subject to
copyright). What comes out is ``src/limen/places/data/control.csv``, one row a unit and period;
``src/limen/places/gazetteer/control.py`` says what its columns mean.
"""

from __future__ import annotations

import csv
import gzip
import re
import sys
from collections.abc import Iterator
from pathlib import Path

OUT = Path(__file__).resolve().parents[1] / "src" / "limen" / "places" / "data" / "control.csv"
SECTIONS = {"II": "occupied", "I.2": "hostilities", "I.3": "hostilities"}
_EXCEPT = re.compile(r"за винятком:?\s*(.*)", re.DOTALL)
_MARK = re.compile(r"^(?:м|с-ще|с-ща|с|c|смт|частина м)\.?\s+")


def stem(code: str) -> str:
    """The leading digits that everything below a unit shares."""
    digits = code[2:14]
    for end in (2, 4, 7, 10):
        if set(digits[end:]) <= {"0"}:
            return digits[:end]
    return digits


def periods(starts: str, ends: str) -> Iterator[tuple[str, str]]:
    """Each start with the first end on or after it that is not taken yet."""
    left = sorted(filter(None, ends.split("|")))
    for start in sorted(filter(None, starts.split("|"))):
        end = next((each for each in left if each >= start), "")
        if end:
            left.remove(end)
        yield start, end


def plain(name: str) -> str:
    return _MARK.sub(
        "", re.sub(r"[’'`\xa0]", lambda m: " " if m[0] == "\xa0" else "", name).strip()
    ).casefold()


def exceptions(told: str, below: list[tuple[str, str]], row: str) -> list[str]:
    found = _EXCEPT.search(told)
    if not found:
        return []
    text = re.sub(r"\([^)]*\)", "", found[1]).replace(" та ", ", ")
    text = re.sub(r"(?<=[а-яі])\s+(?=с\. )", ", ", text)
    codes = []
    for part in filter(str.strip, text.split(",")):
        name = plain(re.sub(r"частина м\. Золотого", "м. Золоте", part))
        hits = [code for code, own in below if plain(own) == name]
        if not hits:
            print(f"{row}: nothing is called {part!r}", file=sys.stderr)
        codes += hits
    return codes


def main(shared: Path) -> None:
    codifier = shared / "katottg" / "katottg_2025-05-16_enriched.csv.gz"
    with gzip.open(codifier, "rt", encoding="utf-8-sig", newline="") as stream:
        units = [
            (row["code"], row["name_uk"].strip(), row["category"]) for row in csv.DictReader(stream)
        ]
    order = shared / "occupied" / "perelik_376_2025-05-07.csv"
    rows = []
    with order.open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.DictReader(stream):
            state = SECTIONS.get(row["section"].split()[0])
            if state is None:
                continue
            code, told = row["katottg_code"], row["name_uk"]
            if told.startswith("частина"):
                state = f"part_{state}"
            below = [
                (c, n) for c, n, kind in units if c[2:].startswith(stem(code)) and kind in "MXCK"
            ]
            apart = exceptions(told, below, code)
            name = re.sub(r"\s+", " ", _EXCEPT.sub("", told)).strip()
            for start, end in periods(row["start_dates_iso"], row["end_dates_iso"]):
                if start != end:
                    rows.append((code, name, state, start, end, " ".join(apart)))
    with OUT.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(("code", "name", "state", "from", "until", "except"))
        writer.writerows(sorted(set(rows)))
    print(f"{len(set(rows)):,} periods")


if __name__ == "__main__":
    main(Path(sys.argv[1]) / "data" / "geo")
