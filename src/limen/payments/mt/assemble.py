"""Make a message of the blocks and fields of one FIN message: its kind, header and transactions.

Which tag is what is in ``payments/data/mt.yml``. A cover payment (119 COV, or customers after the
institutions) has two sequences: 52 is the debtor in the first and the debtor's agent in the second.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Literal, NamedTuple

import msgspec
from msgspec.structs import replace

from limen.model.identifiers import valid_bic
from limen.payments.message import (
    Element,
    Message,
    PaymentParty,
    PaymentText,
    Problem,
    Transaction,
)
from limen.payments.mt.amounts import amount_of
from limen.payments.mt.fin_blocks import Field, FinMessage, Line, take_apart
from limen.payments.mt.party_fields import FieldReader
from limen.payments.mt.text_fields import text_elements
from limen.util.located_yaml import locate_packaged

#: A field and its elements.
ReadField = tuple[Field, list[Element]]
#: What 119 adds to the kind of a message.
_VARIANTS = {"COV": "COV", "STP": "STP", "REMIT": "REMIT"}
#: Fields of block 3 that are references.
_REFERENCES = {"121": "UETR", "108": "108"}


class MtTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Represents the table of tags, as its file is laid out."""

    messages: dict[str, str | None]
    after_transactions: frozenset[str]
    parties: dict[str, str]
    agents: dict[str, str]
    instructing_options: frozenset[str]
    between_institutions: dict[str, str]
    institution_messages: frozenset[str]
    texts: dict[str, str]
    accounts: dict[str, str]
    unscreened: dict[str, tuple[str, ...]]
    repeated: frozenset[str]


class Place(NamedTuple):
    """Represents where a message begins in its source, to give problems a line and column."""

    text: str
    base: int
    line: int

    def of(self, problem: Problem) -> Problem:
        """Return the problem with the line and column of its offset."""
        before = self.text[: problem.offset - self.base]
        column = len(before) - before.rfind("\n")
        return replace(problem, line=self.line + before.count("\n"), column=column)


@cache
def mt_table() -> MtTable:
    """Return the table of tags."""
    return locate_packaged("limen.payments", "data/mt.yml").decode(MtTable)


def assemble(number: int, text: str, base: int, line: int) -> Message:
    """Return the message of a text that begins at an offset and line of its source."""
    fin = take_apart(text, base)
    kind = _kind(fin)
    problems = [*fin.problems]
    if kind[:5] not in mt_table().messages:
        what = f"{kind or 'a message without its type'} is no payment message that is read"
        problems.append(Problem("unknown-message", what, "refused", offset=base))
    elif not fin.header:
        what = f"without blocks; by its fields it is a {kind}"
        problems.append(Problem("no-blocks", what, "note", offset=base))
    place = Place(text, base, line)
    problems = [place.of(problem) for problem in problems]
    header, parties, references = _header(fin)
    transactions: tuple[Transaction, ...] = ()
    if kind[:5] in mt_table().messages:
        transactions = tuple(_Assembly(kind, fin, references, place).transactions())
    return Message(
        number, format="mt", kind=kind, header=header, parties=parties,
        transactions=transactions, problems=problems, span=(base, base + len(text)),
    )  # fmt: skip


def _kind(fin: FinMessage) -> str:
    """Return the kind of a message: its type in block 2, and the variant of 119."""
    values = {field.tag: field.lines[0].text for field in fin.header}
    application = values.get("2", "")
    number = application[1:4] if application[:1] in ("I", "O") else ""
    tags = {field.number for field in fin.fields}
    variant = _VARIANTS.get(values.get("3/119", ""), "")
    if number in ("202", "205") and {"50", "59"} <= tags:
        variant = "COV"
    return f"MT{number}{variant}" if number else _kind_by_fields(fin)


def _kind_by_fields(fin: FinMessage) -> str:
    """Return the kind of a message without blocks, as banks deliver statements: by its tags."""
    tags = {field.tag for field in fin.fields}
    numbers = {field.number for field in fin.fields}
    if fin.header or not tags:
        return ""
    if "34F" in tags:
        return "MT942"
    if numbers & {"60", "61"}:
        return "MT940" if "86" in tags or "61" not in tags else "MT950"
    if "28D" in tags:
        return "MT101"
    if "59" in numbers:
        return "MT103"
    return "MT202" if "58" in numbers else ""


