"""A user's own judgements: stored, checked against each other, exchanged, and followed by joins."""

from __future__ import annotations

import json
import multiprocessing
from pathlib import Path

import pytest
from tests.identity.conftest import groups, joined, strengths, subject

from limen.identity.judgement_file import JUDGEMENTS, add_judgements, read_judgements
from limen.identity.judgements import Judgement, Judgements
from limen.identity.resolver_format import read_resolver, write_resolver
from limen.model import DataError, InputError

NAME = "Ivan Sergeevich PETROVSKY"


def judged(one: str, verdict: str, other: str) -> Judgement:
    return Judgement(f"{one}_x:1", f"{other}_x:1", verdict, "a reason", "ann", "2024-06-01")


def judgements(*words: str) -> Judgements:
    """Judgements from ``a same b``, of the record 1 of lists ``a_x`` and ``b_x``."""
    return Judgements().add(judged(*each.split()) for each in words)


def test_one_judgement_joins_what_no_evidence_does_and_gives_its_reason():
    found = joined(
        subject("a_x", "1", "ACME"), subject("b_x", "1", "Zenith"),
        judgements=judgements("a same b"),
    )  # fmt: skip
    assert groups(found) == [["a_x:1", "b_x:1"]]
    assert strengths(found.joins) == ["judged"]
    assert found.joins[0].evidence.reasons[0][:3] == ("judged by ann", 100, "a reason")


def test_one_judgement_parts_what_certain_evidence_joins():
    number = {"passportNumber": "AB5829461"}
    pair = subject("a_x", "1", NAME, **number), subject("b_x", "1", NAME, **number)
    assert groups(joined(*pair)) == [["a_x:1", "b_x:1"]]
    found = joined(*pair, judgements=judgements("a different b"))
    assert (groups(found), found.possible) == ([], ())
    assert found.refused[0].why == "judged to be different"


def test_what_follows_from_judgements_overrides_contradictions_too():
    born = [
        subject(f"{name}_x", "1", NAME, birthDate=f"{year}-01-01")
        for name, year in (("a", 1950), ("b", 1970), ("c", 1990))
    ]
    assert groups(joined(*born, judgements=judgements("a same b", "b same c"))) == [
        ["a_x:1", "b_x:1", "c_x:1"]
    ]


def test_what_is_not_one_record_is_none_that_is_the_same():
    number = {"passportNumber": "AB5829461"}
    three = [
        subject("a_x", "1", NAME, **number), subject("b_x", "1", "Zenith"),
        subject("c_x", "1", NAME, **number),
    ]  # fmt: skip
    found = joined(*three, judgements=judgements("a same b", "b different c"))
    assert groups(found) == [["a_x:1", "b_x:1"]]


@pytest.mark.parametrize(
    ("before", "new"),
    [
        (("a same b", "b same c"), "a different c"),
        (("a same b", "a different c"), "b same c"),
        (("b same c", "a different c"), "a same b"),
    ],
)
def test_contradictory_judgements_are_refused_and_all_are_named(before, new):
    with pytest.raises(InputError) as refused:
        judgements(*before, new)
    for each in (*before, new):
        assert str(judged(*each.split())) in str(refused.value)


def test_the_last_judgement_of_a_pair_counts_and_all_are_stored():
    turned = judgements("a same b", "b same c", "c different b", "a different c")
    assert [each.verdict for each in turned.current.values()] == ["same", "different", "different"]
    assert judgements("a same b", "b withdrawn a").current == {}
    assert len(turned.all) == 4


def test_a_file_grows_by_what_is_added_and_a_refusal_leaves_it(tmp_path):
    assert read_judgements(tmp_path) == Judgements()
    add_judgements(tmp_path, lambda _: [judged("a", "same", "b")])
    add_judgements(tmp_path, lambda _: [judged("b", "same", "c")])
    before = (tmp_path / JUDGEMENTS).read_bytes()
    assert [each.other for each in read_judgements(tmp_path).all] == ["b_x:1", "c_x:1"]
    with pytest.raises(InputError, match="contradict"):
        add_judgements(tmp_path, lambda _: [judged("a", "different", "c")])
    assert (tmp_path / JUDGEMENTS).read_bytes() == before


@pytest.mark.parametrize("line", [b'{"one": "a_x:1"}', b"\xff", b'{"one"', b""])
def test_a_damaged_line_is_located(tmp_path, line):
    add_judgements(tmp_path, lambda _: [judged("a", "same", "b")])
    with (tmp_path / JUDGEMENTS).open("ab") as file:
        file.write(line + b"\n")
    with pytest.raises(DataError, match="line 2 is no judgement"):
        read_judgements(tmp_path)


def _add(folder: str, first: int) -> None:
    for number in range(first, first + 10):
        new = Judgement("a_x:1", f"b_x:{number}", "same", "why", "ann", "2024-06-01")
        add_judgements(Path(folder), lambda _, new=new: [new])


def test_of_judgements_that_are_added_at_once_all_stay(tmp_path):
    processes = [
        multiprocessing.get_context("fork").Process(target=_add, args=(str(tmp_path), 10 * at))
        for at in range(3)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    stored = read_judgements(tmp_path).all
    assert {each.other for each in stored} == {f"b_x:{at}" for at in range(30)}


def resolver(*edges: list) -> bytes:
    return b"".join(json.dumps(edge).encode() + b"\n" for edge in edges)


def read(content: bytes):
    return read_resolver(content, where="r.ijson", why="a reason", by="ann", at="2024-06-01")


def test_judgements_are_written_as_a_resolver_and_read_again():
    made = judgements("a same b", "a different c", "d same e", "e withdrawn d")
    written = write_resolver(made)
    assert written.splitlines() == [
        b'["b_x:1","a_x:1","positive",null,"ann","2024-06-01"]',
        b'["c_x:1","a_x:1","negative",null,"ann","2024-06-01"]',
    ]
    again = Judgements(read(written).judgements)
    assert {pair: each.verdict for pair, each in again.current.items()} == {
        pair: each.verdict for pair, each in made.current.items()
    }


def test_ids_that_a_resolver_made_stand_for_the_first_record_of_them():
    found = read(
        resolver(
            ["NK-x", "a_x:1", "positive", None, "bob", "2023-05-06T07:08:09"],
            ["NK-x", "b_x:1", "positive", 0.9, None, None],
            ["Q42", "NK-x", "positive", None, "bob", None],
            ["Q42", "c_x:1", "negative", None, "bob", None],
            ["NK-lonely", "NK-x", "negative", None, "bob", None],
            ["d_x:1", "a_x:1", "unsure", 0.5, "bob", None],
            ["e_x:1", "a_x:1", "no_judgement", 0.5, None, None],
        )
    )
    assert found.undecided == 2
    assert [(e.one, e.verdict, e.other, e.by, e.at) for e in found.judgements] == [
        ("a_x:1", "same", "b_x:1", "ann", "2024-06-01"),
        ("a_x:1", "different", "c_x:1", "bob", "2024-06-01"),
    ]


@pytest.mark.parametrize("line", [b"{}", b'["a", "b"]', b'["a", "b", "perhaps"]', b"\xff"])
def test_a_line_that_is_no_edge_is_refused_with_its_number(line):
    with pytest.raises(InputError, match="no line of a resolver") as refused:
        read(resolver(["b_x:1", "a_x:1", "positive", None, None, None]) + line)
    assert refused.value.where == "r.ijson line 2"
