"""Codes of portfolios: NACE, NAICS, HS and CN, compared with the law's words."""

from __future__ import annotations

import pytest

from limen.law.codes import Code, is_of, read_goods, read_sector
from limen.law.files.read_law import read_law
from limen.model import InputError


@pytest.fixture(scope="module")
def law():
    return read_law()


@pytest.mark.parametrize(
    ("text", "scheme", "code"),
    [
        ("64.19", None, Code("nace", "6419")),
        ("K64.19", None, Code("nace", "6419")),
        ("64", None, Code("nace", "64")),
        ("522110", None, Code("naics", "522110")),
        ("522", None, Code("naics", "522")),
        ("0610", "nace", Code("nace", "0610")),
        ("52", "naics", Code("naics", "52")),
        ("Commercial banking", None, Code("word", "commercial banking")),
    ],
)
def test_a_sector_is_a_code_or_words(text, scheme, code):
    assert read_sector(text, scheme) == code


@pytest.mark.parametrize("text", ["2709", "2709 00", "2709 00 90", "270900", "2709.00.90"])
def test_a_code_of_goods_is_one_however_it_is_grouped(text, law):
    assert is_of(law, "crude oil", read_goods(text)) is True


@pytest.mark.parametrize("text", ["7700", "9801", "270", "27090", "0001", "27-09", "2709x"])
def test_a_code_that_there_is_not_is_refused(text):
    with pytest.raises(InputError, match="no HS or CN code"):
        read_goods(text)


@pytest.mark.parametrize(
    ("word", "code", "value"),
    [
        ("banks", Code("nace", "6419"), True),
        ("banks", Code("nace", "64"), None),  # less exact than the word: it may be
        ("banks", Code("nace", "0111"), False),
        ("banks", Code("word", "savings bank"), True),
        ("gold", Code("hs", "7108"), True),
        ("gold", Code("hs", "71"), None),
        ("gold", Code("naics", "522"), None),  # the word has no code of that scheme
        ("Commerce Control List categories 3 to 9", Code("hs", "8542"), None),
        ("all", Code("hs", "0101"), True),
    ],
)
def test_a_code_is_of_a_word_or_not_or_that_is_unknown(word, code, value, law):
    assert is_of(law, word, code) is value


def test_every_word_with_codes_is_one_that_the_law_uses(law):
    targets = [part.targets for each in law.measures.values() for part in each.provisions]
    used = {word for each in targets for word in (*each.sectors, *each.goods, *each.services)}
    assert set(law.classifications) - used == set()