def _header(
    fin: FinMessage,
) -> tuple[tuple[Element, ...], tuple[PaymentParty, ...], dict[str, str]]:
    """Return the elements of the other blocks, sender and receiver, and references."""
    elements: list[Element] = []
    parties: list[PaymentParty] = []
    references: dict[str, str] = {}
    values = {field.tag: field.lines[0] for field in fin.header}
    is_input = values["2"].text.startswith("I") if "2" in values else True
    for field in fin.header:
        line = field.lines[0]
        if field.tag in ("1", "2"):
            role, terminal = _terminal(field.tag, line, is_input=is_input)
            bic = _bic(terminal, field.tag, role)
            if bic:
                parties.append(PaymentParty(role, "institution", field.tag, (bic,)))
                elements.append(bic)
        tag = field.tag.partition("/")[2]
        kind = "screening_information" if field.tag == "3/433" else "code"
        if tag in _REFERENCES:
            kind = "reference"
            references[_REFERENCES[tag]] = line.text
        span = (line.at, line.at + len(line.text))
        elements.append(Element(field.tag, "message", kind, line.text, span))
    return tuple(elements), tuple(parties), references


def _terminal(tag: str, line: Line, *, is_input: bool) -> tuple[str, Line]:
    """Return the role and the logical terminal of block 1 or 2."""
    if tag == "1":
        return ("sender" if is_input else "receiver"), line.part(3, 15)
    return ("receiver", line.part(4, 16)) if is_input else ("sender", line.part(14, 26))


def _bic(terminal: Line, path: str, role: str) -> Element | None:
    """Return the BIC of a logical terminal: its ninth character is the terminal's own."""
    text = terminal.text
    code = text[:8] + (text[9:12] if len(text) == 12 and text[9:12] != "XXX" else "")
    if not valid_bic(code):
        return None
    return Element(path, role, "bic", code, (terminal.at, terminal.at + len(text)), "party")


