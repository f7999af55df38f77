"""Work out what the golden files hold, from the inputs next to them.

The tests compare; ``tools/build_golden.py`` writes. What is frozen under a matcher's name (the
scores, how names are read, the numbers and tables) is apart from what may change for a stated
reason (whole answers, which also carry the law and the words of the engine). Run as a module it
prints the scores of ``limen-1``, so that kernels that run in another way can be compared.
"""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec

from limen.model import TokenPair
from limen.names import compare, matcher_named, score
from limen.names.index import blocking_keys
from limen.names.index.blocking_keys import name_keys
from limen.names.kernels import (
    acronyms,
    align,
    bounds,
    edit_distance,
    joined_words,
    word_similarity,
)
from limen.names.kernels import score as scoring
from limen.names.kernels.evidence import full_names, spent_words, weigh, word_order
from limen.names.kernels.scripts import abjad_letters
from limen.names.matchers import limen_1, limen_2_tables, ofac
from limen.names.reading import (
    arabic_parts,
    legal_forms,
    legal_phrases,
    phonetics,
    syllabic_scripts,
    tables,
    tokens,
    transliterate,
)
from limen.names.reading import (
    normalise as normalising,
)
from limen.names.reading.normalise import alternatives, normalise
from limen.names.reading.tokens import Token
from limen.screening.weights import WEIGHTS

HERE = Path(__file__).parent
PAIRS = HERE / "pairs.csv"
#: The reviewed tables that move scores, and what is compiled from them.
TABLES = sorted((*tables.DATA.glob("*.yml"), tables.COMPILED))
KERNELS = (acronyms, align, bounds, edit_distance, joined_words, scoring, word_similarity)
READING = (
    arabic_parts, blocking_keys, legal_forms, legal_phrases, normalising, phonetics,
    syllabic_scripts, tokens, transliterate, ofac,
)  # fmt: skip
KINDS = ("word", "initial", "number", "legal", "title", "particle")
#: The one matcher whose alignments are its own; the others use it.
ALIGNED = "limen-1"
MATCHERS = (ALIGNED, "limen-2", "ofac", "exact")


def pairs() -> list[dict[str, str]]:
    """Read the pairs of names: schema, one, two and why they are there."""
    with PAIRS.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def scored(matcher: str) -> Iterator[tuple[str, ...]]:
    """Score every pair: schema, one, two, score, and for ``limen-1`` the alignment."""
    for pair in pairs():
        schema, one, two = pair["schema"], pair["one"], pair["two"]
        if matcher == ALIGNED:
            found = compare(one, two, schema)
            yield schema, one, two, f"{found.score:.3f}", aligned(found.alignment)
        else:
            yield schema, one, two, f"{score(one, two, schema, matcher):.3f}"


def aligned(alignment: Sequence[TokenPair]) -> str:
    """Write an alignment in one line: ``V=Vladimir initial 0.1234; ...``."""
    return "; ".join(
        f"{pair.query}={pair.listed} {pair.kind} {pair.contribution:.4f}" for pair in alignment
    )


def as_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write rows as CSV text."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue()


def as_json(value: Any) -> str:
    """Write a value as JSON, one line for each of its innermost collections, keys in order."""
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def as_lines(values: Mapping[str, Any]) -> str:
    """Write named values as JSON, one line each."""
    return "".join(
        json.dumps({name: value}, ensure_ascii=False, sort_keys=True) + "\n"
        for name, value in values.items()
    )


def frozen(matcher: str) -> dict[str, Any]:
    """Collect the numbers that a matcher's scores rest on: threshold, weights, constants."""
    found: dict[str, Any] = {
        "threshold": matcher_named(matcher).threshold,
        "weights": msgspec.structs.asdict(WEIGHTS[matcher]),
        "tables": {path.name: sha256(path.read_bytes()).hexdigest() for path in TABLES},
        "reading": {module.__name__.rpartition(".")[2]: constants(module) for module in READING},
    }
    if matcher == ALIGNED:
        found["numbers"] = list(limen_1.NUMBERS)
        found["bands"] = list(limen_1.BANDS)
        found["model"] = sha256(repr(list(limen_1.numbers())).encode()).hexdigest()
        found["kernels"] = {
            module.__name__.rpartition(".")[2]: constants(module) for module in KERNELS
        }
    if matcher == "limen-2":
        own = msgspec.structs.asdict(limen_2_tables.tables())
        found["own_weights"] = sha256(repr(sorted(own.pop("weights").items())).encode()).hexdigest()
        found["own"] = own
        found["kernels"] = {
            module.__name__.rpartition(".")[2]: constants(module)
            for module in (abjad_letters, full_names, spent_words, weigh, word_order)
        }
    return found


def constants(module: ModuleType) -> dict[str, Any]:
    """Return a module's own constants: numbers, texts, and collections of them, by name."""
    return {
        name: _plain(value)
        for name, value in vars(module).items()
        if name.strip("_").isupper() and _is_plain(value)
    }


def _is_plain(value: Any) -> bool:
    if isinstance(value, (tuple, frozenset)):
        return all(map(_is_plain, value))
    if type(value) is dict:  # a dictionary that fills itself is a cache
        return all(map(_is_plain, (*value, *value.values())))
    return isinstance(value, (bool, int, float, str, re.Pattern))


def _plain(value: Any) -> Any:
    if isinstance(value, re.Pattern):
        return value.pattern
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, frozenset):
        return sorted(map(_plain, value))
    return [_plain(each) for each in value] if isinstance(value, tuple) else value


def readings() -> Iterator[tuple[str, ...]]:
    """Read every name of the pairs: its words as they are compared, and a sum of its keys."""
    names = {
        (text, pair["schema"] == "Person")
        for pair in pairs()
        for text in (pair["one"], pair["two"])
    }
    for text, person in sorted(names):
        for name in alternatives(text):
            read = normalise(name, person=person)
            words = "; ".join(
                _word(token, span) for token, span in zip(read.tokens, read.spans, strict=True)
            )
            keys = sha256(repr(name_keys(read)).encode()).hexdigest()[:8]
            yield name, "person" if person else "other", str(read.length), words, keys


def _word(token: Token, span: tuple[int, int]) -> str:
    marks = "abjad " * token.abjad + "syllabic " * token.syllabic + token.whole
    classes = ".".join(map(str, token.classes))
    return f"{token.text}/{token.sound} {KINDS[token.kind]} {token.weight} [{classes}] {marks} {span[0]}-{span[1]}"


def files() -> dict[str, str]:
    """Every golden file of the matchers, by name."""
    found = {"readings.csv": as_csv(("name", "of", "length", "words", "keys"), readings())}
    for matcher in MATCHERS:
        header = ("schema", "one", "two", "score", "alignment")[: 5 if matcher == ALIGNED else 4]
        found[f"{matcher}.csv"] = as_csv(header, scored(matcher))
        found[f"{matcher}.json"] = as_json(frozen(matcher))
    return found


if __name__ == "__main__":
    sys.stdout.write(files()[f"{ALIGNED}.csv"])
