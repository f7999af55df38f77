"""Read an address query into evidence: names, numbers, misspellings, measurements."""

from __future__ import annotations

from msgspec.structs import replace

from limen.model.countries import country_code
from limen.places.decide.evidence_model import Decision, Evidence, Where
from limen.places.decide.namesakes import EMBARGOED
from limen.places.decide.resolve import Resolver
from limen.places.gazetteer.coordinates import Ground, Point
from limen.places.gazetteer.gazetteer import Gazetteer, Named
from limen.places.query.address_query import AddressQuery, Piece
from limen.places.query.name_mentions import Mention, Text, Word
from limen.places.query.numbers import Number, bic, foreign_writing, numbers
from limen.places.query.parse import read_text
from limen.places.query.roles import role_of

#: Letters from which one slip is looked for, and from which two are.
_ONE_SLIP, _TWO_SLIPS = 6, 9


class EvidenceReader:
    """Reads address queries against one gazetteer."""

    def __init__(self, gazetteer: Gazetteer, ground: Ground) -> None:
        self._gazetteer = gazetteer
        self._ground = ground

    def read(self, query: AddressQuery) -> Evidence:
        """Read all that is written; measurements are added later."""
        found = self._evidence(query.pieces, list(query.countries))
        found.other_countries = list(query.other_countries)
        found.numbers += _fields_of_numbers(query)
        if _may_be_ukraine_or_russia(found):
            self._find_slips(found)
        return found

    def measure(
        self, query: AddressQuery, read: Evidence, decision: Decision, resolver: Resolver
    ) -> None:
        """Add what was measured rather than written: points, IP addresses, telephones."""
        for where, what in self._measured(query, read, resolver):
            self._join(decision, where, what)

    def _evidence(self, pieces: list[Piece], countries: list[str]) -> Evidence:
        texts = [read_text(self._gazetteer, p.text, p.field, p.default) for p in pieces]
        found = Evidence(texts, [], countries)
        for piece, text in zip(pieces, texts, strict=True):
            if piece.default in ("", "place", "region"):
                found.numbers += numbers(piece.text)
                found.writing = found.writing or foreign_writing(piece.text)
            self._read_codes(text, found)
        return found

    def _read_codes(self, text: Text, found: Evidence) -> None:
        """Read codes of countries that are alone and in capitals, as in ``..., RU``."""
        if text.default not in ("", "place", "region"):
            return
        for at, word in enumerate(text.words):
            if len(word.text) not in (2, 3) or not word.text.isupper() or not word.text.isascii():
                continue
            neighbours = [w for w in text.words if w.part == word.part and w is not word]
            last = at == len(text.words) - 1
            if any(not other.number for other in neighbours) and not last:
                continue
            if len(word.text) == 2 and neighbours and found.writing == "us":
                continue
            code = country_code(word.text)
            if code and not any(m.first <= at < m.last for m in text.mentions):
                named = Named(countries=(code,))
                text.mentions.append(
                    Mention(
                        first=at,
                        last=at + 1,
                        named=named,
                        role="place",
                        size="",
                        whole=not neighbours,
                        ending=True,
                        numbered=False,
                        start=word.start,
                        end=word.end,
                        text=word.text,
                        field=text.field,
                    )
                )

    def _find_slips(self, found: Evidence) -> None:
        """Find misspelt names of towns under embargo; only where no town was read."""
        if any(
            (m.named.places or m.named.regions) and m.role == "place" and self._is_large(m)
            for text in found.texts
            for m in text.mentions
        ):
            return
        for text in found.texts:
            if text.default in ("", "place", "region"):
                taken = text.taken
                for at, word in enumerate(text.words):
                    if at not in taken and len(word.folded) >= _ONE_SLIP and not word.roles:
                        self._slip(text, at, word)

    def _is_large(self, mention: Mention) -> bool:
        if mention.named.regions:
            return True
        return any(self._gazetteer.population(place) >= 3_000 for place in mention.named.places)

    def _slip(self, text: Text, at: int, word: Word) -> None:
        from rapidfuzz.distance import OSA
        from rapidfuzz.process import extractOne

        if not word.text[0].isupper() and word.text.isascii():
            return
        most = 2 if len(word.folded) >= _TWO_SLIPS else 1
        spellings, places = self._gazetteer.near
        hit = extractOne(word.folded, spellings, scorer=OSA.distance, score_cutoff=most)
        if hit is None or hit[0][0] != word.folded[0]:
            return
        place = places[hit[2]]
        if role_of(text, at, at + 1, marked=False) == "place":
            named = Named(places=(place,))
            text.mentions.append(
                Mention(
                    first=at,
                    last=at + 1,
                    named=named,
                    role="place",
                    size="",
                    whole=False,
                    ending=False,
                    numbered=False,
                    start=word.start,
                    end=word.end,
                    text=word.text,
                    field=text.field,
                    slip=hit[0],
                )
            )

    def _measured(
        self, query: AddressQuery, read: Evidence, resolver: Resolver
    ) -> list[tuple[Where, str]]:
        found = []
        points = [query.point] if query.point else []
        points += [number.point for number in read.numbers if number.point]
        for lat, lon in points:
            point = self._ground.at(lat, lon)
            where = replace(self._of_point(point), measured=True)
            found.append((where, f"the coordinates ({lat}, {lon})"))
            found += self._swapped(query, point)
        if query.measured or query.measured_countries:
            other = self._evidence(query.measured, list(query.measured_countries))
            read.texts += other.texts
            found.append((replace(resolver.decide(other).where, measured=True), "the IP address"))
        for number in read.numbers:
            if number.kind in ("iban", "bic") and number.country in EMBARGOED:
                where = Where(country=number.country, confidence=0.6, why=number.meaning)
                found.append((where, f"the account ({number.meaning} {number.country.upper()})"))
            if number.kind == "phone" and number.oblasts:
                where = Where(
                    oblasts=number.oblasts,
                    confidence=0.6,
                    doubtful=not number.sure,
                    why=number.meaning,
                )
                found.append((where, f"the telephone number ({number.meaning})"))
        return found

    def _swapped(self, query: AddressQuery, point: Point) -> list[tuple[Where, str]]:
        """Return the exchanged point, where a point outside Ukraine would then be inside it.

        A notice reports it. It is weighed where the given point is at sea or the address names
        Ukraine.
        """
        if point.oblast or abs(point.lon) > 90 or not self._ground.oblast(point.lon, point.lat):
            return []
        notice = f"exchanged, the coordinates ({point.lon}, {point.lat}) lie in Ukraine"
        query.notices.append(notice)
        if point.country and not {"ua", "ru"} & set(query.countries):
            return []
        return [
            (replace(self._of_point(self._ground.at(point.lon, point.lat)), doubtful=True), notice)
        ]

    def _join(self, decision: Decision, where: Where, what: str) -> None:
        """Take a measurement where nothing is written, and else report where it contradicts."""
        if not decision.where.known:
            # The country of an account or a bank is a hint, and no ground.
            is_hint = bool(where.country) and not where.measured
            decision.where = replace(where, doubtful=True) if is_hint else where
        elif where.known and not self._agree(decision.where, where):
            decision.alternatives.append(where)
            decision.contradictions.append(f"{what} may tell of another place")

    def _agree(self, written: Where, measured: Where) -> bool:
        ground = set(self._ground_of(written))
        return bool(ground) and ground <= set(self._ground_of(measured))

    def _ground_of(self, where: Where) -> tuple[object, ...]:
        """Return the oblasts or countries of a reading."""
        if where.oblasts:
            return where.oblasts
        at = where.places or where.area
        if not at:
            return (where.country,) if where.country else ()
        oblasts = self._gazetteer.oblasts
        return tuple({int(oblasts[place]) or self._gazetteer.country(place) for place in at})

    def _of_point(self, point: Point) -> Where:
        if not point.country:
            return Where(confidence=0.0, why=point.why)
        if point.oblast:
            places = tuple(
                p for p in point.places if int(self._gazetteer.oblasts[p]) == point.oblast
            )
            if places:
                return Where(area=places, confidence=0.9)
            return Where(oblasts=(point.oblast,), confidence=0.9)
        return Where(country=point.country, confidence=0.8, why=point.why)


def _may_be_ukraine_or_russia(found: Evidence) -> bool:
    named = {code for m in found.mentions() for code in m.named.countries}
    named |= {*found.declared, *found.other_countries}
    return not found.writing and named <= {"ua", "ru"}


def _fields_of_numbers(query: AddressQuery) -> list[Number]:
    found = []
    for name, text in query.numbers:
        if name in ("bic", "BICFI"):
            one = bic(text)
            found += [one] if one else []
        else:
            found += numbers(text if name in ("iban", "IBAN") or text[:1] in "+0" else f"+{text}")
    return found
