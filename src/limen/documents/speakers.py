"""Who a phrase is: the full name behind a surname, the person behind "he" and "the official"."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Literal

from limen.documents.phrases import Attribution, Phrase
from limen.documents.words import words

Gender = Literal["female", "male", ""]

_PARTICLE = r"(?:von|van|der|de|da|del|di|bin|al|el|la|le)"
_FIRST = r"(?:[A-Z][\w’'-]+|[A-Z]\.)"
_CAPITAL = re.compile(r"[A-Z][\w-]*")
#: Places of a name that are looked at for its fuller forms.
_LOOKED_AT = 40
_SHE = frozenset([
    "mrs", "ms", "miss", "spokeswoman", "chairwoman", "congresswoman", "queen", "princess",
    "dame", "lady",
])  # fmt: skip
_HE = frozenset(["mr", "sir", "spokesman", "chairman", "congressman", "king", "prince", "lord"])
_OFFICES = frozenset([
    "president", "premier", "chancellor", "king", "queen", "pope", "minister", "secretary",
    "ambassador", "governor", "commissioner", "chairman", "chairwoman", "chair", "ceo",
    "taoiseach", "emir", "vice-president", "treasurer", "mayor", "speaker",
])  # fmt: skip
_BODIES = frozenset(["ministers", "leaders", "presidents", "secretaries", "governors"])
_COMPANY = (
    "company", "bank", "group", "firm", "lender", "carrier", "exporter", "producer", "operator",
    "giant", "airline", "maker", "insurer", "broadcaster", "conglomerate", "manufacturer",
    "trader", "refiner", "shipper", "retailer", "developer", "regulator", "agency",
)  # fmt: skip
_COMPANIES = "|".join(_COMPANY)


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody or something that speaks.

    ``name`` is the fullest name the document gives; for an unnamed person the description
    (``White House official``).
    """

    name: str
    role: str
    attribution: Attribution
    gender: Gender = ""
    plural: bool = False

    @property
    def surname(self) -> str:
        return self.name.split()[-1] if self.name else ""


