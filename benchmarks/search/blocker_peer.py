"""Candidates by nomenklatura's blocker; run by its own interpreter, not by Limen's.

Reads JSON on standard input: ``listed`` as ``[id, schema, names]`` and ``asked`` as
``[id, schema, name]``. Writes JSON: the seconds that building took, those that the whole batch
took on one thread, and for each asked id the ids found, the best first.
"""

import json
import sys
import tempfile
import time
from pathlib import Path

from followthemoney import Dataset, StatementEntity
from nomenklatura.blocker.index import Index

DATASET = Dataset({"name": "listed", "title": "Listed"})


def entity(key, schema, names):
    data = {"id": key, "schema": schema, "properties": {"name": names}}
    return StatementEntity.from_data(DATASET, data)


class View:
    """As much of a store's view as the index reads."""

    def __init__(self, rows):
        self.rows = rows

    def entities(self, include_schemata=None):  # noqa: ARG002 - the index names it
        return (entity(*row) for row in self.rows)


def main():
    task = json.load(sys.stdin)
    with tempfile.TemporaryDirectory() as folder:
        index = Index(View(task["listed"]), Path(folder))
        index.con.execute("SET threads = 1")
        started = time.perf_counter()
        index.build()
        built = time.perf_counter() - started
        asked = [entity(key, schema, [name]) for key, schema, name in task["asked"]]
        started = time.perf_counter()
        found = {
            query.id: [match.id for match, _ in got] for query, got in index.match_entities(asked)
        }
        seconds = time.perf_counter() - started
    json.dump({"built": built, "seconds": seconds, "found": found}, sys.stdout)


if __name__ == "__main__":
    main()
