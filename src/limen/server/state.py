"""Hold what all endpoints of one worker share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from fastapi import Request

from limen.payment_screening import Policy
from limen.server.access.keys import ApiKeys
from limen.server.access.rate import Buckets
from limen.server.access.sessions import Sessions
from limen.server.jobs.store import Jobs
from limen.server.service.case_store import CaseStore
from limen.server.service.document_worker import DocumentWorker
from limen.server.service.engine_registry import EngineRegistry
from limen.server.service.saved_questions import SavedQuestions
from limen.server.service.supervisor import Supervisor
from limen.server.service.update_process import ListUpdates
from limen.server.settings import Settings


@dataclass(frozen=True, slots=True)
class State:
    """Represents the state of one worker.

    ``updates`` is ``None`` where the server may not update its lists; ``policy`` is of payments.
    """

    settings: Settings
    engines: EngineRegistry
    keys: ApiKeys
    sessions: Sessions
    buckets: Buckets
    questions: SavedQuestions
    jobs: Jobs
    updates: ListUpdates | None
    documents: DocumentWorker
    background: Supervisor
    policy: Policy
    cases: CaseStore


def state_of(request: Request) -> State:
    """Return the worker's state."""
    return cast("State", request.app.state.limen)
