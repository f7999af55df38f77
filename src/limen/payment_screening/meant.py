"""Decide whether a listed name found in a text or inside a longer name is meant there.

Names contain names of others: people those of people (Abdul Rahim Wardak), companies the words of
many (First National Bank of Pulaski). So the whole name around is looked at first: where it goes
on, a part of it means a listed party only by a rare word, or by more words than chance gives.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from limen.mentions.finder import is_rare
from limen.mentions.name_runs import Span, folded
from limen.mentions.vocabulary import text_words
from limen.model import Finding, PlaceFinding
from limen.model.countries import country_code
from limen.names.reading.tables import tables
from limen.payment_screening.listed_names.further_names import further_names
from limen.payment_screening.listed_names.short_names import SHORT, rarity
from limen.payment_screening.party_wire import NAMES, PLACES
from limen.payments import Element
from limen.places import Places
from limen.places.gazetteer.fold import fold
from limen.util.text import squash

#: Words of a person's name that no longer name of another person contains, and of another's without
#: a rare word.
_PERSON_WORDS, _OTHER_WORDS = 3, 5
#: How rare a word of a person's name must be inside a longer value, and where more of a name is
#: next to it.
_RARE_PERSON, _RARE_NAME = 740, 900
#: How rare the rarest word of a full name must be there: fewer than all have common names alone.
_USUAL = 640
#: The least words of a name inside an address, and letters of a single word inside a name: towns,
#: streets and the words of many companies are shorter.
_ADDRESS_WORDS, _ALONE_LETTERS = 3, 9
#: Inhabitants of the smallest town that is one: many villages have the names of companies.
_TOWN = 10_000
#: The least words of a name before a place that it ends with.
_WORDS_BEFORE = 2
#: Letters of a word that is recognised as one of the listed name, which may be cut.
_OWN_LETTERS = 3
#: Characters in which the word next to a stretch is looked for.
_AROUND = 40
_NEXT = re.compile(r"(?:[ &-]{1,3}|\n)([^\W\d_]{2,})")
_LAST = re.compile(r"(?<![^\W\d_])([^\W\d_]{2,})(?:[ &-]{1,3}|\n)$")
_NAME_WORD = re.compile(r"[^\W_]+")
#: What Russian companies have between their legal form and their name, in short: oil company
#: (NK), group of companies (GK), managing company (UK), trading house (TD), production (NPO, NPP).
_COMPANY_KINDS = frozenset(("nk", "gk", "uk", "ak", "tk", "pk", "td", "npo", "npp", "npk", "tpk"))
#: Words with which a name goes on, as in National Bank of Greece.
_TIES = ("of", "de", "del")
#: Words of payments, titles and words that part names: next to names, and no part of them.
_PAYMENT_WORDS = frozenset(
    (
        "acc", "account", "april", "attn", "august", "behalf", "benef", "beneficiary", "bnf",
        "bonus", "branch", "buyer", "by", "charges", "charterer", "client", "commission",
        "consignee", "consulting", "contract", "credit", "crude", "customer", "dated", "december",
        "delivery", "dividend", "doctor", "donation", "dr", "eller", "esq", "estate", "expenses",
        "facture", "family", "fao", "favor", "favour", "february", "fee", "fees", "ffc", "flight",
        "flights", "freight", "from", "fwd", "gift", "goods", "head", "holder", "iban", "ili",
        "inv", "invoice", "january", "july", "june", "loan", "lub", "march", "may", "mba", "messrs",
        "miss", "month", "mr", "mrs", "ms", "nebo", "nominee", "november", "obo", "october", "oder",
        "office", "or", "order", "ordered", "orig", "passport", "payment", "payroll", "phd", "pmt",
        "prof", "professor", "purchase", "rechnung", "ref", "refund", "rent", "repayment", "salary",
        "sau", "seller", "september", "services", "shares", "shipment", "shipper", "student",
        "supplier", "supplies", "support", "ticket", "tickets", "trade", "transfer", "trust",
        "trustee", "tuition", "ubo", "und", "usdt", "vagy", "ve", "vessel", "veya", "via", "visa",
        "voy", "voyage", "vsl", "wages", "yacht",
    )
)  # fmt: skip


def is_distinctive(finding: Finding, places: Places, *, whole: bool, leads: bool = False) -> bool:
    """Return whether the words that name a party mean it inside a longer name.

    ``whole`` is whether nothing next to them is more of a name, ``leads`` whether they begin it, as
    before a branch or a town.
    """
    words = finding.features[0].query.split()
    if finding.schema == "Person":
        rare = whole and len(words) > 1 and _rarest(words) >= _RARE_PERSON
        return len(words) >= _PERSON_WORDS or rare
    if whole and leads and sum(folded(word) not in tables().legal_forms for word in words) > 1:
        return True
    bare = (word.strip(",.;:()") for word in words)
    meaning = any(is_rare(word) and not _is_place(word, places) for word in bare)
    return len(words) >= _OTHER_WORDS or meaning


def is_meant(finding: Finding, element: Element, text: str, span: Span, places: Places) -> bool:
    """Return whether a party found in a text, a name or an address is meant there.

    Args:
        finding: with the wording in its first comparison.
        element: the line in which it begins. A whole name is compared by the party's own question.
        text: what is around it: a text with all its lines, of a name its own line.
        span: the place of the wording in the text.
        places: names of towns, which are no names of parties in an address.
    """
    carrier = finding.features[0]
    if carrier.name != "name":
        return True
    whole = not goes_on(finding, text, span, places)
    if element.use == "text":
        return whole or is_strong(finding, places)
    if carrier.detail == SHORT:
        return whole
    wording = squash(carrier.query)
    if wording == squash(element.text):
        return element.kind not in NAMES and not _is_place(carrier.query, places)
    if any(wording == squash(name) for name in further_names(element.text)):
        return not _is_place(carrier.query, places)
    if element.kind in NAMES and _is_all_but_general(element.text, span):
        own = [word for word in carrier.query.split() if folded(word) not in tables().legal_forms]
        rare = is_rare(carrier.query) and not _is_place(carrier.query, places)
        if rare or (len(own) > 1 and finding.schema != "Person"):
            return True
    if "," in carrier.query and element.kind not in NAMES:  # it parts a town from the next
        return False
    words = len(carrier.query.split())
    enough = words >= _ADDRESS_WORDS if element.kind not in NAMES else words > 1
    alone = len(wording) >= _ALONE_LETTERS and not _is_place(carrier.query, places)
    if not (enough or alone) or not is_distinctive(
        finding, places, whole=whole, leads=span[0] == 0
    ):
        return False
    return whole or is_strong(finding, places)


def _is_all_but_general(name: str, span: Span) -> bool:
    """Return whether the words around a stretch of a name say only what kind of company it is."""
    around = map(folded, _NAME_WORD.findall(f"{name[: span[0]]} {name[span[1] :]}"))
    general = text_words().spared | tables().legal_forms.keys() | _COMPANY_KINDS
    return all(word in general for word in around)


def is_part_meant(finding: Finding, names: Sequence[str], places: Places) -> bool:
    """Return whether a party that a part of a longer name names is meant by it."""
    query = finding.features[0].query
    around = next((name for name in names if query in name and name != query), query)
    start = around.find(query)
    place = start, start + len(query)
    whole = not goes_on(finding, around, place, places)
    if not is_distinctive(finding, places, whole=whole, leads=start == 0):
        return False
    return whole or is_strong(finding, places)


def is_place_meant(element: Element, finding: PlaceFinding, places: Places) -> bool:
    """Return whether a place that a line names counts there.

    That of an address is a question of its own. People and companies are called like villages, so
    a name says where its party is by a region's name, or that of a town, behind other words.
    """
    if element.kind not in NAMES:
        return can_name_place(element)
    at_end = squash(element.text).endswith(squash(finding.address))
    words = len(element.text.split()) >= len(finding.address.split()) + _WORDS_BEFORE
    return finding.level == "hit" and at_end and words and _is_place(finding.address, places)


def can_name_place(element: Element) -> bool:
    """Return whether some place that a line names could count there."""
    if element.kind in NAMES:
        return len(element.text.split()) > _WORDS_BEFORE
    return element.kind not in PLACES or element.kind in ("street", "building")


def goes_on(finding: Finding, text: str, span: Span, places: Places) -> bool:
    """Return whether the words next to a stretch of a text may be more of another name.

    Companies have ``and`` inside their names; between people it parts two of them. Words of the
    listed name itself, of which the stretch may be a part, are no other name.
    """
    before = _LAST.search(text, max(0, span[0] - _AROUND), span[0])
    if before is not None and folded(before[1]) == "and" and finding.schema != "Person":
        before = _LAST.search(text, max(0, before.start() - _AROUND), before.start())
    behind = _NEXT.match(text, span[1])
    tied = behind is not None and folded(behind[1]) in _TIES
    if behind is not None and tied:
        behind = _NEXT.match(text, behind.end())
    own = squash(finding.features[0].listed)
    next_to = [found[1] for found in (before, behind) if found is not None]
    others = [word for word in next_to if len(word) < _OWN_LETTERS or folded(word) not in own]
    if tied and behind is not None and behind[1] in others:
        return folded(behind[1]) not in _PAYMENT_WORDS
    return any(_is_of_name(word, places) for word in others)


def _is_of_name(word: str, places: Places) -> bool:
    small = folded(word)
    known = text_words()
    if small in _PAYMENT_WORDS or small in known.ties or small in tables().legal_forms:
        return False
    if small in tables().classes:  # a given name, though it may also be a town's
        return True
    return country_code(word) is None and not _is_place(word, places)


def is_strong(finding: Finding, places: Places) -> bool:
    """Return whether a part of a longer name means a party for certain."""
    carrier = finding.features[0]
    words = [word.strip(",.;:()'") for word in carrier.query.split()]
    if finding.schema == "Person":
        full = len(words) >= _PERSON_WORDS and _rarest(words) >= _USUAL
        return len(words) > _PERSON_WORDS or full or _rarest(words) >= _RARE_NAME
    if len(words) == 1:
        return squash(carrier.query) == squash(carrier.listed)
    return is_distinctive(finding, places, whole=False)


def _rarest(words: Sequence[str]) -> int:
    return max((rarity(folded(word)) for word in words), default=0)


@lru_cache(maxsize=8_192)
def _is_place(word: str, places: Places) -> bool:
    """Return whether a word is the name of a town of some size."""
    gazetteer = places.gazetteer
    (named,) = gazetteer.named([fold(word)])
    return bool(named.regions) or any(
        gazetteer.known_population(place) >= _TOWN for place in named.places
    )
