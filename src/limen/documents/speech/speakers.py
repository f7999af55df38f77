"""Who a phrase is: the full name behind a surname, the person behind "he" and "the official"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from limen.documents.speech.introductions import Gender, Introductions, gender_of_role
from limen.documents.speech.phrases import Attribution, Phrase
from limen.documents.text.vocabulary import words


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

    ``told`` is how the text introduces people; ``addressee`` whom a letter calls "you".
    """

    told: Introductions
    addressee: Speaker | None = None
    seen: list[Speaker] = field(default_factory=list)
    _known: dict[str, Speaker] = field(default_factory=dict)

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

    def joint(self, speakers: Sequence[Speaker]) -> Speaker:
        """Several who speak together, as one: ``Annika Keller and Pierre Morel``."""
        *first, last = speakers
        name = f"{', '.join(each.name for each in first)} and {last.name}"
        role = next((each.role for each in speakers if each.role), "")
        return Speaker(name, role, last.attribution, plural=True)

    def note(self, speaker: Speaker) -> None:
        """Bring somebody on: the next "he" may be him."""
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
        """Whom a family name means that stands first: ``Kim`` is Kim Jong Un."""
        known = (each for each in reversed(self.seen) if each.name.startswith(f"{name} "))
        return next((each for each in known if len(each.name.split()) == 3), None)

    def _introduced(self, name: str) -> Speaker:
        full, role = name, ""
        if len(name.split()) == 1:
            full, role = self.told.fuller(name)
            if full == name:
                shouted, _ = self.told.fuller(name.upper())
                full = " ".join(part.capitalize() for part in shouted.split())
        if len(full.split()) == 1 and self.told.is_company(name):
            return Speaker(name, "", "institutional")
        role = role or self.told.office(full)
        return Speaker(full, role, "named", self.told.gender(full, role))

    def _pronoun(self, word: str, last: Speaker | None) -> Speaker | None:
        if word == "you":
            return self.addressee
        if word in ("we", "i"):
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

    def _roleless(self) -> Speaker | None:
        """Whoever was brought on last, if that is a person whose office nobody told."""
        last = self.seen[-1] if self.seen else None
        return last if last and last.attribution == "named" and not last.role else None

    def holds(self, phrase: Phrase) -> bool:
        """Whether an office without a name is somebody's who was brought on."""
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
        """Who a transcript's label is: an office is its holder, or nobody else."""
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
        kin = words().role_kin.get(head, frozenset())
        for each in reversed(self.seen):
            role = {word.lower().strip(",") for word in each.role.split()}
            if each.attribution == "named" and role & kin and wanted <= role:
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
                if each.attribution == "institutional" and _may_be(each.name, phrase.name):
                    return each
        return Speaker(phrase.name, "", "institutional")


def _may_be(name: str, kind: str) -> bool:
    """Whether a body can be "the company" or "the bank": a ministry cannot."""
    known = words()
    public = known.institutions - known.company_words
    return kind.lower() in known.company_words and public.isdisjoint(name.lower().split())


def _is_office(name: str) -> bool:
    """Whether an unnamed phrase speaks for an office: the president, the high representative."""
    lows = name.lower().split()
    return lows[-1] in words().offices or "-".join(lows[-2:]) in words().offices


def _head(name: str) -> str:
    before = re.split(r"\s(?:of|for|from|at|to|in|on|with)\s", name)[0]
    return before.split()[-1].lower()
