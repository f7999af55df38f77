"""A home with a list of its own that a folder publishes day by day, and a base of customers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.lists.kills import OWN_LIST
from tests.rescreening.bases import store

from limen.rescreening.run_plan import Question

LIST = "own_list"
CANARY = "Karim Abramovich Testov"
CUSTOMERS = [
    {"id": f"C{number}", "schema": "Person", "properties": {"name": [name]}}
    for number, name in enumerate((CANARY, "Olena Hrytsenko", "Nobody Known"))
]
QUESTION = Question(lists=(LIST,))


class Clock:
    """A clock that moves a second with each look."""

    def __init__(self, day: str) -> None:
        self.now = datetime.fromisoformat(day).replace(tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


def publish(folder: Path, day: str, *names: str) -> None:
    """Write the version of a day, the only one on offer."""
    folder.mkdir(exist_ok=True)
    rows = "".join(f"{number},Person,{name}\n" for number, name in enumerate((CANARY, *names)))
    (folder / f"{day}.csv").write_text(f"id,schema,name\n{rows}", encoding="utf-8")
    (folder / "lists.yml").write_text(
        f"versions:\n  - {{list: {LIST}, format: limen_csv, published: {day}, "
        f"files: {{csv: {day}.csv}}}}\n"
    )


def make_home(home: Path) -> None:
    """Register the list, and compile the base."""
    (home / "lists.d").mkdir(parents=True)
    (home / "lists.d" / f"{LIST}.yml").write_text(OWN_LIST.format(id=LIST))
    store(home, CUSTOMERS)
