"""The index: everything listed is found as written and as treated, in one way and the other."""

from __future__ import annotations

import numpy as np
import pytest
from tests.names.conftest import LISTED, ROWS

from limen.model import InputError, SnapshotError
from limen.names import (
    DEFAULT_THRESHOLD,
    NameIndex,
    NameRow,
    Query,
    build_index,
    compare,
    matcher_named,
    score,
    score_pairs,
)
from limen.names.kernels.encode import packed, unpacked
from limen.names.reading.normalise import normalise

TREATED = [
    ("Vladmir Putin", "Person", 0, "a letter dropped"),
    ("Putin V.V.", "Person", 0, "initials"),
    ("Sergei Aksionov", "Person", 1, "another standard"),
    ("Сергей Аксенов", "Person", 1, "another script"),
    ("Osama Laden", "Person", 2, "a particle dropped"),
    ("Kim Jongun", "Person", 4, "joined"),
    ("Al maz Antey", "Company", 8, "split"),
    ("IRGC Islamic Revolutionary Guards Corps", "Organization", 12, "a word more"),
    ("INDUSTRIAL AND COMMERCIAL BANK OF S", "Company", 13, "cut at 35"),
    ("ADRIAN DARYA-1", "Vessel", 14, "punctuation"),
]


@pytest.mark.parametrize("row", range(len(ROWS)))
def test_every_listed_name_finds_its_party_as_written(index, way, row):
    listed = ROWS[row]
    (matches,) = index.search([Query((listed.text,), listed.schema)], cutoff=DEFAULT_THRESHOLD)
    assert listed.party in [match.party for match in matches]


@pytest.mark.parametrize(("asked", "schema", "party", "because"), TREATED)
def test_a_treated_name_finds_its_party(index, way, asked, schema, party, because):
    assert index.candidates([asked], schema, 3)[0][0] == party, because
    (matches,) = index.search([Query((asked,), schema)], cutoff=DEFAULT_THRESHOLD)
    assert matches[0].party == party, because


def test_many_pairs_score_as_one_by_one(way):
    pairs = [(one.text, two.text) for one in ROWS for two in ROWS]
    for schema in ("Person", "Company", "Thing"):
        assert score_pairs(pairs, schema).tolist() == [score(*pair, schema) for pair in pairs]


def test_a_person_is_never_a_vessel(index):
    (matches,) = index.search([Query(("Adrian Darya",), "Person")], cutoff=0.1)
    assert 14 not in [match.party for match in matches]
    (matches,) = index.search([Query(("Adrian Darya 1",), "Thing")], cutoff=0.1)
    assert 14 in [match.party for match in matches]


def test_rows_that_may_not_answer_do_not(index, way):
    rows = np.array([row.kind == 0 for row in ROWS])
    (matches,) = index.search([Query(("Usama bin Ladin",), "Person")], cutoff=0.3, rows=rows)
    assert {match.row for match in matches} <= set(np.flatnonzero(rows).tolist())


def test_a_common_name_does_not_crowd_out_the_right_one(way):
    rows = [
        NameRow(at, f"Mohammed Ali Word{chr(97 + at % 26)}{at}", 0, "Person") for at in range(900)
    ]
    rows.append(NameRow(900, "Mohamed Aly", 0, "Person"))
    index = NameIndex(build_index(rows, 901))
    (matches,) = index.search([Query(("Mohammed Ali",), "Person")], cutoff=DEFAULT_THRESHOLD)
    assert 900 in [match.party for match in matches]


def test_the_index_opens_from_files(tmp_path, index):
    arrays = build_index(ROWS, len(LISTED))
    for name, array in arrays.items():
        np.save(tmp_path / f"{name}.npy", array)
    mapped = NameIndex({name: np.load(tmp_path / f"{name}.npy", mmap_mode="c") for name in arrays})
    for asked, schema, *_ in TREATED:
        assert mapped.candidates([asked], schema, 5) == index.candidates([asked], schema, 5)


def test_building_twice_gives_the_same_arrays():
    one, two = build_index(ROWS, len(LISTED)), build_index(ROWS, len(LISTED))
    assert all(np.array_equal(one[name], two[name]) for name in one)


def test_an_index_of_nothing_answers_nothing(way):
    index = NameIndex(build_index([], 0))
    assert index.candidates(["Vladimir Putin"], "Person", 5) == []
    assert list(index.search([Query(("Vladimir Putin",), "Person")], cutoff=0.5)) == [[]]


@pytest.mark.parametrize("tables", [b"other tables", b""])
def test_an_index_read_with_other_tables_is_refused(tables):
    arrays = build_index(ROWS, len(LISTED))
    arrays["tables"] = np.frombuffer(tables, dtype="u1")
    with pytest.raises(SnapshotError, match="other tables of names"):
        NameIndex(arrays)


@pytest.mark.parametrize("name", ["ofac", "exact"])
def test_other_matchers_search_too(index, way, name):
    matcher = matcher_named(name)
    (matches,) = index.search(
        [Query(("Usama bin Ladin",), "Person")], cutoff=matcher.threshold, matcher=name
    )
    assert matches[0].party == 2


def test_exact_is_exact():
    assert score("PUTIN, Vladimir", "Vladimir Putin", "Person", "exact") == 1
    assert score("Vladimir Putin", "Vladimir Pudin", "Person", "exact") == 0


def test_an_unknown_matcher_is_refused_with_a_hint():
    with pytest.raises(InputError, match="limen1") as refused:
        compare("a", "b", matcher="limen1")
    assert "did you mean limen-1?" in str(refused.value)


def test_a_record_holds_all_of_a_word_but_its_whole():
    words = normalise("Abdul Rahman, حسين 김정은 Trading LLC 5 J. Jack").tokens
    records, at = memoryview(packed(words)), 0
    for word in words:
        read, at = unpacked(records, at)
        assert read == word._replace(whole="")
    assert at == len(records)
