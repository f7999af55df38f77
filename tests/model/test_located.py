"""YAML whose every error points at its line."""

from contextlib import suppress
from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from limen.model import DataError, LimenError, RegistryError
from limen.util.located_yaml import MAX_DEPTH, locate


class Stop(msgspec.Struct, forbid_unknown_fields=True):
    on: date
    country: str = ""
    count: int = 0
    share: float = 0.0
    shown: bool = False

    def __post_init__(self):
        if self.count == 13:
            raise ValueError("13 is unlucky")


class Route(msgspec.Struct, forbid_unknown_fields=True):
    stops: tuple[Stop, ...]
    names: dict[str, str] = {}


def error_of(text: str) -> LimenError:
    with pytest.raises(RegistryError) as caught:
        locate(text.encode(), "route.yml").decode(Route)
    return caught.value


def test_the_type_says_what_a_scalar_is():
    text = "stops:\n- {on: 2022-02-21, country: NO, count: 7, share: 0.25, shown: true}\n"
    route = locate(text.encode(), "route.yml").decode(Route)
    assert route.stops == (Stop(date(2022, 2, 21), "NO", 7, 0.25, True),)


@pytest.mark.parametrize(
    "written", ["0042", "1_000", "23:59", "0x10", "yes", "2022-02-21", "=", "1e3"]
)
def test_text_stays_as_it_was_written(written):
    assert locate(f"key: {written}".encode(), "x.yml").data == {"key": written}


def test_nothing_is_said_by_an_empty_value_and_by_null_but_not_by_quotes():
    data = locate(b"a:\nb: null\nc: ~\nd: 'null'\ne: ''\n", "x.yml").data
    assert data == {"a": None, "b": None, "c": None, "d": "null", "e": ""}


@pytest.mark.parametrize(
    ("text", "where", "what"),
    [
        ("stops:\n- on: 2022-02-31\n", "line 2, column 3: stops[0].on", "found '2022-02-31'"),
        ("stops:\n- on: 2022-02-01\n  count: few\n", "line 3, column 3", "a whole number"),
        ("stops:\n- on: 2022-02-01\n  count: 13\n", "line 2, column 3: stops[0]", "13 is unlucky"),
        ("stops:\n- {country: NO}\n", "line 2, column 3: stops[0]", "on is missing"),
        ("stops: 5\n", "line 1, column 1: stops", "expected a list, found '5'"),
        ("stops: []\nnames: {a: }\n", "line 2, column 9: names.a", "expected text, got nothing"),
        (
            "stops:\n- on: 2022-02-01\n- 7\n",
            "line 3, column 3: stops[1]",
            "expected keys and values",
        ),
        ("[]", "line 1, column 1", "expected keys and values, got a list"),
        ("", "line 1, column 1", "the file is empty"),
    ],
)
def test_what_does_not_fit_is_located(text, where, what):
    error = error_of(text)
    assert error.where.startswith(f"route.yml {where}")
    assert what in error.what


def test_an_unknown_key_says_which_was_meant():
    error = error_of("stops:\n- on: 2022-02-01\n  contry: NO\n")
    assert error.where == "route.yml line 3, column 3: stops[0].contry"
    assert error.hint == "did you mean country?"


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("a: [1\nb: 2\n", 2, "not YAML"),
        ("a: 1\nb: c: d\n", 2, "not YAML"),
        ("a: 1\n\tb: 2\n", 2, "not YAML"),
        ("a: 1\nb: 2\na: 3\n", 3, "a is there twice, first on line 1"),
        ("a: &x 1\n", 1, "anchors"),
        ("a: 1\nb: *x\n", 2, "anchors"),
        ("a: !!python/object:os.system 1\n", 1, "tag"),
        ("a: 1\n---\nb: 2\n", 2, "second document"),
        ("a: 1\n? [x]\n: 2\n", 2, "key that is not a word"),
        ("a: 1\nb: \x00\n", 2, "character"),
    ],
)
def test_what_is_not_plain_yaml_is_refused_at_its_line(text, line, what):
    error = error_of(text)
    assert f"route.yml line {line}" in error.where
    assert what in error.what


def test_another_encoding_is_named():
    with pytest.raises(DataError, match=r"0xe9 is not UTF-8") as caught:
        locate("a: 1\nb: é\n".encode("latin-1"), "x.yml", error=DataError)
    assert caught.value.where == "x.yml line 2"


def test_a_byte_order_mark_is_no_content():
    assert locate(b"\xef\xbb\xbfa: 1\n", "x.yml").data == {"a": "1"}


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(raw):
    with suppress(RegistryError):
        assert locate(raw, "x.yml").name == "x.yml"


@pytest.mark.parametrize("depth", [MAX_DEPTH + 1, 200_000])
def test_what_is_nested_too_deep_is_refused_at_its_line(depth):
    """By us; or, far beyond, by a parser that has a bound of its own."""
    error = error_of("a: " + "[" * depth + "]" * depth)
    assert "route.yml line 1" in error.where
    assert f"deeper than {MAX_DEPTH}" in error.what or depth == 200_000
