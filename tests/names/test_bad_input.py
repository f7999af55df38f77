"""Whatever is asked: never a crash, never a hang, never a hit on nothing."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from limen.names import DEFAULT_THRESHOLD, Query, compare, score, usable

NOTHING = ["", "   ", "...", "!?", "\x00", "\u202e\u202d", "\u200b", "😀🎉", "\ud800", "-- ,, --"]
BAD = [
    *NOTHING, "a", "LLC", "GmbH & Co. KG", "x" * 10_000, "Ali " * 3_000, "Ali\x00Hassan",
    "\u202eAli", "Ali\ud800", "Алi Hassan علي 李",
    "a b c d e f g h i j k l m n o p q r s t u v w x y z",
    "1" * 5_000, "ﷺ" * 50, "ß" * 500, "é" * 600, "'" * 40,
]  # fmt: skip


@pytest.mark.parametrize("name", NOTHING)
def test_nothing_is_not_a_name(index, name):
    assert usable(name)
    assert score(name, name) == 0
    assert list(index.search([Query((name,), "Thing")], cutoff=0.01)) == [[]]


@pytest.mark.parametrize("name", BAD)
def test_bad_names_are_answered_quickly(index, name):
    started = time.process_time()
    for other in ("Ali Hassan", "EMMA LLC", name):
        assert 0 <= score(name, other) <= 1
        compare(name, other)
    index.candidates([name], "Thing", 5)
    list(index.search([Query((name,), "Person")], cutoff=0.5))
    assert time.process_time() - started < 2


def test_a_word_has_no_more_sounds_than_the_kernels_have_room_for():
    long, like = "x" * 40 + " Ivan", "xyx" * 13 + " Ivan"
    assert score(long, like, "Person") == score(like, long, "Person") < score(long, long, "Person")


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("LLC", "legal form"),
        ("Limited Liability Company", "legal form"),
        ("a", "single letters"),
        ("x" * 10_000, "10,000 characters"),
        ("", "empty"),
        ("😀", "no letters"),
    ],
)
def test_why_a_name_cannot_be_compared_is_said(name, why):
    assert why in str(usable(name))


@pytest.mark.parametrize(
    "name", ["Vladimir Putin", "SIS d.o.o.", "习近平", "Xi", "11420 CORP.", "AT&T"]
)
def test_a_name_is_usable(name):
    assert usable(name) is None


@pytest.mark.parametrize("asked", ["CORP", "AJAX CORP.", "LLC", "Corporation LLC"])
def test_an_empty_residue_never_hits(index, asked):
    (matches,) = index.search([Query((asked,), "Company")], cutoff=DEFAULT_THRESHOLD)
    assert matches == []


def test_asking_one_question_loads_nothing_that_only_a_build_needs():
    code = (
        "import sys; from limen import names; names.score('Ali', 'Aly', 'Person'); "
        "sys.exit('Cython' in sys.modules or 'yaml' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