class _Assembly:
    """Represents the fields of one message while they become transactions."""

    def __init__(
        self, kind: str, fin: FinMessage, references: dict[str, str], place: Place
    ) -> None:
        self._kind = kind
        self._fin = fin
        self._references = references
        self._place = place
        self._counts: Counter[str] = Counter()
        self._unread = tuple(
            place.of(replace(each, severity="unread"))
            for each in fin.problems
            if each.severity != "note"
        )

    def transactions(self) -> Iterator[Transaction]:
        """Yield the transactions, then what is after all of them."""
        shared, groups, rest = self._groups()
        before = list(self._read(shared))
        after = list(self._read(rest))
        for position, group in enumerate(groups, 1):
            read = [*before, *self._read(group)]
            yield self._transaction(position, [*shared, *group], read, self._repeated(group))
        if rest or (not groups and before):
            read = after if groups else [*before, *after]
            yield self._transaction(0, [*shared, *rest], read, ())

    def _groups(self) -> tuple[list[Field], list[list[Field]], list[Field]]:
        """Return the fields of all transactions, those of each, and those after them."""
        begins = mt_table().messages[self._kind[:5]]
        if begins is None:
            return [], [list(self._fin.fields)] if self._fin.fields else [], []
        shared: list[Field] = []
        groups: list[list[Field]] = []
        rest: list[Field] = []
        for field in self._fin.fields:
            if field.tag == begins and not rest:
                groups.append([field])
            elif field.tag in mt_table().after_transactions or rest:
                rest.append(field)
            else:
                (groups[-1] if groups else shared).append(field)
        return shared, groups, rest

    def _read(self, fields: Iterable[Field]) -> Iterator[ReadField]:
        """Yield each field with its elements; the second sequence begins with the customer."""
        sequence = 1
        for field in fields:
            if self._kind.endswith("COV") and field.number == "50":
                sequence = 2
            self._counts[field.tag] += 1
            count = self._counts[field.tag]
            path = f"4/{field.tag}[{count}]" if count > 1 else f"4/{field.tag}"
            reader = FieldReader(path, self._role(field, sequence), field)
            yield field, list(self._elements(reader, field))

    def _role(self, field: Field, sequence: int) -> str:
        table = mt_table()
        if field.tag in table.instructing_options:
            return "instructing_party"
        number = field.number
        if sequence == 1 and self._kind[:5] in table.institution_messages:
            number_role = table.between_institutions.get(number)
            if number_role:
                return number_role
        roles = {**table.agents, **table.parties}
        if number in roles:
            return roles[number]
        return table.texts.get(field.tag) or table.accounts.get(field.tag) or "message"

    def _elements(self, reader: FieldReader, field: Field) -> Iterator[Element]:
        table = mt_table()
        if field.number in table.parties or field.number in table.agents:
            yield from reader.elements()
        elif field.tag in table.accounts:
            for at, line in enumerate(field.lines, 1):
                start = 1 if line.text.startswith("/") else 0
                if line.text.strip("/ "):
                    yield reader.element(line.part(start), at, "account")
        elif field.tag in table.texts:
            yield from text_elements(reader, field)
        else:
            kinds = {tag: kind for kind, tags in table.unscreened.items() for tag in tags}
            kind = kinds.get(field.tag, "unknown")
            use: Literal["text", "none"] = "text" if kind == "unknown" else "none"
            for at, line in enumerate(field.lines, 1):
                if line.text.strip():
                    yield reader.element(line, at, kind, use=use)

    def _repeated(self, fields: list[Field]) -> tuple[Problem, ...]:
        """Return the tags that are there more than once and may not be."""
        counts: Counter[tuple[int, str]] = Counter()
        sequence = 1
        problems = []
        for field in fields:
            if self._kind.endswith("COV") and field.number == "50":
                sequence = 2
            counts[sequence, field.tag] += 1
            if counts[sequence, field.tag] == 2 and field.tag not in mt_table().repeated:
                what = f"tag {field.tag} is there more than once"
                hint = "which one counts is not known; send the message with one"
                place = f"4/{field.tag}"
                problem = Problem("repeated-tag", what, "unread", place, offset=field.at, hint=hint)
                problems.append(self._place.of(problem))
        return tuple(problems)

    def _transaction(
        self,
        position: int,
        fields: list[Field],
        read: list[ReadField],
        problems: tuple[Problem, ...],
    ) -> Transaction:
        references = dict(self._references)
        for field in fields:
            if field.tag in mt_table().unscreened["reference"] and field.lines:
                references[field.tag] = field.lines[0].text.strip()
        currency, amount, day = amount_of(fields)
        elements = tuple(element for _, group in read for element in group)
        start = fields[0].at if fields else 0
        last = fields[-1].lines[-1] if fields else Line("", start)
        return Transaction(
            position=position,
            path="4",
            span=(start, last.at + len(last.text)),
            references=references,
            amount=amount,
            currency=currency,
            date=day,
            parties=tuple(_parties(read)),
            texts=tuple(_texts(read)),
            elements=elements,
            problems=(*self._unread, *problems),
        )


def _parties(read: list[ReadField]) -> Iterator[PaymentParty]:
    """Yield the party of each field, and those that 72 names."""
    table = mt_table()
    for field, elements in read:
        own = tuple(each for each in elements if each.use == "party" or each.kind == "issuer")
        if own:
            agent = field.number in table.agents or own[0].role == "previous_instructing_agent"
            institution = agent or any(element.kind == "bic" for element in own)
            kind: Literal["institution", "customer"] = "institution" if institution else "customer"
            yield PaymentParty(own[0].role, kind, own[0].path.rpartition("/")[0], own)


def _texts(read: list[ReadField]) -> Iterator[PaymentText]:
    for _, elements in read:
        own = tuple(element for element in elements if element.use == "text")
        if own:
            yield PaymentText(own[0].role, own[0].path.rpartition("/")[0], own)
