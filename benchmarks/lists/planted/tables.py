"""The ten faults, and each label emptied or renamed, in lists that are tables.

A fault changes the text of one file; files that lack its columns stay as they are. OFAC's tables
have no heading: their labels are numbers of columns, and the words before values in the remarks.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Mapping

from benchmarks.lists.planted.encodings import misread

Rows = list[list[str]]
Fault = Callable[[str], str]

#: By format: the columns of the kind of record, a name, a programme, a number, and two that are
#: about equally full. Where a file has no heading, the numbers of the columns.
FIELDS: Mapping[str, tuple[str, str, str, str, str, str]] = {
    "us_csl_csv": ("type", "name", "programs", "ids", "name", "addresses"),
    "uk_ofsi_csv": ("Group Type", "Name 6", "Regime", "Passport Details", "Name 1", "Name 6"),
    "uk_fcdo_csv": (
        "Designation Type", "Name 6", "Regime Name", "Passport number", "Name 1", "Name 6"
    ),
    "eu_fsf_csv": (
        "Entity_SubjectType_ClassificationCode", "NameAlias_WholeName",
        "Entity_Regulation_Programme", "Identification_Number", "Address_Street", "Address_City",
    ),
    "eu_journal_csv": ("schema", "name", "programKey", "birthDate", "name", "reason"),
    "ftm_simple_csv": ("schema", "name", "program_ids", "identifiers", "name", "countries"),
    "ofac_legacy_csv": ("2", "1", "3", "11", "1", "3"),
    "ofac_legacy_pip": ("2", "1", "3", "11", "1", "3"),
    "au_dfat_xlsx": (
        "Type", "Name of Individual or Entity", "Committees", "Date of Birth", "Citizenship",
        "Place of Birth",
    ),
    "limen_csv": ("schema", "name", "programme", "passport_number", "birth_date", "address"),
}  # fmt: skip
_HEADLESS = ("ofac_legacy_csv", "ofac_legacy_pip")
#: Columns of the leading file without a heading, and the last of them.
_COLUMNS = 12
_REMARKS = 11
#: The words before a value with a digit in the remarks.
_LABEL = re.compile(r"(?:alt\. )?([A-Z][A-Za-z./()#' -]+?)(?: - | )(?=\S*\d)")
#: Labels of remarks that are tried: the most frequent.
_LABELS = 30
#: Files whose records are joined to those of the leading one.
_JOINED = ("alt", "add")
#: Columns that number the records whose rows follow one another.
_KEYS = {
    "eu_fsf_csv": "Entity_LogicalId",
    "uk_fcdo_csv": "Unique ID",
    "uk_ofsi_csv": "Group ID",
    "au_dfat_xlsx": "Reference",
}
_SEPARATORS = {"eu_fsf_csv": ";", "ofac_legacy_pip": "|"}
_DATE = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b")
_SLASHED = re.compile(r"\b(\d\d)/(\d\d)/(\d{4})\b")
_DOTTED = re.compile(r"\b(\d\d)\.(\d\d)\.(\d{4})\b")
_WORDED = re.compile(r"\b(\d\d) ([A-Z][a-z]{2}) (\d{4})\b")


def part(layout: str, texts: Mapping[str, str], count: int) -> dict[str, str]:
    """Return the largest file with about so many records, and the rows joined to them."""
    if layout not in _HEADLESS:
        largest = max(texts, key=lambda role: len(texts[role]))
        head, rows = _parse(layout, texts[largest])
        at = head[-1].index(_KEYS.get(layout, FIELDS[layout][1]))
        keys = list(dict.fromkeys(_key(row[at]) for row in rows))
        chosen = set(keys[:: max(1, len(keys) // count)])
        return {largest: _write(layout, head, [row for row in rows if _key(row[at]) in chosen])}
    leading = _parse(layout, texts["sdn"])[1]
    few = [row for row in leading[:: max(1, len(leading) // count)] if len(row) > 1]
    ids = {row[0] for row in few}
    joined = {
        role: _write(layout, [], [row for row in _parse(layout, texts[role])[1] if row[0] in ids])
        for role in _JOINED
        if role in texts
    }
    return {"sdn": _write(layout, [], few), **joined}


def _key(cell: str) -> str:
    """Return a record's key: Australia's ``2a`` and ``2b`` are rows of record ``2``."""
    return re.sub(r"(?<=\d)[a-z]+$", "", cell)


def faults(layout: str) -> dict[str, Fault]:
    """Return the faults of a format by name."""
    kind, name, programme, number, one, two = FIELDS[layout]

    def on_cells(column: str, change: Callable[[str], str]) -> Fault:
        return lambda text: _on_cells(layout, text, column, change)

    return {
        "columns swapped": lambda text: _swapped(layout, text, one, two),
        "label renamed": lambda text: renamed(layout, text, number, f"{number} new"),
        "record renamed": on_cells(kind, lambda value: f"{value}New" if value.strip() else value),
        "field emptied": lambda text: emptied(layout, text, number),
        "half dropped": lambda text: _halved(layout, text),
        "names elsewhere": lambda text: renamed(layout, text, name, "Remark"),
        "dates otherwise": lambda text: _other_dates(layout, text),
        "programme constant": on_cells(programme, lambda _: "X"),
        "numbers cut": on_cells(number, lambda value: value[:4]),
        "wrong encoding": misread,
    }


def _parse(layout: str, text: str) -> tuple[Rows, Rows]:
    """Return what is before the first record, its heading last, and the records."""
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_separator(layout)))
    if layout in _HEADLESS:
        return [], rows
    name = FIELDS[layout][1]
    at = next(index for index, row in enumerate(rows) if name in row) + 1
    return rows[:at], rows[at:]


def _write(layout: str, head: Rows, rows: Rows) -> str:
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=_separator(layout)).writerows(head + rows)
    return written.getvalue()


def _separator(layout: str) -> str:
    return _SEPARATORS.get(layout, ",")


def _on_cells(layout: str, text: str, column: str, change: Callable[[str], str]) -> str:
    if _is_joined(layout, text):
        return text
    head, rows = _parse(layout, text)
    at = head[-1].index(column) if head else int(column)
    for row in rows:
        row[at] = change(row[at])
    return _write(layout, head, rows)


def _swapped(layout: str, text: str, one: str, two: str) -> str:
    if _is_joined(layout, text):
        return text
    head, rows = _parse(layout, text)
    first, second = (head[-1].index(one), head[-1].index(two)) if head else (int(one), int(two))
    for row in rows:
        row[first], row[second] = row[second], row[first]
    return _write(layout, head, rows)


def labels(layout: str, texts: Mapping[str, str]) -> list[str]:
    """Return every heading; where there is none, columns by number and labels of remarks."""
    if layout not in _HEADLESS:
        return [name for text in texts.values() for name in _parse(layout, text)[0][-1] if name]
    rows = _parse(layout, texts["sdn"])[1]
    items = [item for row in rows for item in row[_REMARKS].split("; ")]
    words = Counter(match[1] for item in items if (match := _LABEL.match(item)))
    columns = [str(number) for number in range(_COLUMNS)]
    return columns + [label for label, _ in words.most_common(_LABELS)]


def renamed(layout: str, text: str, label: str, new: str) -> str:
    """Rename a heading; where there is none, the labels in the remarks, or no name is left."""
    if layout not in _HEADLESS:
        head, rows = _parse(layout, text)
        head[-1] = [new if cell == label else cell for cell in head[-1]]
        return _write(layout, head, rows)
    if label == str(_REMARKS):
        return re.sub(r"\b(Passport|DOB|POB|ID No\.)", r"New \1", text)
    if label == FIELDS[layout][1]:
        return re.sub(r"\b[A-Z]{4,}", "", text)
    return re.sub(rf"\b{re.escape(label)}(?= )", f"New {label}", text)


def emptied(layout: str, text: str, label: str) -> str:
    """Empty a column, or take the values under a label out of the remarks."""
    if layout not in _HEADLESS or label.isdigit():
        return _on_cells(layout, text, label, lambda _: _nothing(layout))
    pattern = re.compile(rf"(?:alt\. )?{re.escape(label)}\b")
    return _on_cells(
        layout,
        text,
        str(_REMARKS),
        lambda remarks: "; ".join(item for item in remarks.split("; ") if not pattern.match(item)),
    )


def _nothing(layout: str) -> str:
    return "-0- " if layout in _HEADLESS else ""


def _halved(layout: str, text: str) -> str:
    if _is_joined(layout, text):
        return text
    head, rows = _parse(layout, text)
    return _write(layout, head, rows[: len(rows) // 2])


def _other_dates(layout: str, text: str) -> str:
    """Print every date of a record in another form; the head of the file keeps its own."""
    head, rows = _parse(layout, text)
    return _write(layout, head, [[_other_date(cell) for cell in row] for row in rows])


def _other_date(cell: str) -> str:
    if _DATE.search(cell):
        return _DATE.sub(r"\2/\3/\1", cell)
    cell = _DOTTED.sub(r"\2/\1/\3", _SLASHED.sub(r"\2/\1/\3", cell))
    return _WORDED.sub(r"\2. \1st, '\3", cell)


def _is_joined(layout: str, text: str) -> bool:
    """Return whether the file's rows only add to the records of another."""
    return layout in _HEADLESS and len(_parse(layout, text)[1][0]) < _COLUMNS
