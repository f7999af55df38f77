"""Folding: what counts as the same text."""

import pytest

from limen.util.text import fold, single_spaced, squash


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("São-Tomé (city)", "sao tome city"),
        ("  Côte d’Ivoire ", "cote d ivoire"),
        ("Straße", "strasse"),
        ("ＬＥＩ：１２", "lei 12"),
        ("Київ", "киів"),
        ("Йод", "иод"),
        ("…", ""),
        ("", ""),
    ],
)
def test_a_text_folds_to_its_words(text, words):
    assert fold(text) == words
    assert fold(fold(text)) == fold(text)
    assert squash(text) == words.replace(" ", "")


def test_single_spaced_keeps_accents_and_punctuation():
    assert single_spaced(" Société\t Générale, S.A. ") == "société générale, s.a."
