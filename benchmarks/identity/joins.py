"""Precision and recall of joins, on pairs whose truth is known without our method.

Each kind of reference or number is held out of the evidence in turn, and is the truth: records of
two lists with an equal key are one party, those with different keys are two. A list that errs in
a key counts against us. Then days of birth are held out: persons whom attributes join nevertheless,
on lists of two publishers that both print one, are counted, and those printed where the years are
more than one apart. ``--home HOME`` names a home with the real lists.
"""

from __future__ import annotations

import argparse
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path

from benchmarks.identity.records import keys, subjects, without, without_births
from limen.identity import Facts, Identity, Subject, identify

#: References and numbers that are truth.
SPACES = ("un", "ofac", "imo", "lei")
#: A key that more records have is a dummy.
_MOST = 40
_UNITED_STATES = ("us_ofac_sdn", "us_ofac_cons", "us_csl")


def joined(found: Sequence[Subject]) -> Identity:
    """Who is whom, each list with its publisher."""
    lists = {subject.list_id for subject in found}
    return identify(
        found, publishers={each: "US" if each in _UNITED_STATES else each for each in lists}
    )


def figures(found: Sequence[Subject], space: str) -> tuple[int, int, int, int]:
    """Return true pairs, those joined, and of joined pairs with a key the right and the wrong."""
    truth = {subject.id: keys(subject, space) for subject in found}
    identity = joined(without(found, space))
    party = {identity.subjects[each.subject].id: each.party for each in identity.memberships}
    by_key: dict[str, list[str]] = defaultdict(list)
    by_party: dict[str, list[str]] = defaultdict(list)
    for record, held in truth.items():
        for key in held:
            by_key[key].append(record)
        if held:
            by_party[party[record]].append(record)
    true = {
        pair
        for records in by_key.values()
        if len(records) <= _MOST
        for pair in combinations(sorted(records), 2)
        if _list(pair[0]) != _list(pair[1])
    }
    ours = [
        pair
        for records in by_party.values()
        for pair in combinations(sorted(records), 2)
        if _list(pair[0]) != _list(pair[1])
    ]
    right = sum(bool(truth[one] & truth[other]) for one, other in ours)
    return len(true), sum(party[one] == party[two] for one, two in true), right, len(ours) - right


def joined_without_births(found: Sequence[Subject]) -> Iterator[tuple[Facts, Facts]]:
    """The persons of two publishers whom attributes join without the births that both print."""
    real = {subject.id: subject.spans[-1].facts for subject in found}
    identity = joined(without_births(found))
    for relation in identity.joins:
        one, other = (identity.subjects[at] for at in (relation.one, relation.other))
        facts = real[one.id], real[other.id]
        persons = facts[0].kind == facts[1].kind == "person"
        printed = persons and all(each.births for each in facts)
        apart = _publisher(one.list_id) != _publisher(other.list_id)
        if printed and apart and relation.evidence.strength == "attributes":
            yield facts


def years_apart(one: Facts, other: Facts) -> bool:
    """Whether all years of birth are more than one apart."""
    return all(abs(a.year - b.year) > 1 for a in one.births for b in other.births)


def _publisher(list_id: str) -> str:
    return "us" if list_id in _UNITED_STATES else list_id.partition("_")[0]


def _list(record: str) -> str:
    return record.partition(":")[0]


def main() -> None:
    reader = argparse.ArgumentParser()
    reader.add_argument("--home", type=Path, required=True)
    began = time.process_time()
    found = subjects(reader.parse_args().home)
    read = time.process_time()
    identity = joined(found)
    done = time.process_time()
    print(f"{len(found)} records: read {read - began:.1f} s, joined {done - read:.1f} s of CPU")
    print(f"{len({each.party for each in identity.memberships})} parties")
    print("| held out | true pairs | recall | joined pairs with a key | precision |")
    print("|---|---|---|---|---|")
    for space in SPACES:
        true, hit, right, wrong = figures(found, space)
        print(
            f"| {space} | {true:,} | {hit / true:.4f} | {right + wrong:,} |"
            f" {right / (right + wrong or 1):.4f} |",
            flush=True,
        )
    pairs = list(joined_without_births(found))
    apart = [pair for pair in pairs if years_apart(*pair)]
    print(f"births held out: {len(pairs):,} joins, {len(apart)} with years more than one apart")
    for one, other in apart:
        print(*(f"{facts.names[0][0]} {facts.births[0]}" for facts in (one, other)), sep=" | ")


if __name__ == "__main__":
    main()
