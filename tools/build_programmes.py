"""Write the measures behind each list's tags: ``python tools/build_programmes.py``.

Each row of the fact sheets' programmes_us_un.csv and programmes_eu_uk_ca_au_ch.csv becomes a
measure of src/limen/law/data/<authority>_programmes.yml, but for those that a file written by
hand holds. ``measure_terms.yml`` says how the tables are read where they need a reader. A word
that it does not know stops the run, so that no effect is lost or invented.
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml

from build_licences import CONFIDENCE, DATA, ROOT, Plain, compact

TABLES = tuple(
    ROOT.parent / "shared" / "facts" / name
    for name in ("programmes_us_un.csv", "programmes_eu_uk_ca_au_ch.csv")
)
TERMS = yaml.safe_load(Path(__file__).with_name("measure_terms.yml").read_text())
#: The day that the research of each authority's table reaches.
KNOWN_TO = {
    "US": "2026-06-26",
    "UN": "2026-08-22",
    "EU": "2026-08-22",
    "UK": "2026-08-22",
    "CA": "2026-08-22",
    "AU": "2026-08-22",
    "CH": "2026-03-15",
}
TITLES = {
    "US": ("us-programmes", "United States: programmes and their licences"),
    "UN": ("un-programmes", "United Nations: committees"),
    "EU": ("eu-programmes", "European Union: acts and annexes that list parties"),
    "UK": ("uk-programmes", "United Kingdom: regulations that list parties"),
    "CA": ("ca-programmes", "Canada: regulations and schedules that list parties"),
    "AU": ("au-programmes", "Australia: frameworks that list parties"),
    "CH": ("ch-programmes", "Switzerland: ordinances that list parties"),
}
BINDS = {"US": "us_person", "EU": "eu_operator", "UK": "uk_person", "UN": "member_states"}
#: Lists that print what is imposed, entry by entry.
_PRINTING = ("uk_fcdo", "au_dfat")
_CANADIAN = ("asset_freeze", "making_funds_available")
_NO_DAY = "Its first day was not found; 1 January 2014 stands for it."
_EARLIEST = "Its first day was not found; the earliest that it can be stands for it."
_KINDS = {
    "asset_freeze": "blocking",
    "correspondent_accounts": "correspondent",
    "securities": "debt_equity",
    "new_debt": "debt_equity",
    "secondary_risk": "secondary",
    "licence_requirement": "trade",
    "dual_use": "trade",
    "export": "trade",
}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}[+-]\d{2}:\d{2})?")
_FREEZE_US = "asset freeze (blocking of all property"


def rows() -> list[dict[str, str]]:
    """Return the rows of both tables, one that holds several measures cut into these."""
    table = [row for path in TABLES for row in csv.DictReader(path.read_text().splitlines())]
    for before, row in pairwise(table):
        for column in ("instrument", "citation"):
            if row[column] == "same":
                row[column] = before[column]
    return [part for row in table for part in _parts(row)]


def _parts(row: dict[str, str]) -> Iterator[dict[str, str]]:
    parts = TERMS["parts"].get(row["measure_id"])
    for part in parts or ({},):
        yield {**row, **part}


def measures(table: Iterable[dict[str, str]]) -> Iterator[dict[str, Any]]:
    """Yield a record for each measure id, with the tags and lists of all its rows."""
    by_id: dict[str, list[dict[str, str]]] = {}
    fsf = _fsf_tags(table)
    for row in table:
        if _is_measure(row):
            by_id.setdefault(row["measure_id"], []).append(row)
    acts = {row["measure_id"]: row for row in table if row["list"] == "eu_journal"}
    for name, found in by_id.items():
        yield _measure(name, found, fsf.get(name, []), acts)


def _is_measure(row: dict[str, str]) -> bool:
    """Return whether a row is a measure behind listings that no file by hand holds."""
    listed = row["list"] not in ("(none)", "eu_fsf")
    named = not row["tag"].startswith(("sanctions_imposed:", "(not in the UKSL)", "- |"))
    return listed and named and row["measure_id"] not in TERMS["encoded"]


def _fsf_tags(table: Iterable[dict[str, str]]) -> dict[str, list[str]]:
    """Return the tags of the financial sanctions file by measure."""
    found: dict[str, list[str]] = {}
    for row in table:
        if row["list"] == "eu_fsf":
            for name in TERMS["fsf"].get(row["tag"], [row["measure_id"]]):
                found.setdefault(name, []).append(row["tag"])
    return found


def _measure(
    name: str, found: list[dict[str, str]], fsf: list[str], acts: dict[str, dict[str, str]]
) -> dict[str, Any]:
    first = found[0]
    authority, on_list = first["authority"], first["list"]
    tags = TERMS["tags"].get(name) or list(dict.fromkeys(_tag(row) for row in found))
    records = TERMS["records"].get(name) or [one for row in found for one in _records(row)]
    start, sure = _start(first, acts)
    sources = ["PU" if authority in ("US", "UN") else "PE"]
    note = f"Seen: {first['source'].strip(' ;')}. How sure: {first['confidence']}."
    if name in TERMS["starts"]:
        note += f" {_EARLIEST}"
    elif start == TERMS["starts"]["default"]:
        note += f" {_NO_DAY}"
    status = [compact({"on": start, "is": "in_force", "source": sources, "confidence": sure})]
    if first["until"]:
        status.append(
            compact({"on": first["until"], "is": "ended", "source": sources, "confidence": sure})
        )
    printed = on_list in _PRINTING
    provisions = list(_provisions(name, first, tags, start, sources))
    lists = list(dict.fromkeys(row["list"] for row in found if row["list"] != "eu_fsf"))
    return compact({
        "id": name,
        "title": f"{_title(first)}",
        "authority": authority,
        "instrument": _instrument(first, acts),
        "citation": first["citation"],
        "kind": _kind(authority, provisions, printed=printed),
        "binds": BINDS.get(authority, "own_persons"),
        "programmes": [*([] if authority in ("EU", "CH") else tags), *fsf],
        "on_lists": TERMS["on_lists"].get(name) or _lists(authority, lists, fsf),
        "not_on_lists": TERMS["not_on_lists"].get(name),
        "mark": [f"sanctions-set-id: {number}" for number in _sets(first["tag"])],
        "records": list(dict.fromkeys(records)),
        "as_printed": printed,
        "source": sources,
        "confidence": _sure(first["confidence"]),
        "note": note,
        "status": status,
        "provisions": provisions,
    })  # fmt: skip


def _kind(authority: str, provisions: list[dict[str, Any]], *, printed: bool) -> str:
    """Return the kind of a measure by what it does first."""
    if authority == "UN" or printed:
        return "international" if authority == "UN" else "listing"
    words = [word for each in provisions for word in each["prohibits"]]
    return next((kind for word, kind in _KINDS.items() if word in words), "sectoral")


def _lists(authority: str, lists: list[str], fsf: list[str]) -> list[str]:
    """Return the lists on which the tags mean this; OFAC's own tags mean it on any list."""
    return [] if authority == "US" else [*lists, *(["eu_fsf"] if fsf else [])]


