"""Screen the owners of a file of stakes: who is listed, by whom, under which measures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from limen.model import Answer
from limen.snapshot import Snapshot

#: Of a listing without an encoded measure; the authority's general rule is for it.
NOT_ENCODED = ""


class Owners(msgspec.Struct, frozen=True):
    """What is known of the owners, authority by authority.

    Attributes:
        listed: authority -> measure -> owners that are a hit under it.
        unsure: authority -> owner -> why it is not known whether it is listed.
    """

    listed: Mapping[str, Mapping[str, Sequence[str]]]
    unsure: Mapping[str, Mapping[str, str]]

    def authorities(self) -> tuple[str, ...]:
        """Return the authorities that list an owner, or may."""
        return tuple(dict.fromkeys((*self.listed, *self.unsure)))


def owners_of(snapshot: Snapshot, screened: Iterable[tuple[str, Answer]]) -> Owners:
    """Return who of the owners is listed, from the answer to each.

    A finding for review leaves its authority unsure; an answer that cannot say, every authority
    with a list that is the reason. An owner taken for unlisted would free what it owns.
    """
    authorities = {info.id: info.authority for info in snapshot.manifest.lists}
    listed: dict[str, dict[str, list[str]]] = {}
    unsure: dict[str, dict[str, str]] = {}
    for owner, answer in screened:
        for finding in answer.party_findings:
            for listing in finding.listings:
                authority = authorities[listing.list]
                if finding.level != "hit":
                    unsure.setdefault(authority, {})[owner] = finding.why
                    continue
                measures = [each.id for each in listing.measures_in_force] or [NOT_ENCODED]
                for measure in dict.fromkeys(measures):
                    listed.setdefault(authority, {}).setdefault(measure, []).append(owner)
        for each in answer.coverage:
            if each.state not in ("ok", "overridden"):
                why = f"{each.list} cannot say: {each.why or each.state}"
                unsure.setdefault(authorities[each.list], {}).setdefault(owner, why)
    return Owners(listed, unsure)
