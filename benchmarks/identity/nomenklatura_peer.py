"""Cross-reference records with nomenklatura; run by its own interpreter, not by Limen's.

Reads JSON on standard input: ``algorithm``, and ``entities`` as ``[id, list, schema, properties]``.
Writes JSON: the pairs that its cross-reference suggests, each with its score, and the CPU seconds
that it took. All pairs that its blocker ranks are scored, up to ``most``; nothing is merged on the
way.
"""

import json
import os
import sys
import tempfile
import time
from pathlib import Path


def entities(rows):
    from followthemoney import model

    for key, listed, schema, properties in rows:
        known = model.get(schema).properties
        kept = {name: values for name, values in properties.items() if name in known}
        yield {"id": key, "schema": schema, "datasets": [listed], "properties": kept}


def main():
    task = json.load(sys.stdin)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["NOMENKLATURA_DB_URL"] = f"sqlite:///{folder}/resolver.db"
        os.environ["NOMENKLATURA_DUCKDB_THREADS"] = "1"
        from nomenklatura.db import make_session
        from nomenklatura.matching import get_algorithm
        from nomenklatura.resolver import Resolver
        from nomenklatura.store import load_entity_file_store
        from nomenklatura.xref import xref

        path = Path(folder) / "records.json"
        with path.open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(row) + "\n" for row in entities(task["entities"]))
        began = time.process_time()
        with make_session() as session:
            resolver = Resolver(session, create=True)
            resolver.load_into_memory()
            store = load_entity_file_store(path, resolver=resolver, cleaned=False)
            xref(
                resolver,
                session,
                store,
                Path(folder) / "index",
                limit=task["most"],
                limit_factor=1,
                discount_internal=1.0,
                min_threshold=0.3,
                algorithm=get_algorithm(task["algorithm"]),
            )
            resolver.load_into_memory()
            pairs = [
                (edge.source.id, edge.target.id, edge.score)
                for edge in resolver.all_edges(include_suggestions=True)
                if edge.score is not None
            ]
        seconds = time.process_time() - began
    json.dump({"pairs": pairs, "seconds": seconds}, sys.stdout)


if __name__ == "__main__":
    main()
