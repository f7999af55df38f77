"""Draw the queue of alerts, what is due first, and act on several of them at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple
from urllib.parse import urlencode

import msgspec
from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import RedirectResponse, Response

from limen.cases.decision import Act
from limen.cases.queue_filter import Filter
from limen.cases.vocabulary import OPEN
from limen.model import InputError, LimenError
from limen.server.pages.desk.reader import reader_of
from limen.server.pages.view.case_words import ACTIONS, CHANNELS
from limen.server.pages.view.templates import page
from limen.server.service.case_service import person_of, with_cases

if TYPE_CHECKING:
    from limen.cases.cases import Cases
    from limen.cases.people import Person

router = APIRouter()

_STEP = 50
_Word = Annotated[str, Query(max_length=200)]
_Field = Annotated[str, Form(max_length=10_500)]
#: Actions that many alerts can be given at once; a decision is about one pair.
_BULK = ("start", "assign", "escalate", "approve", "return", "reopen")


class View(NamedTuple):
    """Represents a part of the queue: its name in addresses, its title, the states it counts.

    Those that are closed are not counted: after some years there are too many to count for a page.
    """

    name: str
    title: str
    states: tuple[str, ...] = ()


VIEWS = (
    View("open", "Open", tuple(sorted(OPEN))),
    View("mine", "Mine"),
    View("sign", "To sign", ("pending_approval",)),
    View("late", "Late"),
    View("escalated", "Escalated", ("escalated",)),
    View("reopened", "Opened again", ("reopened",)),
    View("samples", "Samples to check"),
    View("suppressed", "Suppressed"),
    View("all", "All"),
)  # fmt: skip


class QueueChoice(NamedTuple):
    """Represents which part of the queue is drawn, as its address has it."""

    view: str = "open"
    channel: str = ""
    assignee: str = ""
    tier: str = ""
    party: str = ""
    subject: str = ""

    @property
    def address(self) -> str:
        """Return the parameters of the queue's address."""
        return urlencode({name: value for name, value in self._asdict().items() if value})

    def filter(self, me: str, now: str, *, after: str = "", limit: int = _STEP) -> Filter:
        """Return which alerts these are.

        Raises:
            InputError: no view has the name.
        """
        chosen: dict[str, Any] = {
            "channel": self.channel or None,
            "assignee": self.assignee or None,
            "party_id": self.party or None,
            "subject_id": self.subject or None,
            "tier": int(self.tier) if self.tier.isdigit() else None,
            "after": after,
            "limit": limit,
        }
        return Filter(**chosen | self._of_view(me, now))

    def _of_view(self, me: str, now: str) -> dict[str, Any]:
        match self.view:
            case "open":
                return {"open_only": True}
            case "mine":
                return {"open_only": True, "assignee": me}
            case "sign":
                return {"state": "pending_approval"}
            case "late":
                return {"overdue": now}
            case "samples":
                return {"sample": "drawn"}
            case "escalated" | "reopened" | "suppressed":
                return {"state": self.view}
            case "all":
                return {}
        raise InputError(f"the queue has no view {self.view!r}", where="view",
                         hint=", ".join(view.name for view in VIEWS))  # fmt: skip


@router.get("/queue")
async def queue_page(
    request: Request,
    view: _Word = "open",
    channel: _Word = "",
    assignee: _Word = "",
    tier: _Word = "",
    party: _Word = "",
    subject: _Word = "",
    after: _Word = "",
) -> Response:
    """Draw a page of alerts, those that are due first before others."""
    choice = QueueChoice(view, channel, assignee, tier, party, subject)

    def read(cases: Cases) -> dict[str, Any]:
        person, now = reader_of(request, cases), cases.now
        found = cases.queue(choice.filter(person.name if person else "", now, after=after))
        counts = _counts(cases.states(OPEN))
        return {"person": person, "now": now, "found": found, "counts": counts}

    drawn = await with_cases(request, read)
    return page(
        request, "desk/queue.html", choice=choice, after=after, views=VIEWS, channels=CHANNELS,
        actions=_actions(drawn["person"]), **drawn,
    )  # fmt: skip


def _actions(person: Person | None) -> dict[str, str]:
    """Return what a person may do with several alerts at once."""
    from limen.cases.actions import RULES

    roles = person.roles if person else frozenset()
    return {name: ACTIONS[name] for name in _BULK if RULES[name].role in roles}


def _counts(states: Mapping[str, int]) -> dict[str, int]:
    """Return how many alerts each view has that is one of states."""
    return {
        view.name: sum(states.get(state, 0) for state in view.states)
        for view in VIEWS
        if view.states
    }


@router.post("/queue")
async def act_on_many(
    request: Request,
    action: _Field,
    alert: Annotated[list[str], Form()] = [],  # noqa: B006
    note: _Field = "",
    to: _Field = "",
    seen: _Field = "",
    queue: _Field = "",
) -> Response:
    """Preview an action on alerts; with the digest of the preview, do it and go on."""
    what = Act(action if action in _BULK else "", note=note, to=to.strip())

    def run(cases: Cases) -> Any:
        person = person_of(request, cases)
        if seen:
            return cases.act_on_all(alert, what, person, seen=seen)
        return cases.preview(alert, what, person)

    error: LimenError | None = None
    try:
        preview = await with_cases(request, run)
    except LimenError as refused:
        preview, error = None, refused
    if seen and error is None:
        return RedirectResponse(f"/queue?{queue}" if queue else "/queue", 303)
    return page(
        request, "desk/bulk.html", status=422 if error else 200, preview=preview, error=error,
        what=what, title=ACTIONS.get(action, action), queue=queue,
        digest=msgspec.structs.asdict(preview)["digest"] if preview else "",
    )  # fmt: skip
