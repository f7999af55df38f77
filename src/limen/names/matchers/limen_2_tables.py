"""Open the numbers of ``limen-2``; ``python -m limen.names.matchers.limen_2_tables`` compiles them.

``data/limen_2/*.yml`` is the source, reviewed; ``data/limen_2/tables.json`` is written from it, and
a test fails when the two differ. Compiling needs PyYAML; a query does not.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import msgspec

from limen.names.reading.tables import DATA

FOLDER = DATA / "limen_2"
COMPILED = FOLDER / "tables.json"
#: The columns of the slopes, in the order of the kernels.
COLUMNS = ("person", "organisation", "thing")
MODES = (*COLUMNS, "any")


class Tables(msgspec.Struct, frozen=True):
    """The numbers, in thousandths.

    Attributes:
        words: what ``limen.names.kernels.word_similarity`` reads after the costs of letters.
        least_pair: by mode, the least similarity at which two words are a pair.
        acronym: the score of one of three, four and more letters.
        blanks: the score of a name with its blanks in other places.
        slopes: by column, what each measure of ``limen.names.kernels.evidence`` takes.
        weights: a common word to its weight among organisations; every other weighs 1000.
    """

    words: tuple[int, ...]
    least_pair: tuple[int, ...]
    acronym: tuple[int, ...]
    blanks: int
    slopes: tuple[tuple[int, ...], ...]
    weights: dict[str, int]


@cache
def tables() -> Tables:
    """Return the compiled numbers, read once."""
    return msgspec.json.decode(COMPILED.read_bytes(), type=Tables)


def build() -> Tables:
    """Build the tables from the reviewed files."""
    numbers, slopes = _load("numbers"), _load("slopes")
    return Tables(
        words=tuple(numbers["words"].values()),
        least_pair=tuple(numbers["least_pair"][mode] for mode in MODES),
        acronym=tuple(numbers["acronym"]),
        blanks=numbers["blanks"],
        slopes=tuple(tuple(own[column] for own in slopes.values()) for column in COLUMNS),
        weights={str(word): weight for word, weight in _load("weights").items()},
    )


def encoded(built: Tables) -> bytes:
    """Return the bytes of the compiled file: the same tables give the same bytes."""
    return msgspec.json.format(msgspec.json.encode(built, order="deterministic"), indent=0)


def _load(name: str) -> Any:
    import yaml

    with (FOLDER / f"{name}.yml").open(encoding="utf-8") as file:
        return yaml.safe_load(file)


if __name__ == "__main__":
    COMPILED.write_bytes(encoded(build()))
