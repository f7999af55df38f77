"""lists.yml: what a folder or mirror says of itself, and what is not believed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import ROOT

from limen.lists.formats import FORMATS
from limen.lists.manifest import manifest_url, parse_manifest, read_manifest
from limen.model import DataError, InputError

OFAC = "list: us_ofac_sdn, format: ofac_legacy_csv"


def manifest(*versions):
    return ("versions:\n" + "".join(f"  - {{{each}}}\n" for each in versions)).encode()


def refused(raw):
    with pytest.raises(DataError) as caught:
        parse_manifest(raw)
    return caught.value


@pytest.fixture(scope="module")
def real(shared):
    return read_manifest(shared("data/lists.yml"))


def test_the_real_folder_describes_its_versions(real):
    by_list = {version.list_id for version in real}
    assert {"us_ofac_sdn", "us_ofac_cons", "un_sc", "ca_sema", "au_dfat", "eu_journal"} <= by_list
    assert len(real) == 50


def test_a_version_with_parts_that_were_not_to_be_had(real):
    version = next(each for each in real if each.published == date(2022, 2, 25))
    assert (version.list_id, version.format) == ("us_ofac_sdn", "ofac_legacy_csv")
    assert version.partial == ("alt", "add")
    assert version.where.startswith("lists.yml line 11,")


def test_a_version_opens_its_files_under_names_without_machine_paths(real, shared):
    version = next(each for each in real if each.list_id == "un_sc")
    source = version.sources(shared("data"))["xml"]
    assert source.name == "un/un_consolidated_2017-07-03.xml.gz"
    assert source.read().startswith(b"<?xml")


def test_a_mirror_serves_the_files_beside_its_manifest():
    raw = manifest("list: x, format: un_xml, published: 2022-02-21, files: {xml: a b/ü.xml}")
    (version,) = parse_manifest(raw)
    base = "https://mirror.example/lists/lists.yml?key=k"
    assert version.urls(base) == {"xml": "https://mirror.example/lists/a%20b/%C3%BC.xml"}


@pytest.mark.parametrize(
    ("version", "told"),
    [
        (f"{OFAC}, published: 2022-02-31, files: {{sdn: a, alt: b, add: c}}", "2022-02-31"),
        (f"{OFAC}, published: 2022-02-21, files: {{sdn: a, alt: b}}", "lacks add"),
        (f"{OFAC}, published: 2022-02-21, files: {{alt: b, add: c}}", "lacks sdn"),
        (f"{OFAC}, published: 2022-02-21, files: {{}}, partial: [alt, add]", "lacks sdn"),
        (
            f"{OFAC}, published: 2022-02-21, files: {{sdm: a}}",
            "has no file 'sdm'; one of add, alt, comments, sdn",
        ),
        (
            f"{OFAC}, published: 2022-02-21, files: {{alt: a, add: b}}, partial: [sdn]",
            "sdn cannot be carried forward",
        ),
        (
            f"{OFAC}, published: 2022-02-21, files: {{sdn: a, alt: b, add: c}}, partial: [alt]",
            "alt cannot be carried forward",
        ),
        ("list: x, format: un_xlm, published: 2022-02-21, files: {xml: a}", "did you mean un_xml?"),
        ("list: x, format: un_xml, published: 2022-02-21, file: {xml: a}", "did you mean files?"),
        ("list: x, format: un_xml, published: 2022-02-21", "files is missing"),
        ("list: x, format: eu_journal_csv, published: 2022-02-21, files: {}", "no file at all"),
        (
            "list: x, format: eu_journal_csv, published: 2022-02-21, files: {../../x: a}",
            "is no name for a file's role",
        ),
    ],
)
def test_a_wrong_version_is_told_with_its_line(version, told):
    good = "list: un_sc, format: un_xml, published: 2022-02-18, files: {xml: un.xml}"
    error = refused(manifest(good, version))
    assert error.where.startswith("lists.yml line 3,")
    assert told in str(error)


@pytest.mark.parametrize("raw", [b"", b"versions: []\n", b"versions:\n", b"[]", b"versions: 5"])
def test_a_manifest_that_lists_nothing(raw):
    assert refused(raw).where.startswith("lists.yml line 1")


def test_one_version_of_a_list_a_day():
    version = "list: un_sc, format: un_xml, published: 2022-02-18, files: {xml: un.xml}"
    assert "given twice" in str(refused(manifest(version, version)))


@pytest.mark.parametrize(
    "path",
    [
        "/etc/passwd",
        "../secret.xml",
        "a/../../b",
        "C:/x",
        "https://x/y",
        '"a\\\\b"',
        "a?b",
        '""',
        ".",
    ],
)
def test_paths_stay_inside_the_folder(path):
    raw = manifest(f"list: x, format: un_xml, published: 2022-02-21, files: {{xml: {path}}}")
    assert "not a path inside the folder" in str(refused(raw))


@given(st.text(alphabet="./\\:ab", min_size=1, max_size=12))
def test_no_path_leaves_the_folder(path):
    raw = manifest(f"list: x, format: un_xml, published: 2022-02-21, files: {{xml: '{path}'}}")
    try:
        (version,) = parse_manifest(raw)
    except DataError:
        return
    url = version.urls("https://mirror.example/lists/lists.yml")["xml"]
    assert url.startswith("https://mirror.example/lists/")
    assert ".." not in url.split("/")


def test_a_link_out_of_the_folder_is_not_followed(tmp_path):
    (tmp_path / "secret.xml").write_text("x")
    folder = tmp_path / "mirror"
    folder.mkdir()
    (folder / "un.xml").symlink_to(tmp_path / "secret.xml")
    (folder / "lists.yml").write_bytes(
        manifest("list: x, format: un_xml, published: 2022-02-21, files: {xml: un.xml}")
    )
    with pytest.raises(DataError, match="not a path inside the folder"):
        read_manifest(folder / "lists.yml")


def test_a_file_that_was_not_carried_along_is_named(tmp_path):
    path = tmp_path / "lists.yml"
    path.write_bytes(
        manifest("list: x, format: un_xml, published: 2022-02-21, files: {xml: un/un.xml}")
    )
    with pytest.raises(DataError, match=r"un/un\.xml is not there") as caught:
        read_manifest(path)
    assert caught.value.where.startswith("lists.yml line 2,")
    assert str(tmp_path) not in str(caught.value)


def test_a_folder_without_a_manifest(tmp_path):
    with pytest.raises(DataError, match=r"lists\.yml: cannot be read") as caught:
        read_manifest(tmp_path / "lists.yml")
    assert "docs/mirrors.md" in caught.value.hint


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("https://m.example", "https://m.example/lists.yml"),
        ("https://m.example/a/", "https://m.example/a/lists.yml"),
        ("https://m.example/a?key=k", "https://m.example/a/lists.yml?key=k"),
        ("https://m.example/a/other.yml", "https://m.example/a/other.yml"),
    ],
)
def test_where_a_mirror_describes_itself(given, found):
    assert manifest_url(given) == found


@pytest.mark.parametrize("address", ["ftp://m.example", "https://", "http://[x", "lists"])
def test_what_is_no_mirror(address):
    with pytest.raises(InputError):
        manifest_url(address)


def test_the_documented_example_is_a_manifest():
    page = (ROOT / "docs" / "mirrors.md").read_text(encoding="utf-8")
    example = page.partition("```yaml\n")[2].partition("```")[0]
    versions = parse_manifest(example.encode())
    assert [each.list_id for each in versions] == [
        "un_sc",
        "us_ofac_sdn",
        "us_ofac_sdn",
        "declined_customers",
    ]


def test_every_format_is_documented():
    page = (ROOT / "docs" / "mirrors.md").read_text(encoding="utf-8")
    assert [name for name in FORMATS if f"`{name}`" not in page] == []
