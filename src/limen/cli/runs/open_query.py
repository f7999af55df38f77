"""Turn options into a question on an open engine, with both clocks settled."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from limen.batch.screen_arguments import ScreenArguments
from limen.cli.render.lists.coverage import coverage_lines
from limen.model import ListCoverage

if TYPE_CHECKING:
    from limen.engine import Engine


class OpenQuery(msgspec.Struct, frozen=True):
    """Represents an engine, the question with its instants filled in, and what it rests on."""

    engine: Engine
    arguments: ScreenArguments
    coverage: tuple[ListCoverage, ...]

    def coverage_lines(self) -> list[str]:
        """Return the coverage in words."""
        lists = {each.list for each in self.coverage}
        manifest = self.engine.snapshot.manifest
        samples = [info.id for info in manifest.lists if info.sample and info.id in lists]
        return coverage_lines(
            self.coverage,
            as_of=self.arguments.as_of or "",
            known_at=self.arguments.known_at or "",
            samples=samples,
        )


def open_query(options: Mapping[str, Any], *, as_of: str | None = None) -> OpenQuery:
    """Open the active snapshot and settle the question; ``as_of`` where no option gives it.

    Raises:
        SnapshotError: there is no snapshot.
        InputError: a date, list or authority that cannot be understood.
    """
    import limen

    engine = limen.open()
    scope = engine.scope(
        options["as_of"] or as_of,
        options["known_at"],
        options["authorities"],
        options["lists"],
        options["allow_stale"],
    )
    question = scope.question
    arguments = ScreenArguments(
        as_of=str(question.as_of),
        known_at=str(question.known_at),
        authorities=question.authorities,
        lists=question.lists,
        threshold=options.get("threshold"),
        allow_stale=question.allow_stale,
        ownership=limen.Stakes.read(options["ownership"]) if options.get("ownership") else None,
    )
    return OpenQuery(engine, arguments, scope.coverage)
