"""Read the options of a screening, from a body or from the query string, and run it."""

from __future__ import annotations

import hashlib
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from limen.law.ownership.stakes_file import Stakes, read_stake, refuse_fractions
from limen.model import Answer
from limen.server.http.json_wire import FormOption
from limen.server.http.problems import ProblemError
from limen.server.service.snapshot_service import ServedSnapshot
from limen.util.budget import Budget

#: A score that may be a threshold: at 0 everything would be a hit.
Threshold = Annotated[float, Meta(gt=0, le=1)]


class ScreenOptions(FormOption, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Represents the options of ``Engine.screen``, under the same names, and the answer's form."""

    as_of: Annotated[
        str | None, Meta(description="When it must have applied: a day or an instant; today.")
    ] = None
    known_at: Annotated[
        str | None, Meta(description="When it must have been known; everything there is.")
    ] = None
    authorities: Annotated[
        tuple[str, ...], Meta(description="Only lists of these: US, EU, ...")
    ] = ()
    lists: Annotated[
        tuple[str, ...], Meta(description="Lists by name, instead of authorities.")
    ] = ()
    threshold: Annotated[
        Threshold | None, Meta(description="The score of a hit; the matcher's own.")
    ] = None
    matcher: Annotated[str | None, Meta(description="limen-1, limen-2, ofac or exact.")] = None
    allow_stale: Annotated[
        tuple[str, ...], Meta(description="Lists that may fail their coverage; in the stamp.")
    ] = ()
    strict: Annotated[
        bool, Meta(description="Refuse a party with anything that could not be read.")
    ] = False


class StakeBody(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"start": "from"}
):
    """Represents one stake, with the columns of a file of stakes."""

    owner: str
    owned: str
    percent: float | None = None
    control: bool | None = None
    acting_with: str = ""
    start: str = ""
    to: str = ""
    source: str = ""


def stakes_of(body: tuple[StakeBody, ...]) -> Stakes | None:
    """Return the stakes of a request; ``None`` where there are none.

    Raises:
        InputError: a share or a date that cannot be.
    """
    if not body:
        return None
    words = {True: "yes", False: "no", None: ""}
    stakes = tuple(
        read_stake(
            {
                "owner": each.owner, "owned": each.owned, "control": words[each.control],
                "percent": "" if each.percent is None else f"{each.percent:g}",
                "acting_with": each.acting_with, "from": each.start, "to": each.to,
                "source": each.source,
            },
            f"ownership[{number}]",
        )
        for number, each in enumerate(body)
    )  # fmt: skip
    refuse_fractions(
        [f"{each.percent:g}" for each in body if each.percent is not None], "ownership"
    )
    return Stakes("request", hashlib.sha256(msgspec.json.encode(body)).hexdigest(), stakes)


class ScreenBody(ScreenOptions, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Represents a party with the options of its screening."""

    party: Annotated[dict[str, Any], Meta(description="FollowTheMoney JSON.")]
    ownership: Annotated[
        tuple[StakeBody, ...], Meta(description="Who owns whom, to find what listed parties own.")
    ] = ()


def screen(
    served: ServedSnapshot,
    party: dict[str, Any],
    options: ScreenOptions,
    budget: Budget,
    *,
    ownership: Stakes | None = None,
) -> Answer:
    """Screen one party.

    Raises:
        InputError: the question cannot be understood, or the party exceeds the budget.
        TimeLimitError: the time of the budget is over.
        ProblemError: 422, ``strict`` and something of the party was not read.
    """
    answer = served.engine.screen(
        party,
        as_of=options.as_of,
        known_at=options.known_at,
        authorities=options.authorities,
        lists=options.lists or None,
        threshold=options.threshold,
        matcher=options.matcher,
        allow_stale=(*served.allow_stale, *options.allow_stale),
        ownership=ownership,
        budget=budget,
    )
    if options.strict and answer.notices:
        first = answer.notices[0]
        raise ProblemError(
            422, first.message, field=f"party.properties.{first.field}",
            hint="correct the party, or send it without strict",
        )  # fmt: skip
    return answer
