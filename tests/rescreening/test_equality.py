"""A run on what changed leaves exactly what a screening of everything would find."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.rescreening.bases import held, run, screened, store
from tests.worlds import a_list, fill, listed, registry

from limen.archive import Archive
from limen.engine import Engine
from limen.snapshot import Snapshot
from limen.snapshot.build import build

FIRST, SECOND = "2024-05-20", "2024-05-28"
LISTS = registry(a_list("us_one"), a_list("uk_two", authority="UK"))
WORDS = ["Ivan", "Petrov", "Pjotr", "Мария", "Ivanova", "Al", "Hassan", "Hasan", "Kim", "Jong", "Un",
         "Kimjong", "Bank", "Rossiya", "Rossia", "LLC", "Trading", "Oil", "29", "van", "der", "Berg"]  # fmt: skip
SCHEMAS = ["Person", "Company", "Vessel", "LegalEntity"]
names = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)
numbers = st.sampled_from(["9735335", "9187629", "AB123456", "RU77"])
dates = st.sampled_from(["1970-01-02", "1970", "1982-11-30"])
more = st.fixed_dictionaries(
    {},
    optional={
        "birthDate": dates, "country": st.sampled_from(["ru", "ir", "de"]),
        "passportNumber": numbers, "imoNumber": numbers, "alias": names, "weakAlias": names,
    },
)  # fmt: skip
entries = st.dictionaries(
    st.sampled_from("abcdef"), st.tuples(names, st.sampled_from(SCHEMAS), more), min_size=1
)
customers = st.lists(
    st.tuples(names, st.sampled_from([*SCHEMAS, "Thing"]), more), min_size=1, max_size=8
)


def version(drawn):
    return [listed(key, name, schema, **rest) for key, (name, schema, rest) in drawn.items()]


def base_of(drawn):
    rows = []
    for number, (name, schema, rest) in enumerate(drawn):
        properties = {name: [value] for name, value in rest.items() if name != "weakAlias"}
        rows.append(
            {"id": f"C{number}", "schema": schema, "properties": {"name": [name]} | properties}
        )
    return rows


def open_world(home: Path, versions) -> Engine:
    fill(home, versions)
    with Archive.open(str(home / "archive.sqlite")) as archive:
        return Engine(Snapshot(build(home, LISTS, archive=archive).folder))


@settings(
    max_examples=4,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # a build for each step down is too slow
    suppress_health_check=list(HealthCheck),
)
@given(one=entries, two=entries, three=entries, before=customers, after=customers)
def test_changes_leave_what_a_whole_screening_finds(one, two, three, before, after):
    with tempfile.TemporaryDirectory() as folder:
        home, old, new = Path(folder), base_of(before), base_of(after)
        engine = open_world(
            home, {"us_one": {FIRST: version(one), SECOND: version(two)},
                   "uk_two": {FIRST: version(three)}},
        )  # fmt: skip
        store(home, old)
        assert held(home, run(home, engine, FIRST)) == screened(engine, old, FIRST)
        record = run(home, engine, SECOND, accepted=["us_one"])
        assert record.kind == "changes"
        assert held(home, record) == screened(engine, old, SECOND)
        store(home, new, new=False)
        assert held(home, run(home, engine, SECOND, accepted=["us_one"])) == screened(
            engine, new, SECOND
        )
