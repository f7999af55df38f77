"""Read the fields that name a party, each option as its lines are laid out.

``A`` and ``G``: an account and a BIC; ``B``: an account and a place; ``C``: an account or a
clearing code; ``D``, ``H``, ``K`` and none: an account, a name and an address; ``F``: numbered
lines. What does not fit its layout is read as a line of the address, so that it is screened too.
"""

from __future__ import annotations

from collections.abc import Iterator

from limen.model.identifiers import valid_bic
from limen.payments.message import LONG_NAME, Element, Use
from limen.payments.mt.fin_blocks import Field, Line
from limen.payments.mt.tag_table import mt_table

#: A field's line has at most 35 characters; a full one may be cut, or go on in the next.
FULL_LINE = 35
#: A line is full from 33 on: numbered lines have no more, and systems cut for them.
_NEARLY_FULL = 33
#: Codes of a party identifier in option F: ``CCPT/GB/123456``.
_IDENTIFIERS = frozenset(["ARNU", "CCPT", "CUST", "DRLC", "EMPL", "NIDN", "SOSE", "TXID"])
#: Options whose line after the account is a BIC, of any party; a customer's ``C`` is one too.
_BIC_OPTIONS = frozenset("AG")


class FieldReader:
    """Represents a field that is read into elements: it knows its path and role."""

    def __init__(self, path: str, role: str, field: Field) -> None:
        self.path = path
        self.role = role
        self.field = field

    def element(
        self, line: Line, number: int, kind: str, *, use: Use = "party", scheme: str = "",
        country: str = "", cut: int | None = None,
    ) -> Element:  # fmt: skip
        """Return a part of a line as an element; blanks around it are left out of its span."""
        blank = len(line.text) - len(line.text.lstrip())
        text = line.text.strip()
        start = line.at + blank
        span = (start, start + len(text))
        return Element(
            f"{self.path}/{number}", self.role, kind, decoded(text), span, use, cut, scheme, country
        )

    def elements(self) -> Iterator[Element]:
        """Yield the elements of a party's field."""
        option = self.field.tag[2:]
        lines = [(at, line) for at, line in enumerate(self.field.lines, 1) if line.text.strip()]
        if option == "F":
            yield from self._numbered(lines)
            return
        if lines and lines[0][1].text.startswith("/"):
            yield from self._account(*lines[0])
            lines = lines[1:]
        if option == "C" and self.role != "debtor" and lines and self.field.number != "50":
            yield from (self.element(line, at, "clearing_member") for at, line in lines)
        elif option == "B":
            yield from (self._plain(line, at, "address_line") for at, line in lines)
        else:
            yield from self._named(lines)

    def _account(self, at: int, line: Line) -> Iterator[Element]:
        """Yield ``/account``, ``/C/account`` or ``//SC123456``, a clearing code."""
        if line.text.startswith("//"):
            yield self.element(line.part(2), at, "clearing_member")
        elif line.text[2:3] == "/" and line.text[1:2] in "CD":
            yield self.element(line.part(3), at, "account")
        else:
            yield self.element(line.part(1), at, "account")

    def _named(self, lines: list[tuple[int, Line]]) -> Iterator[Element]:
        """Yield a BIC or a name; the address follows."""
        for place, (at, line) in enumerate(lines):
            kinds = ("address_line",) if place else self.identity_kinds(line)
            yield from (self._plain(line, at, kind) for kind in kinds)

    def identity_kinds(self, line: Line) -> tuple[str, ...]:
        """Return what a line is that says who a party is; only some options hold a BIC.

        A name of eight or eleven letters has the form of one. So an agent's is read as both.
        """
        if not valid_bic(line.text.strip().upper()):
            return ("name",)
        if self.field.tag[2:] in _BIC_OPTIONS or self.field.tag == "50C":
            return ("bic",)
        return ("name",) if self.field.number in mt_table().parties else ("name", "bic")

    def _plain(self, line: Line, at: int, kind: str) -> Element:
        return self.element(line, at, kind, cut=_cut_at(line.text, kind))

    def _numbered(self, lines: list[tuple[int, Line]]) -> Iterator[Element]:
        """Yield the lines of option F by their numbers; the first may be an identifier."""
        before = ""
        for place, (at, line) in enumerate(lines):
            number, slash, _ = line.text.partition("/")
            if slash and number in _CUSTOMER_LINES:
                yield from self._customer_line(line.part(2), at, number, repeated=number == before)
                before = number
            elif not place and line.text.startswith("/"):
                yield from self._account(at, line)
            elif not place and number in _IDENTIFIERS:
                yield from self._identifier(line.part(len(number) + 1), at, number)
                before = "8"
            else:
                yield self._plain(line, at, "name" if before == "1" else "address_line")

    def _customer_line(
        self, rest: Line, at: int, number: str, *, repeated: bool
    ) -> Iterator[Element]:
        """Yield what a numbered line says, after its number and slash."""
        if number in "12":
            yield self._plain(rest, at, "name" if number == "1" else "address_line")
        elif number == "4":
            yield self._date(rest, at)
        elif number in "35":
            yield from self._place(rest, at, birth=number == "5", repeated=repeated)
        elif number in "67":
            yield from self._identifier(rest, at, "CUST" if number == "6" else "NIDN")
        else:
            yield self.element(rest, at, "number", scheme="more")

    def _date(self, rest: Line, at: int) -> Element:
        element = self.element(rest, at, "birth_date")
        day = element.text
        if len(day) != 8 or not (day.isascii() and day.isdecimal()):
            return element
        dated = f"{day[:4]}-{day[4:6]}-{day[6:]}"
        return Element(element.path, element.role, element.kind, dated, element.span, "party")

    def _place(self, rest: Line, at: int, *, birth: bool, repeated: bool) -> Iterator[Element]:
        """Yield ``CC/town``: a country and a town; the next line with the number is more of it."""
        country, town = ("birth_country", "birth_place") if birth else ("country", "town")
        code = rest.text.partition("/")[0]
        if len(code) == 2 and code.isalpha() and not repeated:
            yield self.element(rest.part(0, 2), at, country)
            rest = rest.part(3)
        if rest.text.strip():
            kind = town if birth or not repeated else "address_line"
            yield self._plain(rest, at, kind)

    def _identifier(self, rest: Line, at: int, scheme: str) -> Iterator[Element]:
        """Yield ``CC/number``, or ``CC/issuer/number`` of a customer number."""
        country, slash, _ = rest.text.partition("/")
        number = rest.part(len(country) + 1) if slash and len(country) == 2 else rest
        code = country if slash and len(country) == 2 else ""
        issuer, slash, _ = number.text.rpartition("/")
        if slash and issuer:
            yield self.element(number.part(0, len(issuer)), at, "issuer", use="text")
            number = number.part(len(issuer) + 1)
        if number.text.strip():
            yield self.element(number, at, "number", scheme=scheme, country=code)


_CUSTOMER_LINES = frozenset("12345678")


def _cut_at(text: str, kind: str) -> int | None:
    """Return the length at which a line may have been cut off, or go on in the next."""
    if len(text) >= _NEARLY_FULL or text.endswith("+"):
        return FULL_LINE
    return len(text) if kind == "name" and len(text) >= LONG_NAME else None


def decoded(text: str) -> str:
    """Return a text that was read as one character a byte; archives also have UTF-8."""
    if text.isascii():
        return text
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text
