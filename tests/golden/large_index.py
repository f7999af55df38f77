"""An index far above the numbers at which names are cut: 100 and 400 scored, half of them sure.

Its names are made by rule, so that hundreds share their rarest words, many rank above the line
from which a rank is sure, and many rank alike. Run as a module it prints its answers, so that
the same index can be searched by kernels that run in another way.
"""

from __future__ import annotations

import json
from hashlib import sha256
from itertools import product

from limen.names import NameIndex, NameMatch, NameRow, Query, build_index

_ONSETS, _VOWELS, _ENDS = "bdgklmnprtvz", "aeiou", ("n", "rk", "st", "m", "l", "sh", "d")
#: 420 words of one syllable and 300 of two, in an order of their own.
SHORT = [a + b + c for c, a, b in product(_ENDS, _ONSETS, _VOWELS)]
LONG = [one + two for one, two in zip(SHORT[::2], SHORT[::-3] + SHORT[::-2], strict=False)]
GIVEN = [
    "Anna",
    "Boris",
    "Carlos",
    "Dmitri",
    "Elena",
    "Fatima",
    "Georg",
    "Hassan",
    "Igor",
    "Jamila",
    "Karim",
    "Leila",
    "Marek",
    "Nadia",
    "Omar",
    "Pavel",
    "Qasim",
    "Rosa",
    "Selim",
    "Tamara",
    "Umar",
    "Viktor",
    "Wanda",
    "Xavier",
    "Yusuf",
    "Zofia",
    "Li",
    "Kim",
    "Juan",
    "Ali",
]


def listed() -> list[tuple[str, tuple[str, ...]]]:
    """Schema and names of every party."""
    crowd = [("Person", (f"Mohammed Ali {word.title()}",)) for word in LONG[:220]]
    crowd += [
        ("Person", (f"{word.title()} Mohammed", f"{word.title()} Ali")) for word in SHORT[:230]
    ]
    family = [
        ("Person", (f"{GIVEN[n % 30]} {LONG[(n * 7) % 200].title()}",)) for n in range(320)
    ]  # many are one name
    harbour = [("Company", (f"Kestrel Harbour {word.title()} Ltd",)) for word in SHORT[:140]]
    funds = [("Company", (f"Fund {n} LP", f"Fund {n}")) for n in range(1, 90)]
    ships = [("Vessel", (f"SEA {word.upper()} {n % 9}",)) for n, word in enumerate(SHORT[:110])]
    cut = [("Company", (f"Consolidated {word.title()} Insurance Brokers",)) for word in LONG[:60]]
    return [*crowd, *family, *harbour, *funds, *ships, *cut]


LISTED = listed()
ROWS = [
    NameRow(party, name, 0 if place == 0 else 1, schema)
    for party, (schema, names) in enumerate(LISTED)
    for place, name in enumerate(names)
]


def queries() -> list[Query]:
    """Every query: as listed, misspelt, with words missing, and in crowds."""
    found = [
        Query(("Mohammed Ali",), "Person"), Query(("Ali Mohammed", "Mohamed Aly"), "Person"),
        Query(("Mohammed",), "Person"), Query(("Kestrel Harbour",), "Company"),
        Query(("Kestrel Harbour",), "Thing"), Query(("Harbour Kestrel Ltd",), "Organization"),
        Query(("Kestrel",), "Company"), Query(("Fund 7",), "Company"), Query(("Fund",), "Company"),
        Query(("SEA",), "Vessel"), Query(("Sea Star 4",), "Vessel"), Query(("Insurance",), "Company"),
        Query(("Ximena Ollantaytambo",), "Person"), Query(("Anna Li", "Kestrel Harbour"), "Thing"),
        Query(("KH",), "Company"), Query(("Consolidated Insurance Brokers",), "Company"),
    ]  # fmt: skip
    for at in range(0, len(LISTED), 149):
        schema, (name, *_) = LISTED[at]
        wrong = name[: len(name) - 3] + name[len(name) - 2 :]
        swapped = " ".join(reversed(name.split()))
        found += [Query((form,), schema) for form in (wrong, swapped, name[:33])]
    return found


def opened() -> NameIndex:
    """The index over all parties."""
    return NameIndex(build_index(ROWS, len(LISTED)))


CUTOFFS = (0.45,)
LIMITS = (10, None)


def answers(index: NameIndex) -> dict[str, dict[str, str]]:
    """For every query its matches and candidates: the first in full, and the sum of all."""
    every = queries()
    found: dict[str, dict[str, str]] = {str(tuple(query)): {} for query in every}
    for cutoff in CUTOFFS:
        for query, matches in zip(every, index.search(every, cutoff=cutoff), strict=True):
            found[str(tuple(query))][f"from {cutoff}"] = matched(matches)
    for query in every:
        for limit in LIMITS:
            ranked = index.candidates(query.names, query.schema, limit)
            first = " ".join(f"{party}:{rank:.6f}" for party, rank in ranked[:3])
            found[str(tuple(query))][f"best {limit}"] = f"{len(ranked)} {first} {_sum(ranked)}"
    return found


def matched(matches: list[NameMatch]) -> str:
    """Write matches in one line: how many, the first three, and the sum of all."""
    first = " ".join(f"{each.party}:{each.score:.3f}" for each in matches[:3])
    return f"{len(matches)} {first} {_sum([tuple(each) for each in matches])}"


def _sum(value: object) -> str:
    return sha256(repr(value).encode()).hexdigest()[:12]


if __name__ == "__main__":
    print(json.dumps(answers(opened())))
