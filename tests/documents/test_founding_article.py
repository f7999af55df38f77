"""The founding article: every quotation, its speaker, its day; nothing else taken for words."""

import pytest

from limen.documents import read_file, report_on

ARTICLE = "documents/000_569262551bbf4f1a.txt"
QUOTED = [
    (
        "Russian troops moving into Donbas would not",
        "White House official",
        "anonymous",
        "2022-02-21",
    ),
    ("Russia has had forces", "White House official", "anonymous", "2022-02-21"),
    ("To be clear: these measures", "Jen Psaki", "named", "2022-02-21"),
    ("My guess is he will move in.", "Joe Biden", "named", "2022-01"),
    ("minor incursion", "Joe Biden", "named", "2022-01"),
    ("big nations can’t bluff.", "Joe Biden", "named", "2022-01"),
    ("If any Russian military forces", "Jen Psaki", "named", "2022-01"),
    ("If any assembled Russian units", "Joe Biden", "named", "2022-01"),
    ("We don’t need your sanctions", "Volodymyr Zelenskyy", "named", None),
    ("Why would we need those sanctions then?", "Volodymyr Zelenskyy", "named", None),
    ("President Biden reiterated", "White House", "institutional", "2022-02-21"),
]


@pytest.fixture(scope="module")
def document(shared):
    return read_file(shared(ARTICLE))


@pytest.fixture(scope="module")
def report(document):
    return report_on(document)


def test_every_quotation_has_its_speaker_and_its_day(report):
    assert [
        (each.quote.startswith(start), each.speaker, each.attribution, each.said_on)
        for each, (start, *_) in zip(report.statements, QUOTED, strict=True)
    ] == [(True, *rest) for _, *rest in QUOTED]


def test_spans_are_the_words_between_the_marks(document, report):
    for each in (*report.statements, *report.reported):
        assert document.text[slice(*each.span)] == each.quote
    for each in report.statements:
        low, high = each.span
        assert document.text[low - 1] + document.text[high] == "“”"


def test_denied_consequences_are_told_from_the_others(report):
    polarity = {
        each.quote[:14]: each.reading.polarity for each in report.statements if each.reading
    }
    assert polarity == {
        "Russian troops": "negative",
        "To be clear: t": "positive",
        "minor incursio": "negative",
        "If any Russian": "positive",
        "If any assembl": "positive",
        "President Bide": "positive",
    }
    assert report.statements[0].reading.condition == "Russian troops moving into Donbas"


def test_reported_speech_is_marked_as_such(report):
    first = report.reported[0]
    assert (first.kind, first.speaker, first.reading.polarity) == (
        "reported",
        "White House",
        "negative",
    )


def test_captions_credits_and_boilerplate_are_kept_and_told_apart(document):
    kinds = {document.text[slice(*block.span)][:12]: block.kind for block in document.blocks}
    assert kinds["JIM WATSON/A"] == "credit"
    assert kinds["US President"] == "caption"
    assert kinds["Please let u"] == "boilerplate"
    assert kinds["Joe Biden Al"] == "heading"


def test_the_day_is_worked_out_and_said_to_be(report):
    """No dateline: Monday after the Friday, 18 February of a caption."""
    assert (report.document.date, report.document.date_basis) == ("2022-02-21", "inferred")


def test_channels(report):
    found = [each.channel for each in report.statements]
    assert found[0] == found[1] == "conference_call"
    assert found[2] == found[6] == "written_statement"
    assert found[3] == "press_conference"
    assert found[8] == "speech"
    assert found[10] == "readout"


def test_a_day_that_is_told_beats_the_one_worked_out(shared):
    from datetime import date

    document = read_file(shared(ARTICLE), on=date(2022, 2, 22))
    assert document.dated.basis == "asked"
    assert report_on(document).statements[2].said_on == "2022-02-21", "Monday is the day before"
