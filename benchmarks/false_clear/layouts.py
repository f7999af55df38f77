"""Files as exports write them: headings, delimiters, encodings and types around listed names.

A layout takes targets and returns a file. A run that refuses the file, or asks back, is no false
clear; a run that clears its rows without a notice is.
"""

from __future__ import annotations

import csv
import io
import json
import random
from collections.abc import Callable, Sequence

from benchmarks.false_clear.cases import Target

#: A file's name and its bytes.
File = tuple[str, bytes]
Layout = Callable[[Sequence[Target], random.Random], File]


def _table(
    headings: Sequence[str] | None, rows: Sequence[Sequence[object]], *, delimiter: str = ",",
    encoding: str = "utf-8", newline: str = "\n",
) -> File:  # fmt: skip
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator=newline)
    if headings is not None:
        writer.writerow(headings)
    writer.writerows(rows)
    return "rows.csv", text.getvalue().encode(encoding, errors="replace")


def _parts(target: Target) -> tuple[str, str]:
    words = target.name.replace(",", " ").split()
    return (" ".join(words[:-1]), words[-1]) if len(words) > 1 else ("", target.name)


def _turned(target: Target) -> str:
    """Write a name's words in another order, so that it is found only where its kind is open."""
    words = target.name.replace(",", " ").split()
    return " ".join([*words[1:], words[0]])


def named(*headings: str, **options: str) -> Layout:
    """Return a layout with a name under the first heading and fillers under the others."""

    def layout(targets: Sequence[Target], chance: random.Random) -> File:
        rows = [
            [
                _turned(target) if len(headings) > 1 else target.name,
                *(_filler(heading, chance) for heading in headings[1:]),
            ]
            for target in targets
        ]
        return _table(headings, rows, **options)

    return layout


def split(first: str, last: str, **options: str) -> Layout:
    """Return a layout with the surname under one heading and the rest under another."""

    def layout(targets: Sequence[Target], _: random.Random) -> File:
        rows = [[_parts(target)[1], _parts(target)[0]] for target in targets]
        return _table([last, first], rows, **options)

    return layout


def headless(targets: Sequence[Target], _: random.Random) -> File:
    """Write no heading; the first row is a name like the others."""
    return _table(None, [[str(place), target.name] for place, target in enumerate(targets, 1)])


def headless_one_word(targets: Sequence[Target], _: random.Random) -> File:
    """Write no heading, and a country in a cell that is also a heading's word."""
    return _table(None, [[target.name, "Bank"] for target in targets])


def headless_many(targets: Sequence[Target], chance: random.Random) -> File:
    """Write no heading over a key, a name, a day and a country."""
    rows = [
        [f"C-{n:05}", target.name, f"{chance.randint(1940, 2000)}-0{chance.randint(1, 9)}-17", "RU"]
        for n, target in enumerate(targets)
    ]
    return _table(None, rows, delimiter=";")


def headless_names(targets: Sequence[Target], _: random.Random) -> File:
    """Write names alone, without a heading."""
    return _table(None, [[target.name] for target in targets])


def repeated_heading_of_parts(targets: Sequence[Target], _: random.Random) -> File:
    """Write the surname and the rest under the same heading."""
    rows = [[n, *reversed(_parts(target))] for n, target in enumerate(targets)]
    return _table(["ref", "Name", "Name"], rows, delimiter=";")


def repeated_heading(targets: Sequence[Target], _: random.Random) -> File:
    """Write the same column twice."""
    return _table(["name", "ref", "name"], [[t.name, n, t.name] for n, t in enumerate(targets)])


def repeated_heading_of_another(targets: Sequence[Target], _: random.Random) -> File:
    """Write the name of a bank under the same heading as the customer's."""
    rows = [["Corner Savings Bank", n, target.name] for n, target in enumerate(targets)]
    return _table(["name", "ref", "name"], rows)


def json_parts_under_one_key(targets: Sequence[Target], _: random.Random) -> File:
    """Write the two parts of a name under the same key."""
    rows = [
        f'{{"name": {json.dumps(first)}, "name": {json.dumps(last)}}}'
        for first, last in map(_parts, targets)
    ]
    return "rows.jsonl", "\n".join(rows).encode()


