"""The questions about each part of a payment: a party, the country of a number, a text.

A question is what does not depend on the place in the message, so that the same debtor, agent or
text is screened once in a file of many transactions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec

from limen.model.countries import country_code
from limen.payment_screening.countries_named import countries_in, ibans_in
from limen.payment_screening.party_wire import NAMES, only_countries, places_of, wire_of
from limen.payment_screening.policy import Channel
from limen.payments import Element, Message, PaymentParty, PaymentText, Transaction

#: Kinds of elements of a party that are also searched as text: what is written there may be
#: somebody else, or more than a name.
SEARCHED = (*NAMES, "address_line", "street", "building", "department")
_ENCODER = msgspec.json.Encoder()


class PartyQuestion(NamedTuple):
    """Represents a party to screen.

    Attributes:
        key: the same for equal questions.
        wire: FollowTheMoney JSON.
        threshold: the score of a hit.
        cut: names that fill their field, so that more may have been cut off.
        named: the message has a name or number of it, so that one that cannot be compared counts.
    """

    key: bytes
    wire: Mapping[str, Any]
    threshold: float
    cut: tuple[str, ...]
    named: bool


class TextQuestion(NamedTuple):
    """Represents a text to screen: its lines, and the score of a hit.

    The key has each line, whether it fills its field, and whether it is a name, whose whole is a
    question of its own.
    """

    key: tuple[float, tuple[tuple[str, bool, str], ...]]
    elements: tuple[Element, ...]
    threshold: float

    @property
    def size(self) -> int:
        """Return the characters of all lines."""
        return sum(len(element.text) for element in self.elements)


class Part(NamedTuple):
    """Represents a question with the elements of the message that it is about."""

    question: PartyQuestion | TextQuestion
    elements: tuple[Element, ...]
    unverified: bool = False


def of_message(message: Message, channel: Channel) -> list[Part]:
    """Return the questions about a message's header."""
    texts = [
        PaymentText(element.role, element.path, (element,))
        for element in message.header
        if element.use == "text"
    ]
    return list(_parts(message.parties, texts, channel, {}))


def of_transactions(transactions: Sequence[Transaction], channel: Channel) -> list[list[Part]]:
    """Return the questions about each of some transactions.

    The parties of a group are the same objects in each, and are read once.
    """
    read: dict[int, list[Part]] = {}
    return [list(_parts(each.parties, each.texts, channel, read)) for each in transactions]


def _parts(
    parties: Sequence[PaymentParty],
    texts: Sequence[PaymentText],
    channel: Channel,
    read: dict[int, list[Part]],
) -> Iterator[Part]:
    for party in parties:
        if channel.screens(party.role):
            known = read.get(id(party))
            if known is None:
                known = read[id(party)] = list(_of_party(party, channel))
            yield from known
    for text in texts:
        if channel.screens(text.role) and any(element.text for element in text.elements):
            yield _of_text(text.elements, channel.threshold_of(text.role))
            yield from _of_countries(text.elements, channel)


def _of_text(elements: tuple[Element, ...], threshold: float) -> Part:
    lines = tuple((each.text, bool(each.cut_at), each.kind) for each in elements)
    return Part(TextQuestion((threshold, lines), elements, threshold), elements)


def _of_countries(elements: Sequence[Element], channel: Channel) -> Iterator[Part]:
    """Yield the countries that texts name; whether one is under embargo is for the law to say."""
    for element in elements:
        coded = country_code(element.text) if element.kind == "country" else None
        for code in (coded,) if coded else countries_in(element.text):
            yield _of_country(code, element, channel)


def _of_party(party: PaymentParty, channel: Channel) -> Iterator[Part]:
    unverified = party.role in channel.unverified and party.kind == "customer"
    wire = places_of(party) if unverified else wire_of(party)
    names = [element for element in party.elements if element.kind in NAMES]
    cut = () if unverified else tuple(element.text for element in names if element.cut_at)
    named = not unverified and bool(names)
    threshold = channel.threshold_of(party.role)
    yield Part(_question(wire, threshold, cut, named=named), party.elements, unverified)
    lines = tuple(element for element in party.elements if element.kind in SEARCHED)
    if lines and not unverified:
        yield _of_text(lines, threshold)
    for element in party.elements:
        code = _country_of_number(element)
        if code:
            yield _of_country(code, element, channel)
    for element in only_countries(party):
        yield _of_country(element.text, element, channel)


def _of_country(country: str, element: Element, channel: Channel) -> Part:
    wire = {"schema": "LegalEntity", "properties": {"country": [country]}}
    return Part(_question(wire, channel.threshold, (), named=False), (element,))


def _question(
    wire: Mapping[str, Any], threshold: float, cut: tuple[str, ...], *, named: bool
) -> PartyQuestion:
    key = _ENCODER.encode((wire, threshold, cut, named))
    return PartyQuestion(key, wire, threshold, cut, named)


def _country_of_number(element: Element) -> str:
    """Return the country of an IBAN or a BIC; empty where it is of neither, or of none."""
    if element.kind == "iban":
        return country_code(element.text[:2]) or ""
    if element.kind == "bic":
        return country_code(element.text[4:6]) or ""
    if element.kind in ("account", "number", "proxy"):
        return next(ibans_in(element.text), "")
    return ""
