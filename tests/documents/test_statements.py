"""Who said it, and what it makes a condition of: one rule of English a line."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from limen.documents import report_on
from limen.documents.readers import read_bytes


def said(text):
    report = report_on(read_bytes(text.encode(), "a.txt"))
    return {each.quote: each.speaker for each in report.statements}


def conditional(text):
    report = report_on(read_bytes(text.encode(), "a.txt"))
    found = [each.reading for each in (*report.statements, *report.reported) if each.reading]
    found += [each.reading for each in report.conditionals]
    return [(each.cue, each.polarity) for each in found]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "“We agree,” Anna Keller and Pierre Morel said on Monday.",
            "Anna Keller and Pierre Morel",
        ),
        ("“We agree,” said Anna Keller and Pierre Morel.", "Anna Keller and Pierre Morel"),
        ("“We agree,” said the finance minister, Bruno Lemoine.", "Bruno Lemoine"),
        ("“We agree,” wrote former chess champion Garry Kasparov.", "Garry Kasparov"),
        ("“We agree,” a spokesman for Mr Prigozhin said.", "spokesman for Mr Prigozhin"),
        ("“We agree,” said Ruth Abelson QC, who acted for the bank.", "Ruth Abelson"),
        ("“We agree,” said Antony J. Blinken.", "Antony J. Blinken"),
        ("The envoy, Naomi Feldman, was blunter: “We agree to nothing at all.”", "Naomi Feldman"),
        ("My old boss, the late Robert Aldous, used to say: “We never agree.”", "Robert Aldous"),
        ("Kim Jong Un spoke. “We never agree to that,” KCNA quoted Kim as saying.", "Kim Jong Un"),
        ("The president, Vesna Markovic, rose. “We agree,” the president said.", "Vesna Markovic"),
    ],
)
def test_whose_words_they_are(text, speaker):
    assert list(said(text).values()) == [speaker]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Had ministers listened, the loophole would have closed in 2014.", ("had", "positive")),
        ("Only if Russia withdraws will the sanctions be lifted.", ("only if", "positive")),
        ("If you bank with either, move your money.", ("if", "positive")),
        ("Without that, there is no agreement.", ("without", "positive")),
        ("The moment they move, we move.", ("the moment", "positive")),
        ("If Russia invades, the pipeline will not move forward.", ("if", "positive")),
        ("If Russia invades, no bank will be safe.", ("if", "positive")),
        ("If the property is sold, the freeze will not apply.", ("if", "negative")),
        ("Unless we respond today, we will pay tomorrow.", ("unless", "negative")),
        ("The first toecap across the line triggers the package.", ("nominal", "positive")),
        ("Moscow must withdraw or face the gravest consequences.", ("or", "positive")),
        ("A cyberattack on its own would not trigger the package.", ("trigger", "negative")),
    ],
)
def test_a_condition_and_whether_its_consequence_is_denied(text, found):
    assert conditional(f"{text} It is late.") == [found]


@pytest.mark.parametrize(
    "text",
    [
        "They asked if the border was open.",
        "If you have information about this story, contact our newsroom.",
        "Further sanctions will be announced on Monday in Brussels.",
        "All property is blocked except to the extent provided by statutes.",
        "Without naming names, he left the room.",
        "If anything, they were early.",
    ],
)
def test_no_condition(text):
    assert conditional(f"{text} It is late.") == []


def test_every_verb_of_speech_has_its_own_clause():
    report = report_on(
        read_bytes(
            b"The minister warned that allies would respond if it rained, and added that he was "
            b"tired of waiting for the sun.",
            "a.txt",
        )
    )
    assert [each.quote for each in report.reported] == [
        "allies would respond if it rained",
        "he was tired of waiting for the sun.",
    ]


def test_a_letter_says_whom_it_calls_you():
    text = "Dear Commissioner,\n\nYou said in May that the package “leaves no room for doubt”."
    assert list(said(text).values()) == ["Commissioner"]


def test_words_without_an_end_are_read_in_pieces():
    report = report_on(read_bytes(b"If " * 20_000, "a.txt"))
    assert report.statements == ()


_WORDS = st.sampled_from([
    "“If", "he", "“", "”", "’", "‘", '"', "said,", "said:", "Had", "the", "minister,", "Vesna",
    "Markovic,", "would", "Dear X,", "«", "»", "and", "Another", "who", "The", "president.",
    "told", ";", "not", "in the event of", "1.", "\n\n", "\n", "Q", "A:", "according", "to", ",",
    "—", "that",
])  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(_WORDS, min_size=1, max_size=60))
def test_any_words_are_read_and_every_quote_stands_where_it_is_said_to(drawn):
    document = read_bytes(f"x {' '.join(drawn)}".encode(), "a.txt")
    report = report_on(document)
    for each in (*report.statements, *report.reported):
        assert document.text[slice(*each.span)] == each.quote


def test_a_quotation_that_opens_at_the_end_of_all():
    assert said("The office « out, the politics,» questions each right,” not «") is not None
