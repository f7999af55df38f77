"""Resolve phrases to speakers: a surname to the full name, "he" and "the official" to a person."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from limen.documents.speech.introductions import Gender, Introductions, gender_of_role
from limen.documents.speech.phrases import Attribution, Phrase
from limen.documents.text.vocabulary import words

#: Persons among whom the holder of an office is looked for: no document names more of them, and
#: one that is made to would take quadratic time.
_HOLDERS = 200


@dataclass(frozen=True, slots=True)
class Speaker:
    """Represents a person or a body that speaks.

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
    """Represents everyone a document has introduced so far, the latest last.

    ``introductions`` is how the text introduces people; ``addressee`` whom a letter calls "you".
    """

    introductions: Introductions
    addressee: Speaker | None = None
    seen: list[Speaker] = field(default_factory=list)
    _known: dict[str, Speaker] = field(default_factory=dict)

    def resolve(
        self, phrase: Phrase, role: str = "", last: Speaker | None = None
    ) -> Speaker | None:
        """Return the speaker of a phrase; ``None`` for a reference that resolves to none.

        Args:
            phrase: the words of the text.
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

    def joint(self, speakers: Sequence[Speaker]) -> Speaker:
        """Return several who speak together, as one: ``Annika Keller and Pierre Morel``."""
        *first, last = speakers
        name = f"{', '.join(speaker.name for speaker in first)} and {last.name}"
        role = next((speaker.role for speaker in speakers if speaker.role), "")
        return Speaker(name, role, last.attribution, plural=True)

    def note(self, speaker: Speaker) -> None:
        """Remember a speaker: the next "he" may refer to him."""
        if not self.seen or self.seen[-1] != speaker:
            self.seen.append(speaker)
            del self.seen[:-40]

    def _person(self, name: str, role: str) -> Speaker:
        person = self._named(name)
        if role and (not person.role or (person.role in role)):
            person = replace(person, role=role, gender=person.gender or gender_of_role(role))
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
        if person.name == name and (full := self._family_first(name)) is not None:
            return full
        self._known[person.surname] = person
        return person

    def _family_first(self, name: str) -> Speaker | None:
        """Return the person of a family name that comes first: ``Kim`` is Kim Jong Un."""
        known = (speaker for speaker in reversed(self.seen) if speaker.name.startswith(f"{name} "))
        return next((speaker for speaker in known if len(speaker.name.split()) == 3), None)

    def _introduced(self, name: str) -> Speaker:
        full, role = name, ""
        if len(name.split()) == 1:
            full, role = self.introductions.fuller(name)
            if full == name:
                shouted, _ = self.introductions.fuller(name.upper())
                full = " ".join(part.capitalize() for part in shouted.split())
        if len(full.split()) == 1 and self.introductions.is_company(name):
            return Speaker(name, "", "institutional")
        role = role or self.introductions.office(full)
        return Speaker(full, role, "named", self.introductions.gender(full, role))

    def _pronoun(self, word: str, last: Speaker | None) -> Speaker | None:
        if word == "you":
            return self.addressee
        if word in ("we", "i"):
            return None
        order = [*reversed(self.seen)]
        if last is not None:
            order.append(last)
        if word in ("he", "she"):
            needed: Gender = "male" if word == "he" else "female"
            people = [
                speaker
                for speaker in order
                if speaker.role or (speaker.attribution == "named" and not speaker.plural)
            ]
            sure = (speaker for speaker in people if speaker.gender in (needed, ""))
            return next(sure, None)
        if word == "it":
            return next(
                (speaker for speaker in order if speaker.attribution == "institutional"), None
            )
        plural = (
            speaker for speaker in order if speaker.plural or speaker.attribution == "institutional"
        )
        return next(plural, last)

    def _roleless(self) -> Speaker | None:
        """Return the last speaker, if that is a person without a known office."""
        last = self.seen[-1] if self.seen else None
        return last if last and last.attribution == "named" and not last.role else None

    def holds(self, phrase: Phrase) -> bool:
        """Return whether a known person holds an office that is named alone."""
        return self._holder(_head(phrase.name), phrase.name) is not None

    def _unnamed(self, phrase: Phrase, role: str) -> Speaker | None:
        head = _head(phrase.name)
        if phrase.definite or head in words().offices:
            known = self._holder(head, phrase.name)
            if known is not None:
                return known
            if _is_office(phrase.name) and (last := self._roleless()) is not None:
                return last
        return self._described(phrase, role)

    def labelled(self, phrase: Phrase) -> Speaker | None:
        """Return the speaker of a transcript's label; an office is its holder or itself."""
        if phrase.sort == "unnamed" and not self.holds(phrase):
            return self._described(phrase, "")
        return self.resolve(phrase)

    def _described(self, phrase: Phrase, role: str) -> Speaker:
        head = _head(phrase.name)
        plural = head in words().plurals
        gender = gender_of_role(head)
        office = (_is_office(phrase.name) or head in words().bodies) and phrase.definite
        attribution: Attribution = "institutional" if office else "anonymous"
        return Speaker(phrase.name, role or phrase.name, attribution, gender, plural)

    def _holder(self, head: str, words_of: str) -> Speaker | None:
        """Return the latest person with this role: ``the official``, ``the minister``."""
        needed = {word.lower() for word in words_of.split()} - {head}
        for speaker in reversed(self.seen):
            role = {word.lower().strip(",") for word in speaker.role.split()}
            if head in role and needed <= role:
                return speaker
            if (
                head in ("spokesman", "spokeswoman")
                and role
                & {
                    "spokesperson",
                    "spokesman",
                    "spokeswoman",
                    "secretary",
                }
                and speaker.gender != ("male" if head == "spokeswoman" else "female")
            ):
                return speaker
        for speaker in islice(self._known.values(), _HOLDERS):
            role = {word.lower() for word in speaker.role.split()}
            if head in role and needed <= role:
                return speaker
        kin = words().role_kin.get(head, frozenset())
        for speaker in reversed(self.seen):
            role = {word.lower().strip(",") for word in speaker.role.split()}
            if speaker.attribution == "named" and role & kin and needed <= role:
                return speaker
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
        for speaker in reversed(self.seen):
            if speaker.attribution == "institutional":
                return speaker
        return last or Speaker(phrase.role, "", "institutional")

    def _institution(self, phrase: Phrase) -> Speaker:
        if len(phrase.name.split()) == 1 and phrase.name in self._known:
            return self._known[phrase.name]
        if len(phrase.name.split()) == 1 and phrase.definite:
            for speaker in reversed(self.seen):
                if (
                    speaker.attribution == "institutional"
                    and phrase.name.lower() in speaker.name.lower()
                ):
                    return speaker
            for speaker in reversed(self.seen):
                if speaker.attribution == "institutional" and _may_be(speaker.name, phrase.name):
                    return speaker
        return Speaker(phrase.name, "", "institutional")


def _may_be(name: str, kind: str) -> bool:
    """Return whether a body can be "the company" or "the bank": a ministry cannot."""
    known = words()
    public = known.institutions - known.company_words
    return kind.lower() in known.company_words and public.isdisjoint(name.lower().split())


def _is_office(name: str) -> bool:
    """Return whether an unnamed phrase is an office: the president, the high representative."""
    lows = name.lower().split()
    return lows[-1] in words().offices or "-".join(lows[-2:]) in words().offices


def _head(name: str) -> str:
    before = re.split(r"\s(?:of|for|from|at|to|in|on|with)\s", name)[0]
    return before.split()[-1].lower()
