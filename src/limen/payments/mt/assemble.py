"""Make a message of the blocks and fields of one FIN message: its kind, header and transactions.

Which tag is what is in ``payments/data/mt.yml``. A cover payment (119 COV, or customers after the
institutions) has two sequences: 52 is the debtor in the first and the debtor's agent in the second.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from msgspec.structs import replace

from limen.payments.free_text import may_be_text
from limen.payments.message import (
    Element,
    Message,
    PaymentParty,
    PaymentText,
    Problem,
    Transaction,
)
from limen.payments.mt.amounts import amount_of
from limen.payments.mt.fin_blocks import MOST_PROBLEMS, Field, FinMessage, Line, take_apart
from limen.payments.mt.header import kind_of, read_header
from limen.payments.mt.party_fields import FieldReader
from limen.payments.mt.tag_table import mt_table, unscreened_kinds
from limen.payments.mt.text_fields import text_elements

#: Fields above the first transaction, which each transaction has; a message has ten of them.
_MOST_SHARED = 200
#: Problems of a message of which no transaction is read.
_NOT_READ = frozenset({"unknown-message", "too-many-elements"})
#: A field and its elements.
ReadField = tuple[Field, list[Element]]


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


def assemble(number: int, text: str, base: int, line: int) -> Message:
    """Return the message of a text that begins at an offset and line of its source."""
    fin = take_apart(text, base)
    kind = kind_of(fin)
    problems = [*fin.problems]
    if kind[:5] not in mt_table().messages:
        what = f"{kind or 'a message without its type'} is no payment message that is read"
        problems.append(Problem("unknown-message", what, "refused", offset=base))
    elif _shared_fields(kind, fin) > _MOST_SHARED:
        what = f"more than {_MOST_SHARED} fields above the first transaction"
        problems.append(Problem("too-many-elements", what, "refused", offset=base))
    elif not fin.header:
        what = f"without blocks; by its fields it is a {kind}"
        problems.append(Problem("no-blocks", what, "note", offset=base))
    place = Place(text, base, line)
    problems = [place.of(problem) for problem in problems]
    header, parties, references = read_header(fin)
    transactions: tuple[Transaction, ...] = ()
    if not any(problem.code in _NOT_READ for problem in problems):
        transactions = tuple(_Assembly(kind, fin, references, place).transactions())
    return Message(
        number, format="mt", kind=kind, header=header, parties=parties,
        transactions=transactions, problems=problems, span=(base, base + len(text)),
    )  # fmt: skip


def _shared_fields(kind: str, fin: FinMessage) -> int:
    """Return how many fields are above the first transaction, where there are several."""
    begins = mt_table().messages[kind[:5]]
    tags = [field.tag for field in fin.fields]
    return tags.index(begins) if begins in tags else 0


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
        self._unread = tuple(place.of(each) for each in fin.problems if each.severity != "note")

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
            kind = unscreened_kinds().get(field.tag, "unknown")
            for at, line in enumerate(field.lines, 1):
                if line.text.strip():
                    yield reader.element(line, at, kind, use=_use(kind, line.text))

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
                problems.append(problem)
        return tuple(map(self._place.of, problems[:MOST_PROBLEMS]))

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


def _use(kind: str, text: str) -> Literal["text", "none"]:
    """Return how a field outside of parties and texts is used: a reference may name someone."""
    if kind == "reference":
        return "text" if may_be_text(text, reference=True) else "none"
    return "text" if kind == "unknown" else "none"


def _parties(read: list[ReadField]) -> Iterator[PaymentParty]:
    """Yield the party of each field, and those that 72 names."""
    table = mt_table()
    for field, elements in read:
        own = tuple(each for each in elements if each.use == "party")
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
