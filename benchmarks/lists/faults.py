"""Ten faults planted in lists' real files: each must be refused, or shown by the update.

``python -m benchmarks.lists.faults``: a file is read, then read with the fault as its next version
and put through the checks of an update. Silent is what would be stored with nothing more unread
and no more oddities than before; the command leaves with 1 for one. ``-`` is a fault that changes
no entry of the file, such as a wrong encoding of plain ASCII.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Callable
from datetime import timedelta

from benchmarks.lists.newest import Files, newest
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


def main() -> int:
    registry, rows, silent = load_registry(), [], []
    for (list_id, layout), files in newest().items():
        if layout in _FIELDS:
            verdicts = _verdicts(files, registry.get(list_id))
            rows.append(f"| {list_id} {layout} | {' | '.join(verdicts.values())} |")
            silent += [f"{layout}: {name}" for name, it in verdicts.items() if it == "SILENT"]
    names = list(_faults("un_xml"))
    lines = [f"| list | {' | '.join(names)} |", f"|---|{'---|' * len(names)}", *rows, ""]
    lines.append(f"Silent: {len(silent)}. {'; '.join(silent)}")
    print("\n".join(lines))
    return 1 if silent else 0


def _verdicts(files: Files, info: ListInfo) -> dict[str, str]:
    (role,) = files.content
    text = files.content[role].decode("utf-8")
    before, audit = _read(files, role, text)
    return {
        name: _verdict(files, info, role, fault(text), before, audit)
        for name, fault in _faults(files.format).items()
    }


def _verdict(
    files: Files, info: ListInfo, role: str, text: str, before: list[Entry], shown: Audit
) -> str:
    """What an update would do with the faulty file as the next version."""
    day = files.published + timedelta(days=7)
    try:
        entries, audit = _read(files, role, text)
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


def _read(files: Files, role: str, text: str) -> tuple[list[Entry], Audit]:
    audit = Audit()
    source = {role: Source.of_bytes(role, text.encode(), name=files.list_id)}
    entries = list(read_version(files.format, source, audit))
    report_misread(entries, audit)
    return entries, audit


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