@dataclass(slots=True)
class Cast:
    """Everybody a document has brought on so far, the latest last.

    The full name behind a surname is looked for in the whole text, because a headline or a
    caption may be the only place that has it.
    """

    text: str
    seen: list[Speaker] = field(default_factory=list)
    _known: dict[str, Speaker] = field(default_factory=dict)
    _words: dict[str, list[int]] | None = None

    def resolve(
        self, phrase: Phrase, role: str = "", last: Speaker | None = None
    ) -> Speaker | None:
        """Who a phrase is; ``None`` for a reference to nobody.

        Args:
            phrase: what stands in the text.
            role: from an apposition.
            last: who spoke last, to whom "he added" goes back.
        """
        if phrase.sort == "pronoun":
            return self._pronoun(phrase.name, last)
        if phrase.sort == "person":
            return self._person(phrase.name, role or phrase.role)
        if phrase.sort == "unnamed":
            return self._unnamed(phrase, role)
        if phrase.sort == "paper":
            return self._paper(phrase, last)
        return self._institution(phrase)

    def note(self, speaker: Speaker) -> None:
        """Bring somebody on: the next "he" may be him."""
        if not self.seen or self.seen[-1] != speaker:
            self.seen.append(speaker)
            del self.seen[:-40]

    def _person(self, name: str, role: str) -> Speaker:
        person = self._named(name)
        if role and (not person.role or (person.role in role)):
            person = replace(person, role=role, gender=person.gender or _gender_of_role(role))
            self._known[person.surname] = person
        return person

    def _named(self, name: str) -> Speaker:
        parts = name.split()
        known = self._known.get(parts[-1])
        if known is not None and (len(parts) == 1 or known.name.endswith(name)):
            return known
        if known is not None and len(parts) > 1 and known.name.split()[0][0] == parts[0][0]:
            return known
        person = self._introduced(name)
        self._known[person.surname] = person
        return person

    def _introduced(self, name: str) -> Speaker:
        full, role = name, ""
        if len(name.split()) == 1:
            full, role = self._fuller(name)
            if full == name:
                shouted, _ = self._fuller(name.upper())
                full = " ".join(part.capitalize() for part in shouted.split())
        if len(full.split()) == 1 and self._is_company(name):
            return Speaker(name, "", "institutional")
        role = role or self._apposed(full)
        return Speaker(full, role, "named", self._gender(full, role))

    def _fuller(self, surname: str) -> tuple[str, str]:
        """The fullest name with this surname, and the words of office before it."""
        pattern = (
            rf"(?<![\w.])((?:(?:{_FIRST}|{_PARTICLE})[ \n]){{1,7}}){re.escape(surname)}(?![\w-])"
        )
        best = ("", "")
        for found in re.finditer(pattern, self._around(surname)):
            names, role = _split_office(found[1].split())
            if names and len(" ".join(names)) >= len(best[0]):
                if best[0] and len(names) > 3:
                    continue
                best = (" ".join(names), max(role, best[1], key=len))
            elif role and not best[1]:
                best = (best[0], role)
        return (f"{best[0]} {surname}".strip(), best[1])

    def _around(self, word: str) -> str:
        """What stands around the first places of a capitalised word, place by place."""
        if self._words is None:
            self._words = {}
            for found in _CAPITAL.finditer(self.text):
                self._words.setdefault(found.group(), []).append(found.start())
        places = self._words.get(word, ())[:_LOOKED_AT]
        return "\x00".join(self.text[max(0, at - 90) : at + len(word) + 130] for at in places)

    def _is_company(self, name: str) -> bool:
        told = (
            rf"(?:(?i:{_COMPANIES})s? {re.escape(name)}\b|\b{re.escape(name)},? (?:an?|the|"
            rf"Russia.s|its) [\w -]{{0,40}}?(?:{_COMPANIES})\b)"
        )
        said = (
            rf"\b{re.escape(name)} (?:said|says|added)[^.]{{0,30}} it\b|"
            rf"\b{re.escape(name)}['’]s (?:shares|chief executive|board|profit|subsidiary)"
        )
        near = self._around(name)
        return bool(re.search(told, near) or re.search(said, near))

    def _apposed(self, name: str) -> str:
        found = re.search(
            rf"{re.escape(name)}, (?:the |a |an |its |their )?([^,.;\n“\"]{{3,80}}?)[,.;]",
            self._around(name.rsplit(maxsplit=1)[-1]),
        )
        if found is None:
            return ""
        heads = {word.lower() for word in found[1].split()}
        who = re.search(r"\b(?:who|which|said|told|added)\b", found[1])
        return found[1] if heads & words().person_heads and not who else ""

    def _gender(self, name: str, role: str) -> Gender:
        first = name.split(maxsplit=1)[0].lower()
        if first in words().female:
            return "female"
        if first in words().male:
            return "male"
        surname, near = (
            re.escape(name.rsplit(maxsplit=1)[-1]),
            self._around(name.rsplit(maxsplit=1)[-1]),
        )
        if re.search(rf"\b(?:Ms|Mrs|Miss|Dame|Lady)\.? (?:\w+ )?{surname}\b", near):
            return "female"
        if re.search(rf"\b(?:Mr|Sir|Lord)\.? (?:\w+ )?{surname}\b", near):
            return "male"
        return _gender_of_role(role)

    def _pronoun(self, word: str, last: Speaker | None) -> Speaker | None:
        if word == "we" or word == "i":
            return None
        order = [*reversed(self.seen)]
        if last is not None:
            order.append(last)
        if word in ("he", "she"):
            wanted: Gender = "male" if word == "he" else "female"
            people = [
                each
                for each in order
                if each.role or (each.attribution == "named" and not each.plural)
            ]
            sure = (each for each in people if each.gender in (wanted, ""))
            return next(sure, None)
        if word == "it":
            return next((each for each in order if each.attribution == "institutional"), None)
        plural = (each for each in order if each.plural or each.attribution == "institutional")
        return next(plural, last)

    def _unnamed(self, phrase: Phrase, role: str) -> Speaker | None:
        head = _head(phrase.name)
        if phrase.definite or head in _OFFICES:
            known = self._holder(head, phrase.name)
            if known is not None:
                return known
        plural = head in words().plurals
        gender = _gender_of_role(head)
        office = (head in _OFFICES or head in _BODIES) and phrase.definite
        attribution: Attribution = "institutional" if office else "anonymous"
        return Speaker(phrase.name, role or phrase.name, attribution, gender, plural)

    def _holder(self, head: str, words_of: str) -> Speaker | None:
        """The one brought on last whose role has this head: ``the official``, ``the minister``."""
        wanted = {word.lower() for word in words_of.split()} - {head}
        for each in reversed(self.seen):
            role = {word.lower().strip(",") for word in each.role.split()}
            if head in role and wanted <= role:
                return each
            if (
                head in ("spokesman", "spokeswoman")
                and role
                & {
                    "spokesperson",
                    "spokesman",
                    "spokeswoman",
                    "secretary",
                }
                and each.gender != ("male" if head == "spokeswoman" else "female")
            ):
                return each
        for each in self._known.values():
            role = {word.lower() for word in each.role.split()}
            if head in role and wanted <= role:
                return each
        return None

    def _paper(self, phrase: Phrase, last: Speaker | None) -> Speaker | None:
        if phrase.name:
            owner = re.sub(
                r"(?i)\b(?:joint|written|brief|terse|separate|official|public|press|new|final|short)\b",
                "",
                phrase.name,
            )
            owner = " ".join(owner.split())
            if owner:
                person = self._known.get(owner.split()[-1])
                return person or Speaker(owner, "", "institutional")
        for each in reversed(self.seen):
            if each.attribution == "institutional":
                return each
        return last or Speaker(phrase.role, "", "institutional")

    def _institution(self, phrase: Phrase) -> Speaker:
        if len(phrase.name.split()) == 1 and phrase.name in self._known:
            return self._known[phrase.name]
        if len(phrase.name.split()) == 1 and phrase.definite:
            for each in reversed(self.seen):
                if each.attribution == "institutional" and phrase.name.lower() in each.name.lower():
                    return each
            for each in reversed(self.seen):
                if each.attribution == "institutional" and phrase.name.lower() in _COMPANY:
                    return each
        return Speaker(phrase.name, "", "institutional")


