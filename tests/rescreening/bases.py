"""Customer bases in small worlds: made, screened, and screened again as a whole to compare."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from limen.batch.columns.mapping import Wishes
from limen.engine import Engine
from limen.rescreening.bases.base_home import base_folder, store_base
from limen.rescreening.bases.compile_base import FileReading
from limen.rescreening.customer_pairs import Pair, pair_of
from limen.rescreening.rescreen import rescreen
from limen.rescreening.run_plan import Question
from limen.rescreening.run_record import RunRecord, read_pairs, runs_folder

Customer = Mapping[str, Any]
BASE = "retail"


def write_customers(path: Path, customers: Sequence[Customer]) -> Path:
    """Write customers as FollowTheMoney objects, JSON lines."""
    path.write_text("".join(json.dumps(each, ensure_ascii=False) + "\n" for each in customers))
    return path


def store(home: Path, customers: Sequence[Customer], *, new: bool = True, name: str = BASE) -> None:
    """Compile customers into a base."""
    home.mkdir(parents=True, exist_ok=True)
    path = write_customers(home / f"{name}.jsonl", customers)
    store_base(home, name, path, FileReading(Wishes({})), new=new)


def run(
    home: Path, engine: Engine, day: str, *, name: str = BASE, accepted: Iterable[str] = (), **rest
) -> RunRecord:
    """Re-screen a base as of a day, as it was known on it."""
    question = Question(as_of=day, known_at=day, allow_stale=tuple(accepted))
    return rescreen(home, name, engine, question, **rest)


def held(home: Path, record: RunRecord, *, name: str = BASE) -> set[Pair]:
    """The pairs that hold after a run."""
    return set(read_pairs(runs_folder(base_folder(home, name)) / record.id).values())


def screened(engine: Engine, customers: Iterable[Customer], day: str) -> set[Pair]:
    """The pairs that a screening of every customer against every list finds."""
    parties = list(customers)
    answers = engine.screen_many(parties, as_of=day, known_at=day)
    return {
        pair_of(party["id"], finding)
        for party, answer in zip(parties, answers, strict=True)
        for finding in answer.findings
    }
