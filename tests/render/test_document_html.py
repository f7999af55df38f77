"""The report page of a document: its text whole, and nothing of it taken for markup."""

import msgspec
import pytest
from lxml import html

from limen.documents import report_on
from limen.documents.readers import read_bytes
from limen.documents.report import EventFound, ListedAs, MentionFound, MentionPlace, PlaceFound
from limen.render.document_findings import findings_lists
from limen.render.document_html import page
from limen.render.marked_text import marked_text

MARKUP = "<script>alert(1)</script>&<img src=x onerror=alert(1)>"
#: Quotation marks as well, which would end an attribute.
HOSTILE = f"\"'{MARKUP}"
TEXT = (
    f"MOSCOW, Feb. 26, 2022 - A summit {MARKUP} was held.\n\n"
    f'Ivan Petrov, the minister, said: "If troops {MARKUP} cross the border, we will impose '
    'sanctions." He signed Executive Order 14065.\n'
)


@pytest.fixture(scope="module")
def document():
    return read_bytes(TEXT.encode(), f"{HOSTILE}.txt")


@pytest.fixture(scope="module")
def report(document):
    """A report with every kind of finding, each with markup where words are expected."""
    read = report_on(document)
    party = ListedAs(
        id=f'us_ofac_sdn:"{HOSTILE}', caption=HOSTILE, schema="Person", score=0.9,
        on_document_date="hit", on_as_of="review", listed_from=HOSTILE,
        listed_basis="publisher", programmes=(),
    )  # fmt: skip
    span = (TEXT.index("Ivan"), TEXT.index("Ivan") + len("Ivan Petrov"))
    mention = MentionFound(
        text=f"Ivan {HOSTILE}", span=span, chain=(MentionPlace(text="Ivan", span=span),),
        parties=(party,) * 7,
    )  # fmt: skip
    place = PlaceFound(text=HOSTILE, span=(0, 6), outcomes={HOSTILE: "inside"}, territories=())
    statement = msgspec.structs.replace(read.statements[0], role=HOSTILE, channel=HOSTILE)
    return msgspec.structs.replace(
        read, mentions=(mention,), places=(place,), statements=(statement,)
    )


def test_the_report_has_every_kind_of_finding(report):
    assert report.statements[0].reading is not None
    assert report.measures
    assert all(isinstance(event, EventFound) for event in report.events)


@pytest.mark.parametrize("party_link", [None, lambda party: f"/parties/{party}"])
def test_nothing_of_a_document_becomes_markup(report, document, party_link):
    parts = (
        page(report, document),
        marked_text(report, document),
        findings_lists(report, party_link=party_link),
    )
    for part in parts:
        tree = html.fromstring(f"<div>{part}</div>")
        assert not tree.xpath("//script | //img")
        assert not tree.xpath("//@*[starts-with(name(), 'on')]")


def test_the_text_is_whole_and_marked(report, document):
    tree = html.fromstring(page(report, document))
    (text,) = tree.xpath("//div[@class='text']")
    drawn = " ".join(text.text_content().split())
    assert all(" ".join(document.text[b.start : b.end].split()) in drawn for b in document.blocks)
    assert text.xpath(".//mark[contains(@class, 'listed')]/@id") == ["m1"]
    assert tree.xpath("//a/@href") == ["#m1"]


def test_the_same_text_and_lists_stand_in_the_page(report, document):
    whole = page(report, document)
    assert marked_text(report, document) in whole
    assert findings_lists(report) in whole


def test_a_long_text_is_drawn_in_part_with_a_note(report, document):
    drawn = marked_text(report, document, characters=10)
    assert "Executive Order" not in drawn
    assert "1 more paragraphs" in drawn