def _head(name: str) -> str:
    before = re.split(r"\s(?:of|for|from|at|to|in|on|with)\s", name)[0]
    return before.split()[-1].lower()


def _gender_of_role(role: str) -> Gender:
    lows = {word.lower().rstrip(".") for word in role.split()}
    if lows & _SHE:
        return "female"
    return "male" if lows & _HE else ""


def _split_office(before: list[str]) -> tuple[list[str], str]:
    """The first names and the words of office in what stands before a surname."""
    known = words()
    names: list[str] = []
    for word in reversed(before):
        low = word.lower().rstrip(".")
        office = low in known.person_heads or low in known.titles or low in known.institutions
        adjective = low in known.modifiers or low in known.metonyms
        if office or adjective or low in _NOT_NAMES:
            break
        names.insert(0, word)
    while names and names[0] in ("al", "la", "le"):
        names.pop(0)
    office_words = before[: len(before) - len(names)]
    while office_words and office_words[0].lower() in _NOT_NAMES:
        office_words.pop(0)
    heads = {word.lower() for word in office_words}
    role = " ".join(office_words) if heads & known.person_heads else ""
    return names, role


_NOT_NAMES = frozenset([
    "but", "and", "the", "a", "an", "in", "on", "at", "when", "while", "after", "before",
    "as", "for", "if", "with", "by", "from", "to", "of", "said", "told", "says", "that",
    "which", "who", "asked", "meanwhile", "however", "earlier", "later", "today", "yesterday",
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "allows",
    "urges", "tells", "warns", "vows", "meets", "calls", "says", "slams", "backs", "hits",
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
])  # fmt: skip