def names_in_id(targets: Sequence[Target], _: random.Random) -> File:
    """Write codes under ``name`` and names under ``id``."""
    return _table(["name", "id"], [[f"C{n:06}", t.name] for n, t in enumerate(targets)])


def name_in_note(targets: Sequence[Target], _: random.Random) -> File:
    """Write the names in a column whose heading says nothing, beside an empty ``name``."""
    return _table(["name", "remarks"], [["", target.name] for target in targets])


def title_as_name(targets: Sequence[Target], _: random.Random) -> File:
    """Write a title under ``name`` and the name in its parts."""
    rows = [["Mr", *_parts(target)] for target in targets]
    return _table(["name", "firstName", "lastName"], rows)


def line_separators(targets: Sequence[Target], _: random.Random) -> File:
    """End the lines with U+2028."""
    text = "\u2028".join(["name", *(target.name for target in targets)])
    return "rows.csv", text.encode()


def separators_with_columns(end: str) -> Layout:
    """Return a layout whose lines end as no editor ends them, in two columns."""

    def layout(targets: Sequence[Target], _: random.Random) -> File:
        rows = [f"{target.name.replace(',', ' ')},{n}" for n, target in enumerate(targets)]
        return "rows.csv", end.join(["name,ref", *rows]).encode()

    return layout


def headless_company(targets: Sequence[Target], _: random.Random) -> File:
    """Write no heading, and in each row a word that is a heading elsewhere."""
    words = ("Company", "Person", "Vessel")
    return _table(None, [[target.name, words[n % 3]] for n, target in enumerate(targets)])


def json_nested_parts(targets: Sequence[Target], _: random.Random) -> File:
    """Write the parts of a name in an inner object of an inner object."""
    parts = [_parts(target) for target in targets]
    rows = [{"party": {"name": {"firstName": a, "lastName": b}}} for a, b in parts]
    return "rows.json", json.dumps(rows, ensure_ascii=False).encode()


def json_duplicate_properties(targets: Sequence[Target], _: random.Random) -> File:
    """Write the property ``name`` twice in FollowTheMoney's shape."""
    rows = [
        f'{{"schema": "{t.schema}", "properties": {{"name": [{json.dumps(t.name)}], "name": []}}}}'
        for t in targets
    ]
    return "rows.jsonl", "\n".join(rows).encode()


def parquet_nested(targets: Sequence[Target], _: random.Random) -> File:
    """Write the name in a struct in a list in a struct."""
    rows = [{"parties": [{"full_name": target.name}]} for target in targets]
    return _parquet({"order": rows})


def json_lines(targets: Sequence[Target], _: random.Random) -> File:
    """Write plain records, nested as web services write them."""
    rows = [{"customer": {"name": target.name, "ref": n}} for n, target in enumerate(targets)]
    return "rows.jsonl", "\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode()


def json_duplicate_keys(targets: Sequence[Target], _: random.Random) -> File:
    """Write the key ``name`` twice in one object."""
    rows = [f'{{"name": {json.dumps(t.name)}, "name": ""}}' for t in targets]
    return "rows.jsonl", "\n".join(rows).encode()


def json_properties(targets: Sequence[Target], _: random.Random) -> File:
    """Write parties in FollowTheMoney's shape."""
    rows = [{"schema": t.schema, "properties": {"name": [t.name]}} for t in targets]
    return "rows.jsonl", "\n".join(json.dumps(row) for row in rows).encode()


def parquet_structs(targets: Sequence[Target], _: random.Random) -> File:
    """Write the name inside a struct, as nested exports do."""
    return _parquet({"customer": [{"name": target.name, "n": 1} for target in targets]})


def parquet_lists(targets: Sequence[Target], _: random.Random) -> File:
    """Write the names as lists of text."""
    return _parquet({"name": [[target.name] for target in targets]})


def parquet_bytes(targets: Sequence[Target], _: random.Random) -> File:
    """Write the names as bytes, as some engines type text."""
    return _parquet({"name": [target.name.encode() for target in targets]})


