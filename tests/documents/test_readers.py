"""Every format, and what bad input gets: a located error or a stated limitation."""

import io
import os
import zipfile

import pytest
from tests.documents.files import docx, pdf

from limen.documents import read_file, report_on
from limen.documents.readers import read_bytes
from limen.model import DataError, InputError

QUOTE = '"We will act," said Jen Psaki on Monday.'


def said(document):
    return [(each.quote, each.speaker) for each in report_on(document).statements]


def test_pdf_pages_and_pages_without_text():
    document = read_bytes(pdf([f"One.\n{QUOTE}", None, "Three."]), "a.pdf")
    statement = report_on(document).statements[0]
    assert (statement.quote, statement.page) == ("We will act,", 1)
    assert document.limitations == ("page 2 has no text layer",)


def test_a_pdf_of_two_hundred_pages():
    document = read_bytes(pdf([f"Page {n} says nothing.\n{QUOTE}" for n in range(200)]), "a.pdf")
    assert document.pages == 200
    assert len(report_on(document).statements) == 200


def test_a_scan_says_that_no_page_could_be_read():
    document = read_bytes(pdf([None] * 20), "scan.pdf")
    assert document.limitations[0] == "page 1 has no text layer"
    assert "8 more pages could not be read either" in document.limitations
    assert "the document has no text" in document.limitations


