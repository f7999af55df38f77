"""Assemble the application of one worker: routes, access, error pages and background tasks."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware

from limen._version import __version__
from limen.payment_screening import policy_of
from limen.server import health, updatez
from limen.server.access.audit_trail import AuditTrail
from limen.server.access.keys import ApiKeys
from limen.server.access.permissions import needs
from limen.server.access.rate import Buckets
from limen.server.access.sessions import Sessions
from limen.server.http import error_handlers, openapi
from limen.server.http.middleware import Guard
from limen.server.jobs.store import Jobs
from limen.server.pages import (
    answer,
    docs,
    event,
    home,
    law,
    lists,
    payment,
    regime,
    sign_in,
    upload,
    what_if,
)
from limen.server.pages import document as document_page
from limen.server.pages.bases import base_pages, run_page
from limen.server.pages.desk import case, figures, open_case, queue
from limen.server.pages.desk import good_guys as desk_good_guys
from limen.server.pages.parties import authority_pages, one_party
from limen.server.pages.problem import problem_page
from limen.server.pages.view import assets
from limen.server.reconcile import extend, service, suggest
from limen.server.service.case_store import CaseStore
from limen.server.service.document_worker import DocumentWorker
from limen.server.service.engine_registry import POLL_SECONDS, EngineRegistry, freeze
from limen.server.service.saved_questions import SavedQuestions
from limen.server.service.supervisor import Supervisor
from limen.server.service.update_process import ListUpdates
from limen.server.settings import PUBLISHERS, Settings
from limen.server.state import State
from limen.server.v1 import authorities as v1_authorities
from limen.server.v1 import jobs as v1_jobs
from limen.server.v1 import lists as v1_lists
from limen.server.v1 import parties as v1_parties
from limen.server.v1 import payments as v1_payments
from limen.server.v1 import places as v1_places
from limen.server.v1 import read as v1_read
from limen.server.v1 import regimes as v1_regimes
from limen.server.v1 import replay as v1_replay
from limen.server.v1 import screen as v1_screen
from limen.server.v1 import what_if as v1_what_if
from limen.server.v1.cases import alerts, exchange, good_guys, webhooks
from limen.server.yente import algorithms, catalog, entities, match, search, statements

#: How often what is older than ``keep_days`` is removed.
_SWEEP_SECONDS = 3600.0
_DESCRIPTION = """Sanctions screening that answers as of a date, with its evidence.

Every answer is `hit`, `review`, `cannot_say` or `clear`, and carries the stamp it rests on.
`/match`, `/search`, `/entities`, `/catalog` and `/reconcile` are those of yente; `/v1` is Limen's
own."""


def create_app(
    settings: Settings, engines: EngineRegistry | None = None, buckets: Buckets | None = None
) -> FastAPI:
    """Return the application of one worker.

    Args:
        settings: what the server was started with.
        engines: opened before the workers forked, to be shared; opened here where absent.
        buckets: created before the fork too.

    Raises:
        SnapshotError: there is no snapshot to serve.
        PolicyError: the policy of payments has errors.
    """
    state = State(
        settings,
        engines or EngineRegistry(settings),
        ApiKeys(settings.folder),
        Sessions(settings.folder / "sessions"),
        buckets or Buckets(settings.rate),
        SavedQuestions(settings.folder / "questions", settings.keep_days),
        Jobs(settings.folder / "jobs", settings.keep_days),
        _updates(settings),
        DocumentWorker(settings),
        Supervisor(),
        policy_of(settings.payment_policy),
        CaseStore(settings.home),
    )

    async def sweep() -> None:
        await asyncio.to_thread(state.sessions.sweep)
        await asyncio.to_thread(state.questions.sweep)
        await asyncio.to_thread(state.jobs.sweep)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        freeze()
        state.background.start("snapshots", state.engines.follow, every=POLL_SECONDS)
        state.background.start("expired files", sweep, every=_SWEEP_SECONDS)
        yield
        await state.background.close()
        await state.documents.close()
        await state.jobs.close()
        if state.updates:
            await state.updates.close()

    app = FastAPI(
        title="Limen",
        version=__version__,
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    app.state.limen = state
    if settings.audit:  # inside the compression: a hash is of the answer as it is
        app.add_middleware(AuditTrail, store=state.cases)
    app.add_middleware(GZipMiddleware, minimum_size=500)
    app.add_middleware(Guard, settings=settings)
    error_handlers.install(app, problem_page)
    openapi.install(app, _DESCRIPTION)
    _include_routes(app)
    return app


def _include_routes(app: FastAPI) -> None:
    for api in (match, v1_screen, v1_payments):  # the busiest first; they check the key themselves
        app.include_router(api.router)
    app.include_router(health.router)
    app.include_router(updatez.router, dependencies=[needs("admin")])
    for api in (
        algorithms,
        catalog,
        entities,
        search,
        statements,
        v1_lists,
        v1_authorities,
        v1_parties,
    ):
        app.include_router(api.router, dependencies=[needs("read")])
    for api in (exchange, alerts, good_guys, webhooks):  # the names before ``/cases/{alert}``
        app.include_router(api.router, dependencies=[needs("read")])
    for api in (suggest, extend, service):
        app.include_router(api.router, dependencies=[needs("screen")])
    for api in (v1_jobs, v1_places, v1_read, v1_regimes, v1_replay, v1_what_if):
        app.include_router(api.router, dependencies=[needs("screen")])
    for public in (assets, sign_in):
        app.include_router(public.router, include_in_schema=False)
    for page in (
        home,
        answer,
        authority_pages,
        one_party,
        lists,
        upload,
        payment,
        document_page,
        law,
        regime,
        event,
        what_if,
        docs,
        open_case,
    ):
        app.include_router(page.router, dependencies=[needs("screen")], include_in_schema=False)
    # These ask who may see cases.
    for page in (base_pages, run_page, queue, case, desk_good_guys, figures):
        app.include_router(page.router, dependencies=[needs("read")], include_in_schema=False)


def _updates(settings: Settings) -> ListUpdates | None:
    source = settings.updates_from
    if not source:
        return None
    return ListUpdates(settings.home, "" if source == PUBLISHERS else source)
