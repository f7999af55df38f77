"""No value of a repeated key is lost, and finding one takes time in proportion to the text."""

from __future__ import annotations

import json
import time

import pytest

from limen.util.json_keys import repeated_key, with_every_value


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ('{"a": true, "a": 1}', '{"a": [true, 1]}'),
        ('{"a": 0, "a": false}', '{"a": [0, false]}'),
        ('{"a": 1, "a": 1.0}', '{"a": [1, 1.0]}'),
        ('{"a": 1, "a": "1"}', '{"a": [1, "1"]}'),
        ('{"a": [[1]], "a": [[true]]}', '{"a": [[1], [true]]}'),
        ('{"a": {"b": 1}, "a": {"b": true}}', '{"a": [{"b": 1}, {"b": true}]}'),
        ('{"a": {"b": 1, "c": 2}, "a": {"c": 2, "b": 1}}', '{"a": {"b": 1, "c": 2}}'),
        ('{"a": 1, "a": 1, "a": null, "a": ""}', '{"a": 1}'),
        ('{"a": ["x"], "a": ["y", "x"]}', '{"a": ["x", "y"]}'),
        ('{"a": null, "a": ""}', '{"a": null}'),
    ],
)
def test_values_that_are_not_the_same_json_are_all_read(text, whole):
    # as text, because in Python True equals 1
    assert json.dumps(with_every_value(text), sort_keys=True) == whole


def test_many_values_and_many_keys_take_no_quadratic_time():
    names = json.dumps([f"Name {number}" for number in range(20_000)])
    keys = ",".join(f'"k{number}": 1' for number in range(20_000))
    began = time.process_time()
    assert len(with_every_value(f'{{"name": {names}, "name": {names}}}')["name"]) == 20_000
    assert repeated_key(f'{{{keys}, "k19999": 1}}') == "k19999"
    assert time.process_time() - began < 2  # 0.1 s; in quadratic time 15 s
