"""Ten faults planted in lists' real files: each must be refused, or shown by the update.

``python -m benchmarks.lists.faults [FORMAT ...]``: an even part of a file is read, then read with
the fault as its next version and put through the checks of an update; those of the list's size and
canaries are left out, which would find most faults. Silent is what would be stored with nothing
more unread and no more oddities than before; the command leaves with 1 for one. ``-`` is a fault
that changes no entry of the file, such as a wrong encoding of plain ASCII.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import timedelta

import msgspec

from benchmarks.lists import table_faults
from benchmarks.lists.newest import Files, newest
from benchmarks.machine import header, write
from limen.lists.audit import Audit
from limen.lists.continuity import by_key, check_continuity, report_misread
from limen.lists.fill_rates import check_fill_rates, count_filled
from limen.lists.registry import ListInfo, load_registry
from limen.lists.source import Source
from limen.lists.verify import read_version, verify_version
from limen.model import Entry, LimenError

#: By format: its record, and its elements or attributes for a name, a programme, a number, and two
#: that are about equally full.
_FIELDS = {
    "un_xml": (
        "INDIVIDUAL|ENTITY", "FIRST_NAME", "UN_LIST_TYPE", "NUMBER", "FIRST_NAME SECOND_NAME"
    ),
    "eu_fsf_xml": ("sanctionEntity", "wholeName", "programme", "number", "firstName lastName"),
    "uk_fcdo_xml": ("Designation", "Name6", "RegimeName", "PassportNumber", "Name1 Name6"),
    "ca_sema_xml": ("record", "LastName", "Country", "ShipIMONumber", "LastName GivenName"),
    "ofac_xml": ("sdnEntry", "lastName", "program", "idNumber", "city country"),
}  # fmt: skip
_ISO = re.compile(r"(?<=[>\"])(\d{4})-(\d\d)-(\d\d)(?=[<\"])")
_SLASHED = re.compile(r"(?<=>)(\d\d)/(\d\d)/(\d{4})(?=<)")
_WORDED = re.compile(r"(?<=>)(\d\d) ([A-Z][a-z]{2}) (\d{4})(?=<)")
Fault = Callable[[str], str]


#: Records that are read of a file, in which every fault is plain; Canada numbers ships alone.
_RECORDS = 600
_WHOLE = ("ca_sema_xml",)


def main() -> int:
    registry, rows, silent, chosen = load_registry(), [], [], sys.argv[1:]
    for (list_id, layout), files in newest().items():
        if layout in (chosen or {**_FIELDS, **table_faults.FIELDS}):
            count = 10_000 if layout in _WHOLE else _RECORDS
            verdicts = plant_faults(files, registry.get(list_id), count)
            print(list_id, layout, verdicts, file=sys.stderr, flush=True)
            rows.append(f"| {list_id} {layout} | {' | '.join(verdicts.values())} |")
            silent += [f"{layout}: {name}" for name, it in verdicts.items() if it == "SILENT"]
    names = list(_faults("un_xml"))
    lines = [f"| list | {' | '.join(names)} |", f"|---|{'---|' * len(names)}", *rows, ""]
    lines.append(f"Silent: {len(silent)}. {'; '.join(silent)}")
    if chosen:
        print("\n".join(lines))
    else:
        command = "python -m benchmarks.lists.faults"
        write("list_faults.md", header("Faults planted in lists", command) + lines)
    return 1 if silent else 0


def plant_faults(files: Files, info: ListInfo, records: int) -> dict[str, str]:
    """Return what the checks of an update say of each fault in a part of a version."""
    info = msgspec.structs.replace(
        info, canaries=(), records=msgspec.structs.replace(info.records, min=1)
    )
    texts = {role: _decoded(content) for role, content in files.content.items()}
    if files.format in _FIELDS:
        texts = {
            role: _part(text, _FIELDS[files.format][0], records) for role, text in texts.items()
        }
        faults = _faults(files.format)
    else:
        texts = table_faults.part(files.format, texts, records)
        faults = table_faults.faults(files.format)
    before, audit = _read(files, texts)
    return {
        name: _verdict(
            files, info, {role: fault(text) for role, text in texts.items()}, before, audit
        )
        for name, fault in faults.items()
    }


def _verdict(
    files: Files, info: ListInfo, texts: Mapping[str, str], before: list[Entry], shown: Audit
) -> str:
    """What an update would do with the faulty file as the next version."""
    day = files.published + timedelta(days=7)
    try:
        entries, audit = _read(files, texts)
        if entries == before and audit == shown:
            return "-"
        verify_version(info, entries, previous_count=len(before), published=day)
        audit.check_set_aside(len(entries))
        check_fill_rates(info, count_filled(entries), count_filled(before), published=day)
        check_continuity(info, by_key(entries), before, published=day)
    except LimenError as error:
        return f"refused: {type(error).__name__}"
    more = Counter(audit.unread) - shown.unread + (Counter(audit.oddities) - shown.oddities)
    return f"shown: {len(more)}" if more else "SILENT"


def _read(files: Files, texts: Mapping[str, str]) -> tuple[list[Entry], Audit]:
    audit = Audit()
    sources = {
        role: Source.of_bytes(role, text.encode(), name=files.list_id)
        for role, text in texts.items()
    }
    entries = list(read_version(files.format, sources, audit))
    report_misread(entries, audit)
    return entries, audit


def _decoded(content: bytes) -> str:
    """Return a file's text: OFSI prints Windows-1252."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _part(text: str, record: str, count: int) -> str:
    """Return the file with an even part of its records."""
    pattern = re.compile(rf"<({record})(?:\s[^>]*)?>.*?</\1>", re.DOTALL)
    step = -(-sum(1 for _ in pattern.finditer(text)) // count)
    seen = iter(range(len(text)))
    text = pattern.sub(lambda found: found[0] if next(seen) % step == 0 else "", text)
    left = sum(1 for _ in pattern.finditer(text))
    return re.sub(r"(<Record_Count>)\d+", rf"\g<1>{left}", text)


def _faults(layout: str) -> dict[str, Fault]:
    record, name, programme, number, pair = _FIELDS[layout]
    one, two = pair.split()
    return {
        "columns swapped": lambda text: _renamed(
            _renamed(_renamed(text, one, "x-y"), two, one), "x-y", two
        ),
        "label renamed": lambda text: _renamed(text, number, f"{number}New"),
        "record renamed": lambda text: re.sub(rf"(</?)({record})(?=[\s>])", r"\1\2New", text),
        "field emptied": lambda text: _mapped(text, number, lambda _: ""),
        "half dropped": lambda text: _halved(text, record),
        "names elsewhere": lambda text: _renamed(text, name, "Remark"),
        "dates otherwise": _other_dates,
        "programme constant": lambda text: _mapped(text, programme, lambda _: "X"),
        "numbers cut": lambda text: _mapped(text, number, lambda value: value[:4]),
        "wrong encoding": lambda text: text.encode().decode("latin-1"),
    }


def _renamed(text: str, name: str, new: str) -> str:
    text = re.sub(rf"(</?){name}(?=[\s/>])", rf"\g<1>{new}", text)
    return re.sub(rf'(\s){name}(?==")', rf"\g<1>{new}", text)


def _mapped(text: str, name: str, change: Callable[[str], str]) -> str:
    """Change the values of an element or attribute."""
    text = re.sub(rf"(<{name}(?:\s[^>]*)?>)([^<]*)(?=</)", lambda m: m[1] + change(m[2]), text)
    return re.sub(rf'(\s{name}=")([^"]*)(?=")', lambda m: m[1] + change(m[2]), text)


def _halved(text: str, record: str) -> str:
    seen = iter(range(len(text)))
    pattern = rf"<({record})(?:\s[^>]*)?>.*?</\1>"
    return re.sub(pattern, lambda m: m[0] if next(seen) % 2 else "", text, flags=re.DOTALL)


def _other_dates(text: str) -> str:
    """Print every date of a record in another form; the head of the file keeps its own."""
    head, rest = text[:600], text[600:]
    if _ISO.search(rest):
        rest = _ISO.sub(r"\2/\3/\1", rest)
    else:
        rest = _WORDED.sub(r"\2. \1st, '\3", _SLASHED.sub(r"\2/\1/\3", rest))
    return head + rest


if __name__ == "__main__":
    sys.exit(main())