def test_a_locked_pdf_and_a_broken_one():
    import pypdf

    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf(["secret"])))
    writer.encrypt("word", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    with pytest.raises(DataError, match=r"a\.pdf: it is locked by a password"):
        read_bytes(out.getvalue(), "a.pdf")
    with pytest.raises(DataError, match="not a whole PDF"):
        read_bytes(pdf(["x"])[:150], "a.pdf")


def test_html_is_read_whole_and_no_script_is():
    page = (
        "<!doctype html><html><head><meta property='article:published_time' "
        "content='2022-02-21T10:00:00Z'><script>\"Evil,\" said Nobody.</script></head><body>"
        "<nav>Home</nav><h1>News</h1><p>“We will <b>act</b>,” said <a>Jen Psaki</a>.</p>"
        "<figcaption>“Ha,” said John Caption.</figcaption><div hidden>“No,” said Jim Hidden.</div>"
        "</body></html>"
    )
    document = read_bytes(page.encode(), "a.html")
    assert said(document) == [("We will act,", "Jen Psaki")]
    assert document.dated.basis == "stated"
    assert [block.kind for block in document.blocks] == [
        "boilerplate",
        "heading",
        "body",
        "caption",
    ]
    assert "Evil" not in document.text


def test_html_nested_a_hundred_thousand_deep():
    document = read_bytes(
        b"<html><body>" + b"<div>" * 100_000 + b"deep</div></body></html>", "a.html"
    )
    assert isinstance(document.text, str)


def test_docx_and_a_zip_bomb():
    assert said(read_bytes(docx(["“We will act,” said Jen Psaki."]), "a.docx"))
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", b"<a>" + b" " * (64 << 20))
    with pytest.raises(DataError, match="unpacks beyond"):
        read_bytes(bomb.getvalue(), "a.docx")
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as packed:
        packed.writestr("x.txt", "y")
    with pytest.raises(DataError, match="no Word document"):
        read_bytes(other.getvalue(), "a.docx")


def test_mail_with_attachments_in_attachments():
    from email.message import EmailMessage

    inner = EmailMessage()
    inner["From"], inner["Subject"] = "b@x.example", "Inner"
    inner.set_content("Inner words: “We wait,” said Ned Price.")
    inner.add_attachment(b"%PDF-broken", maintype="application", subtype="pdf", filename="bad.pdf")
    outer = EmailMessage()
    outer["From"], outer["Date"] = "a@x.example", "Mon, 21 Feb 2022 10:00:00 -0500"
    outer.set_content(QUOTE)
    outer.add_attachment(inner)
    document = read_bytes(outer.as_bytes(), "a.eml")
    assert {speaker for _, speaker in said(document)} == {"Jen Psaki", "Ned Price"}
    assert document.dated.day.isoformat() == "2022-02-21"
    (told,) = document.limitations
    assert told.startswith("message “Inner” > bad.pdf: it is not a whole PDF")


def test_of_alternatives_the_one_that_says_more_is_read():
    from email.message import EmailMessage

    mail = EmailMessage()
    mail["From"], mail["Subject"] = "a@x.example", "News"
    mail.set_content("This message needs a viewer that shows pages.")
    page = "<p>“We will act,” said Jen Psaki.</p>" + "<p>Words and more words.</p>" * 20
    mail.add_alternative(f"<html><body>{page}</body></html>", subtype="html")
    assert said(read_bytes(mail.as_bytes(), "a.eml")) == [("We will act,", "Jen Psaki")]


def test_what_a_page_hides_in_frames_or_too_deep_is_said():
    page = b"<html><body><p>Shown</p><iframe src='http://x.example/a'></iframe>"
    assert read_bytes(page + b"</body></html>", "a.html").limitations == (
        "the frame http://x.example/a was not read",
    )
    counter = b"<iframe src='http://x.example/a' width='1' height='1'></iframe>"
    assert read_bytes(b"<html><p>Shown</p>" + counter + b"</html>", "a.html").limitations == ()
    deep = b"<html><body><p>Shown</p>" + b"<div>" * 3_000 + b"Lost</body></html>"
    assert any("nested too deep" in each for each in read_bytes(deep, "a.html").limitations)


def test_a_word_document_with_entities_of_its_own_is_refused():
    packed = io.BytesIO()
    body = (
        '<!DOCTYPE a [<!ENTITY who "Oleg Deripaska">]><w:document xmlns:w="http://schemas.'
        'openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&who;</w:t>'
        "</w:r></w:p></w:body></w:document>"
    )
    with zipfile.ZipFile(packed, "w") as made:
        made.writestr("word/document.xml", body)
    with pytest.raises(DataError, match="declares a document type"):
        read_bytes(packed.getvalue(), "a.docx")


@pytest.mark.parametrize(
    ("data", "name", "told"),
    [
        (b"", "a.txt", "the file is empty"),
        (b"  \n ", "a.txt", "the file is empty"),
        (rb"{\rtf1 Oleg Deripaska}", "a.txt", "it is RTF"),
        (b"\x7fELF\x00\x01\x02" + bytes(200), "a.txt", "bytes that no text has"),
        ("Слово о санкциях".encode("cp1251") * 3, "a.txt", "not UTF-8"),
    ],
)
def test_what_is_no_text_is_refused(data, name, told):
    with pytest.raises(DataError, match=told):
        read_bytes(data, name)


def test_the_encoding_can_be_named_and_western_text_is_told():
    text = "Слово о санкциях".encode("cp1251")
    assert read_bytes(text, "a.txt", encoding="cp1251").text == "Слово о санкциях"
    document = read_bytes("The café said no.".encode("cp1252"), "a.txt")
    assert "café" in document.text
    assert "read as Windows-1252" in document.limitations[0]


def test_a_huge_file_a_folder_and_no_file(tmp_path):
    huge = tmp_path / "huge.txt"
    with huge.open("wb") as file:
        os.truncate(file.fileno(), 500 << 20)
    with pytest.raises(DataError, match=r"524,288,000 bytes"):
        read_file(huge)
    with pytest.raises(InputError, match="folder"):
        read_file(tmp_path)
    with pytest.raises(InputError, match=r"none\.txt: ") as missing:
        read_file(tmp_path / "none.txt")
    assert isinstance(missing.value.__cause__, FileNotFoundError)


def test_text_in_another_script_says_that_statements_were_not_read():
    document = read_bytes("Президент сказал: «Мы ответим».".encode(), "a.txt")
    assert any("English only" in each for each in document.limitations)


_SHAPE = (
    '<p:sld xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><p:sp><p:nvSpPr><p:nvPr>{}'
    "</p:nvPr></p:nvSpPr><p:txBody><a:p><a:r><a:t>{}</a:t></a:r></a:p></p:txBody></p:sp></p:sld>"
)
_PLACEHOLDER = '<p:ph type="title"/>'


@pytest.mark.parametrize(
    ("part", "placeholder", "read"),
    [
        ("ppt/slideMasters/slideMaster1.xml", "", True),
        ("ppt/slideLayouts/slideLayout1.xml", "", True),
        ("ppt/notesMasters/notesMaster1.xml", "", True),
        ("ppt/slideMasters/slideMaster1.xml", _PLACEHOLDER, False),
        ("ppt/slides/slide2.xml", _PLACEHOLDER, True),
    ],
)
def test_what_shows_on_a_slide_is_read_wherever_it_is_stored(part, placeholder, read):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("ppt/presentation.xml", "<presentation/>")
        packed.writestr("ppt/slides/slide1.xml", _SHAPE.format("", "Agenda"))
        packed.writestr(part, _SHAPE.format(placeholder, "Oleg Deripaska"))
    document = read_bytes(out.getvalue(), "a.pptx")
    assert ("Oleg Deripaska" in document.text) is read
    assert document.limitations == ()


@pytest.mark.parametrize(
    ("part", "xml", "read"),
    [
        ("docProps/core.xml", "<a><creator>Oleg Deripaska</creator></a>", "Oleg Deripaska"),
        ("docProps/app.xml", "<a><Company>Rusal</Company><Pages>77</Pages></a>", "Rusal"),
        ("docProps/custom.xml", "<a><property><lpwstr>Rusal</lpwstr></property></a>", "Rusal"),
        ("customXml/item1.xml", "<client><name>Rusal</name></client>", "Rusal"),
        ("customXml/itemProps1.xml", "<a>schema</a>", ""),
    ],
)
def test_properties_and_attached_data_are_read(part, xml, read):
    document = read_bytes(docx(["Words."], more={part: xml.encode()}), "a.docx")
    assert document.text.split("\n\n") == list(filter(None, ["Words.", read]))
    assert document.limitations == ()


def test_attached_data_that_is_broken_is_a_limitation():
    document = read_bytes(docx(["Words."], more={"customXml/item1.xml": b"<a>"}), "a.docx")
    assert document.limitations[0].startswith("customXml/item1.xml: ")


@pytest.mark.parametrize(("attached", "read"), [(150, 150), (199, 199), (250, 199)])
def test_each_attachment_counts_once(attached, read):
    from email.message import EmailMessage

    mail = EmailMessage()
    mail["From"], mail["Subject"] = "a@x.example", "Files"
    mail.set_content("The body is a part too.")
    for number in range(attached):
        mail.add_attachment(f"Attached words {number}.", filename=f"{number}.txt")
    document = read_bytes(mail.as_bytes(), "a.eml")
    assert document.text.count("Attached words") == read
    assert bool(document.limitations) is (attached > read)
