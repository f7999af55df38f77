"""What every endpoint of one worker shares."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from fastapi import Request

from limen.server.engines import Engines
from limen.server.jobs.store import Jobs
from limen.server.kept import KeptQuestions
from limen.server.keys import ApiKeys
from limen.server.rate import Buckets
from limen.server.reading import Reader
from limen.server.settings import Settings
from limen.server.updating import Updates


@dataclass(frozen=True, slots=True)
class State:
    """The settings, the engine in service, the keys and their buckets, what was kept, the jobs,
    the updates, and the reader of documents.

    ``updates`` is ``None`` where the server does not update lists.
    """

    settings: Settings
    engines: Engines
    keys: ApiKeys
    buckets: Buckets
    kept: KeptQuestions
    jobs: Jobs
    updates: Updates | None
    reader: Reader


def state_of(request: Request) -> State:
    """The worker's state."""
    return cast("State", request.app.state.limen)
