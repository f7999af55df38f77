"""Collect an OFAC record: each item goes to the property that the table of kinds gives.

Every OFAC reader uses this, so that a record reads the same from every format.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from limen.lists.audit import Audit
from limen.lists.parsing.dates import read_birth_dates, read_date
from limen.lists.parsing.draft import Draft
from limen.lists.readers.ofac.kinds import (
    Kind,
    alias_kind,
    is_country,
    kind_of,
    prefixes,
    property_for,
    registers,
    table,
)

#: Dates that a partial ISO date expresses in full.
_PLAIN_DATE = re.compile(r"(?:(?:\d{1,2} )?[A-Z][a-z]{2} )?\d{4}")
_DOCUMENT = re.compile(
    r"(?P<number>.*?)(?P<brackets>(?: \([^()]*\))*)(?: (?P<dates>(?:issued|expires)\b.*))?"
)
#: Words before a number ("CNIC: 35202-5400413-9") and more after it ("OR801168 and Kuwaiti ...").
_WORD_BEFORE = re.compile(r"^[A-Za-z.]+: *")
_MORE_AFTER = re.compile(r", | and | - ")
_ANY_DOCUMENT = ("idNumber", "registrationNumber")


class OfacDraft(Draft):
    """The values of one OFAC record collected so far."""

    __slots__ = ("_audit",)

    def __init__(self, record_id: str, schema: str, *, where: str, audit: Audit) -> None:
        super().__init__(record_id, schema, where=where)
        self._audit = audit

    @property
    def name(self) -> str:
        """Return the record's primary name, ``""`` while it has none."""
        return next(iter(self._properties.get("name", ())), "")

    def oddity(self, what: str) -> None:
        """Report a value that is retained but not understood."""
        self._audit.report_oddity(what, self.where)

    def alias(self, printed_kind: str, name: str, *, weak: bool) -> None:
        """Add an alias; a kind that no property expresses becomes an extra field too.

        Raises:
            ListFormatError: an unknown kind of alias.
        """
        kind = alias_kind(printed_kind, self.where)
        self.add("weakAlias" if weak else table().alias_kinds[kind], name)
        if kind == "nka" or (weak and kind != "aka"):
            self.keep(kind, name)

    def address(self, text: str, country: str) -> None:
        """Add an address, and its country where that is one."""
        self.add("address", text)
        if is_country(country):
            self.add("country", country)

    def item(self, label: str, words: str) -> None:
        """Add what an XML file prints under a label; nothing when it is blank."""
        if not words:
            return
        kind = kind_of(label)
        if kind is None:
            self.oddity(f"an item of a kind not in the table: {label}")
        if kind is None or not self.put(kind, words):
            self.keep(label, words)

    def document(self, label: str, words: str) -> None:
        """Add an item that an XML file calls a document, even if the table lacks its label."""
        kind = kind_of(label)
        if kind is None:
            self.oddity(f"a document of a kind not in the table: {label}")
            kind = Kind(label, "documents", _ANY_DOCUMENT)
        if not self.put(kind, words):
            self.keep(label, words)

    def put(self, kind: Kind, words: str) -> bool:
        """Add an item; return whether its words are of the kind that its label announces."""
        if words:
            self._audit.taken[kind.label] += 1
            return _PUT[kind.reads](self, kind, words)
        return False

    def _document(self, kind: Kind, words: str) -> bool:
        match = _DOCUMENT.fullmatch(f" {words}")
        number = match["number"].strip() if match else ""
        if match is None or not any(char.isdigit() for char in number):
            return False
        self.keep(kind.label, words)
        self._number(kind, number, match["brackets"].rpartition("(")[2].rstrip(")"))
        return True

    def _number(self, kind: Kind, number: str, country: str) -> None:
        preferred = kind.preferred
        number = _MORE_AFTER.split(_WORD_BEFORE.sub("", number, count=1))[0]
        for start, properties in prefixes():
            if number.startswith(start):
                number, preferred = number[len(start) :].strip(), properties
        if name := property_for(self.schema, preferred):
            self.add(name, number)
        for register in registers(kind.label):
            if register.holds(country, number) and property_for(self.schema, (register.property,)):
                self.add(register.property, number)

    def _words(self, kind: Kind, words: str) -> bool:
        self._add_or_keep(kind, words, words)
        return True

    def _gender(self, kind: Kind, words: str) -> bool:
        self._add_or_keep(kind, words.lower(), words)
        return True

    def _country(self, kind: Kind, words: str) -> bool:
        if is_country(words):
            self._add_or_keep(kind, words, words)
        else:
            self.keep(kind.label, words)
        return True

    def _add_or_keep(self, kind: Kind, value: str, words: str) -> None:
        if name := property_for(self.schema, kind.preferred):
            self.add(name, value)
        else:
            self.keep(kind.label, words)

    def _birth_date(self, kind: Kind, words: str) -> bool:
        return self._dated(kind, words, read_birth_dates)

    def _date(self, kind: Kind, words: str) -> bool:
        return self._dated(kind, words, lambda text: (str(read_date(text)),))

    def _dated(self, kind: Kind, words: str, read: Callable[[str], tuple[str, ...]]) -> bool:
        name = property_for(self.schema, kind.preferred)
        dates: tuple[str, ...] = ()
        try:
            dates = read(words)
        except ValueError:
            self.oddity(f"{kind.label} is not a date")
        if name:
            self.add(name, *dates)
        if not (name and dates and _PLAIN_DATE.fullmatch(words)):
            self.keep(kind.label, words)
        return True

    def _link(self, kind: Kind, words: str) -> bool:
        self.keep(kind.preferred[0], words)
        return True

    def _unmapped(self, kind: Kind, words: str) -> bool:
        self.keep(kind.label, words)
        return True


_PUT = {
    "documents": OfacDraft._document,
    "words": OfacDraft._words,
    "genders": OfacDraft._gender,
    "countries": OfacDraft._country,
    "birth_dates": OfacDraft._birth_date,
    "dates": OfacDraft._date,
    "links": OfacDraft._link,
    "unmapped": OfacDraft._unmapped,
}


def document_words(number: str, country: str, issued: str, expires: str) -> str:
    """Return a document as remarks print it: ``A1 (Iran) issued 01 Jan 2001 expires 2011``."""
    parts = (
        number,
        f"({country})" if country else "",
        f"issued {issued}" if issued else "",
        f"expires {expires}" if expires else "",
    )
    return " ".join(part for part in parts if part)
