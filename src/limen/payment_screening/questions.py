"""The questions about each part of a payment: a party, the country of a number, a text.

A question is what does not depend on the place in the message, so that the same debtor, agent or
text is screened once in a file of many transactions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec

from limen.model.countries import country_code
from limen.payment_screening.party_wire import NAMES, only_countries, places_of, wire_of
from limen.payment_screening.policy import Channel
from limen.payments import Element, Message, PaymentParty, PaymentText, Transaction

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
    """Represents a text to screen: its lines, and whether each fills its field."""

    key: tuple[tuple[str, bool], ...]
    elements: tuple[Element, ...]
    threshold: float


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
            key = tuple((element.text, bool(element.cut_at)) for element in text.elements)
            question = TextQuestion(key, text.elements, channel.threshold_of(text.role))
            yield Part(question, text.elements)


def _of_party(party: PaymentParty, channel: Channel) -> Iterator[Part]:
    unverified = party.role in channel.unverified
    wire = places_of(party) if unverified else wire_of(party)
    names = [element for element in party.elements if element.kind in NAMES]
    cut = () if unverified else tuple(element.text for element in names if element.cut_at)
    named = not unverified and bool(names)
    threshold = channel.threshold_of(party.role)
    yield Part(_question(wire, threshold, cut, named=named), party.elements, unverified)
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
    return ""
