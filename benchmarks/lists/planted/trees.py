"""The ten faults, and each label emptied or renamed, in lists that are XML."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from benchmarks.lists.planted.encodings import misread

#: By format: its record, and its elements or attributes for a name, a programme, a number, and two
#: that are about equally full.
FIELDS = {
    "un_xml": (
        "INDIVIDUAL|ENTITY", "FIRST_NAME", "UN_LIST_TYPE", "NUMBER", "FIRST_NAME SECOND_NAME"
    ),
    "eu_fsf_xml": ("sanctionEntity", "wholeName", "programme", "number", "street city"),
    "uk_fcdo_xml": ("Designation", "Name6", "RegimeName", "PassportNumber", "Name1 Name6"),
    "ca_sema_xml": ("record", "LastName", "Country", "ShipIMONumber", "LastName GivenName"),
    "ch_seco_xml": (
        "target", "value", "sanctions-set-id", "zip-code", "address-details zip-code"
    ),
    "ofac_xml": ("sdnEntry", "lastName", "program", "idNumber", "city country"),
    "ofac_enhanced_xml": (
        "entity", "formattedFullName", "sanctionsProgram", "documentNumber",
        "documentNumber issuingCountry",
    ),
    "ofac_advanced_xml": (
        "DistinctParty", "NamePartValue", "Comment", "IDRegistrationNo", "FixedRef ID"
    ),
}  # fmt: skip
#: Canada numbers ships alone, and OFAC's sample of its advanced format has 37 parties.
_WHOLE = ("ca_sema_xml", "ofac_advanced_xml")
_ISO = re.compile(r"(?<=[>\"])(\d{4})-(\d\d)-(\d\d)(?=[<\"])")
_SLASHED = re.compile(r"(?<=>)(\d\d)/(\d\d)/(\d{4})(?=<)")
_WORDED = re.compile(r"(?<=>)(\d\d) ([A-Z][a-z]{2}) (\d{4})(?=<)")
#: A day and a month as elements or attributes of their own.
_PARTS = (
    re.compile(r"(<Month>)(\d+)(</Month>\s*<Day>)(\d+)(?=</Day>)"),
    re.compile(r'(\bday=")(\d+)(" month=")(\d+)(?=")'),
)
#: The head of a file, which has its own date.
_HEAD = 600
Fault = Callable[[str], str]


def part(layout: str, texts: Mapping[str, str], count: int) -> dict[str, str]:
    """Return the files with an even part of their records."""
    return {
        role: text if layout in _WHOLE else _part(text, FIELDS[layout][0], count)
        for role, text in texts.items()
    }


def _part(text: str, record: str, count: int) -> str:
    pattern = re.compile(rf"<({record})(?:\s[^>]*)?>.*?</\1>", re.DOTALL)
    step = -(-sum(1 for _ in pattern.finditer(text)) // count)
    seen = iter(range(len(text)))
    text = pattern.sub(lambda found: found[0] if next(seen) % step == 0 else "", text)
    left = sum(1 for _ in pattern.finditer(text))
    return re.sub(r"(<Record_Count>)\d+", rf"\g<1>{left}", text)


def labels(layout: str, texts: Mapping[str, str]) -> list[str]:
    """Return every element with a text, and every attribute, of the records."""
    record = FIELDS[layout][0]
    found: dict[str, None] = {}
    for text in texts.values():
        first = re.search(rf"<({record})[\s>]", text)
        rest = text[first.start() if first else 0 :]
        found |= dict.fromkeys(re.findall(r"<([\w-]+)(?:\s[^>]*)?>[^<\s]", rest))
        found |= dict.fromkeys(re.findall(r'\s([\w-]+)="[^"]', rest))
    return list(found)


def renamed(_layout: str, text: str, label: str, new: str) -> str:
    """Rename an element and an attribute."""
    text = re.sub(rf"(</?){label}(?=[\s/>])", rf"\g<1>{new}", text)
    return re.sub(rf'(\s){label}(?==")', rf"\g<1>{new}", text)


def emptied(_layout: str, text: str, label: str) -> str:
    """Empty an element and an attribute."""
    return _mapped(text, label, lambda _: "")


def faults(layout: str) -> dict[str, Fault]:
    """Return the faults of a format by name."""
    record, name, programme, number, pair = FIELDS[layout]
    one, two = pair.split()

    def rename(text: str, label: str, new: str) -> str:
        return renamed(layout, text, label, new)

    return {
        "columns swapped": lambda text: rename(
            rename(rename(text, one, "x-y"), two, one), "x-y", two
        ),
        "label renamed": lambda text: rename(text, number, f"{number}New"),
        "record renamed": lambda text: re.sub(rf"(</?)({record})(?=[\s>])", r"\1\2New", text),
        "field emptied": lambda text: emptied(layout, text, number),
        "half dropped": lambda text: _halved(text, record),
        "names elsewhere": lambda text: rename(text, name, "Remark"),
        "dates otherwise": _other_dates,
        "programme constant": lambda text: _mapped(text, programme, lambda _: "X"),
        "numbers cut": lambda text: _mapped(text, number, lambda value: value[:4]),
        "wrong encoding": misread,
    }


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
    head, rest = text[:_HEAD], text[_HEAD:]
    if _ISO.search(rest):
        return head + _ISO.sub(r"\2/\3/\1", rest)
    for parts in _PARTS:
        rest = parts.sub(r"\1\4\3\2", rest)
    return head + _WORDED.sub(r"\2. \1st, '\3", _SLASHED.sub(r"\2/\1/\3", rest))