def _tag(row: dict[str, str]) -> str:
    return row["tag"].split(" | ")[0].strip()


def _records(row: dict[str, str]) -> Iterator[str]:
    """Yield act and annex as record ids begin with them: ``32014R0833:XLV``."""
    if row["list"] != "eu_journal":
        return
    _, act, annexes = (part.strip() for part in row["tag"].split("|"))
    for annex in annexes.split("; "):
        yield f"{act}:{re.sub(r'[.][A-Z]-[A-Z]$', '', annex)}"


def _sets(tag: str) -> list[str]:
    """Return the numbers of the Swiss sanctions sets that a row names."""
    return re.findall(r"\d{4,5}", tag) if tag.startswith(("SECO", "set")) else []


def _start(row: dict[str, str], acts: dict[str, dict[str, str]]) -> tuple[str, str | None]:
    """Return the first day and how sure it is.

    An EU act as it applied in the United Kingdom begins when the act does.
    """
    sure = _sure(row["confidence"])
    printed = row["from"].replace("T12:01-", "T00:01-")
    if row["measure_id"].startswith("uk-eu-"):
        act = row["measure_id"].removeprefix("uk-")
        days = [each["from"] for name, each in acts.items() if name.startswith(act)]
        return min(filter(None, days), default=_no_day(row)), "unconfirmed"
    if not _DAY.fullmatch(printed):
        return _no_day(row), "unconfirmed"
    recalled = "recalled" in row["confidence"] or "first listing day" in row["confidence"]
    return printed, "unconfirmed" if recalled else sure


def _no_day(row: dict[str, str]) -> str:
    starts: dict[str, str] = TERMS["starts"]
    return starts.get(row["measure_id"], starts["default"])


def _sure(text: str) -> str | None:
    first = re.split(r"[ ;,(/]", text, maxsplit=1)[0]
    sure = CONFIDENCE[first] if first != "title" else "secondary"
    return None if sure == "sourced" else sure


