"""How fast the law answers, against its bars: ``python -m benchmarks.regimes``.

On the bundled starter list and the example portfolio, repeated to 10,000 rows, in a home of its
own. Prints a table in Markdown; ``results.md`` keeps one. No peer is measured: no tool that was
looked at assesses readings or simulates prepared measures.
"""

from __future__ import annotations

import csv
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
AT = "2022-02-22T23:59-05:00"
ROWS = 10_000


def timed(work: Callable[[], object], times: int) -> float:
    """The median of some runs, in milliseconds of this process's own time."""
    spent = []
    for _ in range(times):
        started = time.process_time()
        work()
        spent.append(1000 * (time.process_time() - started))
    return statistics.median(spent)


def portfolio(rows: int):
    from limen.simulation.holding import Holding

    with (ROOT / "examples" / "portfolio.csv").open(newline="") as stream:
        read = list(csv.DictReader(stream))
    schemas = {"person": "Person", "company": "Company", "vessel": "Vessel"}
    holdings = []
    for row in read:
        properties = {"name": row["name"]}
        for column, name in (("birth_date", "birthDate"), ("bic", "swiftBic")):
            if row[column]:
                properties[name] = row[column]
        party = {"schema": schemas.get(row["type"], "LegalEntity"), "properties": properties}
        holdings.append(Holding(party, float(row["exposure_eur"] or 0), row["customer_id"]))
    return (holdings * (rows // len(holdings) + 1))[:rows]


def main() -> None:
    with tempfile.TemporaryDirectory() as home:
        os.environ["LIMEN_HOME"] = home
        import limen
        from limen.law import Regimes
        from limen.law.files.read_law import read_law
        from limen.snapshot.build import update

        update(Path(home), lists=("limen_starter",))
        engine = limen.open()
        held = portfolio(ROWS)
        engine.what_if("EV05", held[:512], at=AT)  # kernels loaded

        def open_law() -> Regimes:
            found = limen.open().regimes
            assert found.law.measures
            return found

        def suppose() -> None:
            engine.what_if("EV05", held, at=AT)

        results = [
            ("read and check every regime file (at build)", timed(read_law, 3), None),
            ("open all regimes from the snapshot", timed(open_law, 9), 50.0),
            ("assess EV05, every trigger", timed(lambda: engine.assess("EV05", at=AT), 51), 5.0),
            (f"what-if EV05, {ROWS:,} rows", timed(suppose, 1), 20_000.0),
        ]  # fmt: skip
    print("| what | median ms | bar ms |\n| --- | ---: | ---: |")
    for what, spent, bar in results:
        print(f"| {what} | {spent:,.1f} | {'' if bar is None else f'{bar:,.0f}'} |")


if __name__ == "__main__":
    main()