def parquet_dictionary(targets: Sequence[Target], _: random.Random) -> File:
    """Write the names dictionary-encoded beside a float column of numbers."""
    import pyarrow as pa

    names = pa.array([target.name for target in targets]).dictionary_encode()
    return _parquet({"name": names, "passport": [float(n) for n in range(len(targets))]})


def _parquet(columns: dict) -> File:
    import pyarrow as pa
    import pyarrow.parquet as pq

    sink = io.BytesIO()
    pq.write_table(pa.table(columns), sink)
    return "rows.parquet", sink.getvalue()


def _filler(heading: str, chance: random.Random) -> str:
    digits = "".join(chance.choice("0123456789") for _ in range(7))
    return {"flag": "Y", "imo": digits, "category": "V", "kind": "bank", "type": "retail",
            "party type": "I", "position": "long", "gender": "7", "call sign": "",
            "country": "Utopia", "iban": "", "birth date": "07.10.1952"}.get(
        heading.casefold(), "x" + digits)  # fmt: skip


#: Layouts whose names are turned; a company's or a ship's is then for review.
TURNED = frozenset(
    ("heading flag", "heading imo", "heading call sign", "category V", "kind bank", "type retail",
     "country that is none", "Kunde;Kundennummer", "pipes", "tabs, UTF-16", "old Mac line ends",
     "UTF-8 with a mark", "heading mmsi", "heading position", "heading gender", "type I")
)  # fmt: skip
PEOPLE: dict[str, Layout] = {
    "Name;Vorname": split("Vorname", "Name", delimiter=";"),
    "Nom;Prénom": split("Prénom", "Nom", delimiter=";"),
    "Apellidos;Nombre": split("Nombre", "Apellidos", delimiter=";"),
    "last_name,first_name": split("first_name", "last_name"),
    "title under name beside parts": title_as_name,
    "parts of a name in nested JSON": json_nested_parts,
    "parts of a name under a heading twice": repeated_heading_of_parts,
    "parts of a name under a JSON key twice": json_parts_under_one_key,
}
ANYONE: dict[str, Layout] = {
    "one column": named("name"),
    "heading flag": named("name", "flag"),
    "heading imo": named("name", "imo"),
    "heading call sign": named("name", "call sign"),
    "category V": named("name", "category"),
    "kind bank": named("name", "kind"),
    "type retail": named("name", "type"),
    "country that is none": named("name", "country"),
    "Kunde;Kundennummer": named("Kunde", "Kundennummer", delimiter=";"),
    "pipes": named("customer_name", "ref", delimiter="|"),
    "tabs, UTF-16": named("name", "ref", delimiter="\t", encoding="utf-16"),
    "old Mac line ends": named("name", "ref", newline="\r"),
    "UTF-8 with a mark": named("name", "ref", encoding="utf-8-sig"),
    "no heading": headless,
    "no heading, four columns": headless_many,
    "no heading, one column": headless_names,
    "a column twice": repeated_heading,
    "two names under a heading twice": repeated_heading_of_another,
    "no heading, a heading's word in a cell": headless_one_word,
    "codes under name, names under id": names_in_id,
    "names under a heading that says nothing": name_in_note,
    "no heading, kinds in a column": headless_company,
    "heading mmsi": named("name", "mmsi"),
    "heading position": named("name", "position"),
    "heading gender": named("name", "gender"),
    "type I": named("name", "party type"),
    "U+2028 line ends": line_separators,
    "U+2028 line ends, two columns": separators_with_columns("\u2028"),
    "U+2029 line ends, two columns": separators_with_columns("\u2029"),
    "U+0085 line ends, two columns": separators_with_columns("\x85"),
    "lone CR line ends, two columns": separators_with_columns("\r"),
    "nested JSON": json_lines,
    "duplicate JSON keys": json_duplicate_keys,
    "duplicate JSON properties": json_duplicate_properties,
    "nested Parquet list of structs": parquet_nested,
    "FollowTheMoney lines": json_properties,
    "Parquet struct": parquet_structs,
    "Parquet lists": parquet_lists,
    "Parquet bytes": parquet_bytes,
    "Parquet dictionary and floats": parquet_dictionary,
}
