"""No document is clear in silence: what is not read, or not found, is *cannot say* or a refusal."""

import pytest
from benchmarks.documents.hidden_names import documents, verdict
from tests.worlds import a_list, listed, registry, world

from limen.documents.readers import read_bytes

LISTED = [
    listed("1", "PUTIN, Vladimir Vladimirovich", alias=("Владимир Путин",)),
    listed("2", "Sergei Borisovich IVANOV"),
    listed("3", "Rosneft Oil Company", "Company"),
]
MADE = list(documents())
#: What shows nothing that a reader could read.
UNREADABLE = {
    "picture-attached.pdf", "stamp-on-scan.pdf", "numbered-scan.pdf", "headed-scan.pdf",
    "scan-in-a-form.pdf", "xfa-broken.pdf", "picture.docx", "picture-alone.docx", "old-picture.docx",
    "chunk-rtf.docx", "object-in-word.docx", "base64.eml", "quoted.eml", "unknown-coding.eml",
    "charset-unknown.eml", "not-decoded.eml", "with-winmail.dat.eml", "with-a.zip.eml",
    "with-a.png.eml", "with-a.rtf.eml", "a.rtf", "a.doc", "lost.txt",
}  # fmt: skip


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    lists = registry(a_list("eu_fsf", "EU", max_age_days=9_999))
    return world(tmp_path_factory.mktemp("hidden"), lists, {"eu_fsf": {"2024-05-30": LISTED}})


@pytest.mark.parametrize("made", MADE, ids=lambda made: f"{made.kind}: {made.name}")
def test_a_name_is_found_wherever_it_is_and_what_is_unread_is_no_clear(engine, made):
    expected = ("cannot say", "refused") if made.name in UNREADABLE else ("found",)
    assert verdict(engine, made, "2024-06-01") in expected


def test_every_document_of_a_kind_is_its_own(engine):
    names = [made.name for made in MADE]
    assert len(set(names)) == len(names)
    assert set(names) >= UNREADABLE


def test_a_plain_document_of_each_format_is_clear(engine):
    from benchmarks.documents.hidden_names.made_files import Pdf, docx, drawing, paragraph, xlsx

    pdf = Pdf()
    picture = pdf.image()
    pdf.page(
        "The cat sat on the mat.", draws="q 40 0 0 40 9 9 cm /I1 Do Q", objects=f"/I1 {picture} 0 R"
    )
    logo = docx(paragraph("The cat sat.") + f"<w:p>{drawing(40, 40)}</w:p>")
    for name, data in (
        ("a.pdf", pdf.written()),
        ("a.docx", logo),
        ("a.xlsx", xlsx([["cat", "mat"]])),
        ("a.html", b"<html><p>The cat sat on the mat.</p></html>"),
        ("a.eml", b"From: a@x.example\nSubject: Cat\n\nThe cat sat on the mat.\n"),
    ):
        answer = engine.screen_document(read_bytes(data, name), "2024-06-01")
        assert (answer.outcome, answer.reasons) == ("clear", ()), name


def test_of_two_equal_alternatives_one_is_read(engine):
    text = b"Content-Type: text/plain\n\nThe  cat sat.\n"
    page = b"Content-Type: text/html\n\n<html><p>The <b>cat</b> sat.</p></html>\n"
    mail = b'From: a@x.example\nContent-Type: multipart/alternative; boundary="c"\n\n'
    document = read_bytes(mail + b"--c\n" + text + b"--c\n" + page + b"--c--\n", "a.eml")
    assert document.text.count("sat") == 1
