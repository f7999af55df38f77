"""Draw what became of packs of law that were offered, and those of a home."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from limen.cli.render.text import printable
from limen.cli.write_records import Records
from limen.law.packs import Pack
from limen.snapshot.build import LawUpdate, PackOutcome
from limen.snapshot.law_archive import Taken


def outcome_lines(done: LawUpdate) -> Iterator[str]:
    """Yield a line for each pack that was offered, its refusal in full, and the law in use."""
    for each in done.outcomes:
        if each.error is not None:
            yield printable(f"{each.source}: refused")
            yield str(each.error)
        else:
            more = f", {each.measures} measures" if each.measures else ""
            yield printable(f"{each.source}: {each.result}, {each.id} of {each.published}{more}")
    yield printable(f"in use: {done.in_use.id} of {done.in_use.published}, {done.in_use.title}")
    if done.snapshot is not None:
        yield f"snapshot {done.snapshot.manifest.id} is active with it"


def update_records(done: LawUpdate) -> Records:
    """Return the outcomes as lines, objects and rows."""
    rows = [_outcome(each) for each in done.outcomes]
    return Records(list(outcome_lines(done)), rows, rows)


def _outcome(each: PackOutcome) -> dict[str, str | int]:
    return {
        "source": each.source,
        "result": each.result,
        "id": each.id,
        "published": each.published,
        "measures": each.measures,
        "why": "" if each.error is None else f"{each.error.where}: {each.error.what}",
    }


def pack_records(taken: Iterable[Taken], in_use: Pack) -> Records:
    """Return the packs of a home by their days, as lines, objects and rows."""
    rows = [
        {
            "id": each.id,
            "published": each.published,
            "retrieved_at": each.retrieved_at,
            "source": each.source,
            "in_use": each.id == in_use.id,
        }
        for each in sorted(taken, key=lambda each: each.published)
    ]
    if not any(row["in_use"] for row in rows):
        rows.append(
            {"id": in_use.id, "published": in_use.published, "retrieved_at": "",
             "source": "limen", "in_use": True}
        )  # fmt: skip
    lines = [
        printable(
            f"{'in use' if row['in_use'] else '      '}  {row['id']}  {row['published']}  "
            f"taken {row['retrieved_at'] or 'with the next build'}  from {row['source']}"
        )
        for row in rows
    ]
    return Records(lines, rows, rows)
