"""Draw an alert as it was answered, and take what a person does with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, cast
from urllib.parse import parse_qsl, urlencode

import msgspec
from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import RedirectResponse, Response

from limen.cases.decision import Act, Decision, Discriminator
from limen.cases.vocabulary import OUTCOMES, Outcome, vocabulary
from limen.model import LimenError, RightsError, StaleDecisionError
from limen.server.pages.desk.case_view import CaseView, case_view, reasons_for
from limen.server.pages.desk.differences import differences, proposed
from limen.server.pages.desk.queue import QueueChoice
from limen.server.pages.desk.reader import reader_of
from limen.server.pages.view.templates import page
from limen.server.service.case_service import person_of, with_cases
from limen.server.state import state_of

if TYPE_CHECKING:
    from limen.cases.alert import Alert
    from limen.cases.cases import Cases
    from limen.model import Answer

router = APIRouter()

_Field = Annotated[str, Form(max_length=10_500)]
_Word = Annotated[str, Query(max_length=1_000)]
#: Actions after which a person goes on to the next alert of the queue.
_LEAVING = ("propose", "escalate", "approve", "return")


class DecideForm(msgspec.Struct, frozen=True):
    """Represents the form of a decision, as it was sent.

    Attributes:
        differs: which of the differences that the screening found it rests on, by position.
        field: one more discriminator, with the value of both sides and the source of the subject's.
    """

    version: int = 0
    action: str = ""
    outcome: str = "closed_fp"
    reason: str = ""
    differs: tuple[int, ...] = ()
    field: str = ""
    subject: str = ""
    listed: str = ""
    source: str = ""
    note: str = ""
    to: str = ""


@router.get("/cases/{alert}")
async def case_page(
    request: Request,
    alert: str,
    queue: _Word = "",
    now: _Word = "",
) -> Response:
    """Draw an alert; with ``now=1``, also what would be answered today."""
    view, person = await with_cases(request, lambda cases: _read(request, cases, alert))
    again = _answer_now(request, view) if now == "1" else None
    return _page(request, view, person, queue, again=again)


@router.post("/cases/{alert}")
async def act(
    request: Request,
    alert: str,
    version: Annotated[int, Form()],
    action: _Field,
    outcome: _Field = "closed_fp",
    reason: _Field = "",
    differs: Annotated[list[int], Form()] = [],  # noqa: B006
    field: _Field = "",
    subject: _Field = "",
    listed: _Field = "",
    source: _Field = "",
    note: _Field = "",
    to: _Field = "",
    queue: _Field = "",
) -> Response:
    """Do something with an alert, and go on; its page has the reason of a refusal."""
    form = DecideForm(
        version, action, outcome, reason, tuple(differs), field, subject, listed, source, note, to
    )

    def run(cases: Cases) -> str:
        person = person_of(request, cases)
        held = cases.alert(alert)
        frozen = cases.frozen(held)
        what = _act(form, frozen.findings, frozen.answer.get("query", {}))
        cases.act(alert, version, what, person)
        return _next(cases, queue, person.name, held) if action in _LEAVING else alert

    try:
        following = await with_cases(request, run)
    except LimenError as error:
        view, person = await with_cases(request, lambda cases: _read(request, cases, alert))
        return _page(request, view, person, queue, form=form, error=error)
    back = f"?{urlencode({'queue': queue})}" if queue else ""
    if following:
        return RedirectResponse(f"/cases/{following}{back}", 303)
    return RedirectResponse(f"/queue?{queue}" if queue else "/queue", 303)


def _act(form: DecideForm, findings: list[dict[str, Any]], query: dict[str, Any]) -> Act:
    """Return the action that a form asks for."""
    if form.action != "propose":
        return Act(form.action, note=form.note, to=form.to.strip())
    found = differences(findings, query)
    chosen = [found[at].discriminator() for at in form.differs if 0 <= at < len(found)]
    if form.field:
        chosen.append(Discriminator(form.field, form.subject, form.listed, form.source))
    outcome = cast("Outcome", form.outcome)  # the store refuses any other, and says which there are
    return Act("propose", Decision(outcome, form.reason, tuple(chosen), form.note))


def _next(cases: Cases, queue: str, me: str, alert: Alert) -> str:
    """Return the alert behind another one in a queue, else its first; empty where there is none."""
    choice = QueueChoice(**{
        name: value for name, value in parse_qsl(queue) if name in QueueChoice._fields
    })  # fmt: skip
    for after in (f"{alert.due_at} {alert.id}", ""):
        page_of = cases.queue(choice.filter(me, cases.now, after=after, limit=2))
        others = [each.id for each in page_of.alerts if each.id != alert.id]
        if others:
            return others[0]
    return ""


def _read(request: Request, cases: Cases, alert: str) -> tuple[CaseView, Any]:
    person = reader_of(request, cases)
    held = cases.alert(alert)
    return case_view(held, cases.frozen(held), cases.events(alert), person), person


def _page(
    request: Request,
    view: CaseView,
    person: Any,
    queue: str,
    *,
    form: DecideForm | None = None,
    error: LimenError | None = None,
    again: Answer | None = None,
) -> Response:
    status = 200
    if error is not None:
        refused = isinstance(error, RightsError)
        status = 409 if isinstance(error, StaleDecisionError) else 403 if refused else 422
    preset = DecideForm(
        reason=view.reason,
        differs=proposed(view.differences, view.reason),
        version=view.alert.version,
    )
    return page(
        request, "desk/case.html", status=status, view=view, alert=view.alert, person=person,
        queue=queue, form=form or preset, error=error, again=again,
        reasons={outcome: reasons_for(outcome) for outcome in OUTCOMES},
        fields=sorted(vocabulary().fields),
        infos={info.id: info for info in state_of(request).engines.current.manifest.lists},
    )  # fmt: skip


def _answer_now(request: Request, view: CaseView) -> Answer | None:
    """Screen the subject again as of today; ``None`` where it was no party."""
    query, stamp = view.frozen.answer.get("query", {}), view.frozen.answer.get("stamp", {})
    if "properties" not in query:
        return None
    state = state_of(request)
    served = state.engines.current
    return served.engine.screen(
        query,
        lists=[each for each in stamp.get("lists", ()) if each],
        allow_stale=served.allow_stale,
        budget=state.settings.limits.budget(),
    )
