"""The questions about each part of a payment: a party, the country of a number, a text.

A question is what does not depend on the place in the message, so that the same debtor, agent or
text is screened once in a file of many transactions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec

from limen.model.countries import country_code
from limen.payment_screening.countries_named import countries_in, countries_in_name, ibans_in
from limen.payment_screening.party_wire import NAMES, only_countries, places_of, wire_of
from limen.payment_screening.policy import Channel
from limen.payments import Element, Message, PaymentParty, PaymentText, Transaction

#: Kinds of elements of a party that are also searched as text: what is written there may be
#: another party, or more than a name.
SEARCHED = (*NAMES, "address_line", "street", "building", "department")
#: Kinds of texts that hold one value, of which the whole may be a name.
_REFERENCES = ("reference", "document_number", "issuer", "proprietary")
_ENCODER = msgspec.json.Encoder()


class PartyQuestion(NamedTuple):
    """Represents a party to screen.

    Attributes:
        key: the same for equal questions.
        wire: FollowTheMoney JSON.
        threshold: the score of a hit.
        cut: names that fill their field, so that more may have been cut off.
        named: the message has a name or number of it, so that one that cannot be compared counts.
        exempt: it may not be verified against targeted measures of some authorities.
    """

    key: bytes
    wire: Mapping[str, Any]
    threshold: float
    cut: tuple[str, ...] = ()
    named: bool = False
    exempt: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of the party, as they are compared."""
        properties = self.wire["properties"]
        return (*properties.get("name", ()), *properties.get("alias", ()))


class TextQuestion(NamedTuple):
    """Represents a text to screen: its lines, the score of a hit, and ``exempt`` as of a party.

    The key has each line, whether it fills its field, and whether it is a name: all of it is a
    question of its own.
    """

    key: tuple[float, bool, tuple[tuple[str, bool, str], ...]]
    elements: tuple[Element, ...]
    threshold: float
    exempt: bool = False

    @property
    def size(self) -> int:
        """Return the characters of all lines."""
        return sum(len(element.text) for element in self.elements)


class Part(NamedTuple):
    """Represents a question with the elements of the message that it is about."""

    question: PartyQuestion | TextQuestion
    elements: tuple[Element, ...]
    unverified: bool = False


class Terms(NamedTuple):
    """Represents the terms of a channel for a message.

    Attributes:
        channel: its roles and thresholds.
        exempt: customers of the channel's unverified roles are not verified.
        compared: some authorities' targeted measures alone are left out for them; otherwise they
            are only located.
    """

    channel: Channel
    exempt: bool = False
    compared: bool = False

    def exempts(self, party: PaymentParty) -> bool:
        """Return whether a party may not be verified."""
        return self.exempt and party.role in self.channel.unverified and party.kind == "customer"


def of_message(message: Message, terms: Terms) -> list[Part]:
    """Return the questions about a message's header."""
    texts = [
        PaymentText(element.role, element.path, (element,))
        for element in message.header
        if element.use == "text"
    ]
    return list(_parts(message.parties, texts, terms, {}))


def of_transactions(transactions: Sequence[Transaction], terms: Terms) -> list[list[Part]]:
    """Return the questions about each of some transactions.

    The parties of a group are the same objects in each, and are read once.
    """
    read: dict[int, list[Part]] = {}
    return [list(_parts(each.parties, each.texts, terms, read)) for each in transactions]


def _parts(
    parties: Sequence[PaymentParty],
    texts: Sequence[PaymentText],
    terms: Terms,
    read: dict[int, list[Part]],
) -> Iterator[Part]:
    channel = terms.channel
    for party in parties:
        if channel.screens(party.role):
            known = read.get(id(party))
            if known is None:
                known = read[id(party)] = list(_of_party(party, terms))
            yield from known
    for text in texts:
        if channel.screens(text.role) and any(element.text for element in text.elements):
            threshold = channel.threshold_of(text.role)
            yield _of_text(text.elements, threshold)
            yield from _of_countries(text.elements, channel)
            for element in filter(_is_name, text.elements):
                wire = {"schema": "LegalEntity", "properties": {"name": [element.text]}}
                yield Part(_keyed(PartyQuestion(b"", wire, threshold)), (element,))


def _is_name(element: Element) -> bool:
    """Return whether a reference has words alone, so that all of it may be a name."""
    return element.kind in _REFERENCES and not any(map(str.isdigit, element.text))


def _of_text(elements: tuple[Element, ...], threshold: float, *, exempt: bool = False) -> Part:
    lines = tuple((each.text, bool(each.cut_at), each.kind) for each in elements)
    question = TextQuestion((threshold, exempt, lines), elements, threshold, exempt)
    return Part(question, elements, exempt)


def _of_countries(elements: Sequence[Element], channel: Channel) -> Iterator[Part]:
    """Yield the countries that texts name; whether one is under embargo is for the law to say."""
    for element in elements:
        coded = country_code(element.text) if element.kind == "country" else None
        for code in (coded,) if coded else countries_in(element.text):
            yield _of_country(code, element, channel)


def _of_party(party: PaymentParty, terms: Terms) -> Iterator[Part]:
    channel, exempt = terms.channel, terms.exempts(party)
    compared = not exempt or terms.compared
    names = [element for element in party.elements if element.kind in NAMES]
    question = PartyQuestion(
        b"",
        wire_of(party) if compared else places_of(party),
        channel.threshold_of(party.role),
        tuple(element.text for element in names if element.cut_at) if compared else (),
        named=compared and bool(names),
        exempt=exempt,
    )
    yield Part(_keyed(question), party.elements, exempt)
    lines = tuple(element for element in party.elements if element.kind in SEARCHED)
    if lines and compared:
        yield _of_text(lines, question.threshold, exempt=exempt)
    for element in party.elements:
        for code in _countries_of(element):
            yield _of_country(code, element, channel)
    for element in only_countries(party):
        yield _of_country(element.text, element, channel)


def _of_country(country: str, element: Element, channel: Channel) -> Part:
    wire = {"schema": "LegalEntity", "properties": {"country": [country]}}
    return Part(_keyed(PartyQuestion(b"", wire, channel.threshold)), (element,))


def _keyed(question: PartyQuestion) -> PartyQuestion:
    return question._replace(key=_ENCODER.encode(question[1:]))


def _countries_of(element: Element) -> Iterator[str]:
    """Yield the countries that a value of a party gives: an IBAN's, a BIC's, those in a name."""
    if element.kind in ("iban", "bic"):
        code = element.text[:2] if element.kind == "iban" else element.text[4:6]
        yield from filter(None, (country_code(code),))
    elif element.kind in ("account", "number", "proxy"):
        yield from ibans_in(element.text)
    elif element.kind in NAMES:
        yield from countries_in_name(element.text)
