"""Find which entities of a file of stakes a party may be, by name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from limen import names
from limen.model import Feature, Verdict
from limen.names import NameIndex, NameRow, Query, build_index
from limen.screening.scoring import Judge


class EntityNames:
    """The names of entities, searched like those of a list."""

    def __init__(self, entities: Iterable[str], judge: Judge) -> None:
        self._judge = judge
        self._entities = [name for name in entities if names.usable(name) is None]
        rows = [NameRow(at, name, 0, "LegalEntity") for at, name in enumerate(self._entities)]
        self._index = _index(rows) if rows else None

    def same_as(
        self, texts: Sequence[str], schema: str = "LegalEntity"
    ) -> Iterator[tuple[str, Feature]]:
        """Yield the entities with a name like one of these, each with the comparison."""
        usable = tuple(text for text in texts if names.usable(text) is None)
        if self._index is None or not usable:
            return
        (matches,) = self._index.search(
            [Query(usable, schema)], cutoff=self._judge.review_line, matcher=self._judge.matcher
        )
        for match in matches:
            entity = self._entities[match.party]
            verdict: Verdict = "equal" if match.score >= 1.0 else "near"
            yield (
                entity,
                Feature(
                    "name", verdict, round(match.score, 4), query=usable[match.query_name],
                    query_field="name", listed=entity, listed_field="owned",
                ),
            )  # fmt: skip


def _index(rows: Sequence[NameRow]) -> NameIndex:
    arrays = build_index(rows, len(rows))
    return NameIndex({name: np.asarray(each) for name, each in arrays.items()})
