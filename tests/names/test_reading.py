"""How raw names are read: scripts, forms, numbers, parts."""

from __future__ import annotations

import pytest

from limen.names.matchers.ofac import soundex
from limen.names.reading.build_tables import build, encoded
from limen.names.reading.legal_forms import correct_legal_word
from limen.names.reading.normalise import alternatives, normalise
from limen.names.reading.phonetics import skeletons, sound
from limen.names.reading.tables import COMPILED
from limen.names.reading.tokens import LEGAL, NUMBER, PARTICLE


def words(raw: str, *, person: bool = False) -> list[str]:
    return [token.text for token in normalise(raw, person=person).tokens]


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        ("Сергей Шойгу", "sergey shoygu"),
        ("Ελλάδα", "ellada"),
        ("贝拉克·奥巴马", "beilake aobama"),
        ("习近平", "xi jinping"),
        ("欧阳娜娜", "ouyang nana"),
        ("김정은", "kim jongun"),
        ("ბარაკ", "barak"),
        ("Jean-Marie LE PEN", "jean marie le pen"),
        ("O’Brien", "obrien"),
        ("Vlаdimir", "vladimir"),
        ("AT&T", "at and t"),
        ("Müller Straße", "muller strasse"),
    ],
)
def test_scripts_are_read_as_latin(raw, read):
    assert " ".join(words(raw, person=True)) == read


def test_legal_forms_are_classes_wherever_a_company_writes_them():
    spelled = ["SIS d.o.o.", "SIS DOO", "D.O.O. SIS", "SIS, D O O", "ООО SIS", "SIS Ltd."]
    assert {tuple(sorted(words(raw))) for raw in spelled} == {("llc", "sis")}


def test_a_person_keeps_what_a_company_would_lose():
    assert words("Ao Li", person=True) == ["ao", "li"]
    assert normalise("AO Gazprom").tokens[0].kind == LEGAL


def test_numbers_are_numbers_however_written():
    for raw in ("Brigade 44", "Brigade Forty Four", "Brigade Forty 4", "Brigade 44th"):
        tokens = normalise(raw).tokens
        assert (tokens[1].text, tokens[1].kind) == ("44", NUMBER)


def test_arabic_parts_are_one_spelling():
    spelled = ["Nooruddin", "Noor ud-Din", "Nooreddine", "Noor Uddin"]
    assert {tuple(w for w in words(raw) if w != "ud") for raw in spelled} == {("noor", "din")}


def test_particles_say_little():
    assert all(token.kind == PARTICLE for token in normalise("al bin der Laden").tokens[:3])


@pytest.mark.parametrize(
    "spellings",
    [
        ("sergey", "sergei", "sergej", "serguei"),
        ("khodorkovsky", "chodorkovsky", "khodorkovskiy"),
        ("shoigu", "shoygu", "schoigu"),
    ],
)
def test_transliteration_standards_sound_alike(spellings):
    first = sound(spellings[0])
    assert all(abs(len(sound(other)) - len(first)) <= 1 for other in spellings)
    bones = set(skeletons(spellings[0], first))
    assert sum(bool(bones & set(skeletons(other, sound(other)))) for other in spellings) >= 2


def test_two_names_beside_each_other_are_both_read():
    assert alternatives("Al-Qa'ida/Islamic Army")[1:] == ("Al-Qa'ida", "Islamic Army")
    assert alternatives("A/S Norden") == ("A/S Norden",)


def test_spans_point_into_the_raw_name():
    raw = "  Сергей   SHOIGU, d.o.o. "
    name = normalise(raw)
    assert [raw[start:end] for start, end in name.spans] == ["Сергей", "SHOIGU", "d.o.o"]


def test_the_compiled_tables_are_the_reviewed_ones():
    assert COMPILED.read_bytes() == encoded(build()), (
        "run python -m limen.names.reading.build_tables"
    )


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("ashcraft", "a261"), ("tymczak", "t522"), ("pfister", "p236"), ("lee", "l000"),
        ("bcwc", "b200"), ("bchc", "b200"), ("bcac", "b220"), ("", "000"),
    ],
)  # fmt: skip
def test_the_soundex_code_of_a_word(word, code):
    """Letters of one digit count once, also with an h or a w between them, and twice with a vowel."""
    assert soundex(word) == code


@pytest.mark.parametrize(
    ("word", "meant"),
    [("limted", "limited"), ("comany", "company"), ("lmted", "lmted"), ("gmbhh", "gmbhh")],
)
def test_a_misspelt_legal_word_of_six_letters_is_corrected(word, meant):
    assert correct_legal_word(word) == meant