def _title(row: dict[str, str]) -> str:
    text = _tag(row) if row["list"] in ("au_dfat", "uk_ofsi", "ch_seco") else row["of_whom"]
    if text.startswith("set") and row["list"] == "ch_seco":
        text = f"Ukraine: {text.partition('(')[2].rstrip(')')}"
    text = text.removeprefix("SECO ").split(" (")[0].split(";")[0].split(": set")[0].strip()
    return text[:90] or _tag(row)


def _instrument(row: dict[str, str], acts: dict[str, dict[str, str]]) -> str:
    text = row["instrument"]
    if row["measure_id"].startswith("uk-eu-"):
        act = row["measure_id"].removeprefix("uk-")
        names = [each["instrument"] for name, each in acts.items() if name.startswith(act)]
        name = names[0].partition(", Art")[0].partition(", Annex")[0] if names else act
        text = f"{name}, as it applied in the United Kingdom"
    return re.sub(r"\bEOs? (?=\d)", "Executive Order ", text)


def _provisions(
    name: str, row: dict[str, str], tags: list[str], start: str, sources: list[str]
) -> Iterator[dict[str, Any]]:
    effects = TERMS["effects"].get(name)
    for effect in effects if effects is not None else _effects(row):
        yield compact({
            "id": effect["id"],
            "prohibits": effect["prohibits"],
            "targets": _targets(effect, row, tags),
            "says": effect.get("says"),
            "from": effect.get("from", start),
            "source": sources,
            "confidence": effect.get("confidence") or _sure(row["confidence"]),
            "note": effect.get("note"),
        })  # fmt: skip


def _targets(
    effect: dict[str, Any], row: dict[str, str], tags: list[str]
) -> dict[str, list[str]] | None:
    if territories := effect.get("territories"):
        return {"territories": territories}
    return {"programmes": tags} if row["authority"] == "US" else None


def _effects(row: dict[str, str]) -> Iterator[dict[str, Any]]:
    text = row["prohibits"]
    if text.startswith("as printed"):
        return
    if row["authority"] == "US":
        if not text.startswith(_FREEZE_US):
            sys.exit(f"measure_terms.yml has no effects for {row['measure_id']}: {text}")
        yield {"id": "blocking", "prohibits": ["asset_freeze"]}
        if "entry ban" in text:
            yield {"id": "entry", "prohibits": ["travel"], "confidence": "unconfirmed"}
        return
    words = dict.fromkeys(_words(row, text))
    travel = words.pop("travel", "") is None
    if row["authority"] == "CA":  # arms and services of a Canadian row are of the country
        words = dict.fromkeys(word for word in words if word in _CANADIAN)
    if words:
        yield {"id": "listing", "prohibits": list(words)}
    if travel:
        yield {"id": "entry", "prohibits": ["travel"], "says": "natural persons"}


def _words(row: dict[str, str], text: str) -> Iterator[str]:
    plain = re.sub(r"\[[^\]]*\]", "", text)
    if re.search(r"[Nn][Oo] travel ban", plain):
        plain = re.sub(r"\.? ?[Nn][Oo] travel ban", "", plain)
    elif "travel_ban" in plain or "travel ban" in plain:
        yield "travel"
    for part in re.split(r"[;.]", re.sub(r"\([^)]*\)", "", plain)):
        word = part.strip().split(" except")[0]
        known = TERMS["tokens"].get(word)
        if known is None:
            known = next((v for k, v in TERMS["fragments"].items() if word.startswith(k)), None)
        if known is None and word:
            sys.exit(f"measure_terms.yml does not know {word!r} of {row['measure_id']}")
        yield from known or ()


def pages() -> dict[str, str]:
    """Return the files by name."""
    by_authority: dict[str, list[dict[str, Any]]] = {}
    for measure in measures(rows()):
        by_authority.setdefault(measure["authority"], []).append(measure)
    found = {}
    for authority, records in by_authority.items():
        regime, title = TITLES[authority]
        head = (
            "# Generated by tools/build_programmes.py from the fact sheets' tables and\n"
            "# tools/measure_terms.yml. Change those and run it again.\n"
            f"regime: {regime}\ntitle: '{title}'\nknown_to: {KNOWN_TO[authority]}\n\nmeasures:\n"
        )
        body = yaml.dump(
            records, Dumper=Plain, sort_keys=False, width=100, allow_unicode=True,
            default_flow_style=None,
        )  # fmt: skip
        found[f"{authority.lower()}_programmes.yml"] = head + body
    return found


if __name__ == "__main__":
    for name, text in pages().items():
        (DATA / name).write_text(text)
