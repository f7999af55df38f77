"""The part of a snapshot: small, quick to open, drawn and described."""

from __future__ import annotations

import time
import xml.etree.ElementTree as ET

import jsonschema
import msgspec
import numpy as np
import pytest

import build_schemas
from limen.law.packs import bundled_pack
from limen.model import InputError
from limen.places import Places
from limen.render.territory_svg import draw
from limen.snapshot.build.law_parts import build_law_parts


def test_the_part_is_small_and_opens_at_once(tmp_path):
    part = build_law_parts([bundled_pack()])["places"]
    assert sum(column.nbytes for column in part.values()) < 60e6
    for name, column in part.items():
        np.save(tmp_path / f"{name}.npy", column)
    mapped = {name: np.load(tmp_path / f"{name}.npy", mmap_mode="r") for name in part}
    best = min(_seconds(lambda: Places(mapped)) for _ in range(5))
    assert best < 0.030


def _seconds(work):
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


@pytest.mark.parametrize(
    "address", ["Yalta, Krimea", "", "Simferopol, Germany", "Embassy of Iran, Tokyo"]
)
def test_the_wire_form_is_what_the_schema_says(locate, address):
    wire = msgspec.json.decode(msgspec.json.encode(locate(address).to_dict()))
    jsonschema.validate(wire, build_schemas.location_schema())


def test_the_same_question_gives_the_same_answer(locate):
    assert locate("Yalta, Krimea").to_dict() == locate("Yalta, Krimea").to_dict()


@pytest.mark.parametrize("address", ["Yalta, Krimea", "Donetsk", "Melitopol", "Isfahan, Iran"])
def test_a_map_names_the_act_and_the_day(places, locate, address):
    location = locate(address)
    drawing = draw(places, location)
    ET.fromstring(drawing)
    finding = location.findings[0]
    assert finding.instrument.partition("(")[0] in drawing
    assert "2023-01-15" in drawing
    assert "http" not in drawing.replace("http://www.w3.org/2000/svg", "")


def test_nothing_to_draw_is_said(places, locate):
    with pytest.raises(InputError, match="no territory"):
        draw(places, locate("Kyiv"))
    assert "Crimea" in draw(places, locate("Kyiv"), "ua-crimea")
