"""The registry of lists: what the bundled entries promise, and how a wrong entry is told."""

import pytest

from limen.lists.formats import FORMATS
from limen.lists.registry import load_registry
from limen.model import InputError, RegistryError

ENTRY = """\
id: my_list
title: People we do not deal with
authority: BANK
publisher: Compliance
page: https://intranet.example/list
downloads:
  - format: limen_csv
    files: {csv: "https://intranet.example/list.csv?key={token}"}
    needs: [token]
licence: {name: internal, redistribute: false}
cadence: daily
max_age_days: 3
records: {min: 1, max: 500}
max_shrink: 0.1
canaries:
  - {name: Jane Roe, record_id: 0042, from: 2022-02-21, until: 2023-01-01}
default: true
in_service: {from: 2022-01-01, until: null}
note: Ours.
"""


@pytest.fixture
def own(tmp_path):
    def write(text=ENTRY, name="my_list.yml"):
        (tmp_path / name).write_text(text, encoding="utf-8")
        return tmp_path

    return write


@pytest.fixture(scope="module")
def bundled():
    return load_registry()


def test_bundled_entries_are_complete_enough_to_trust(bundled):
    assert {"un_sc", "us_ofac_sdn", "eu_fsf", "uk_fcdo"} <= set(bundled.lists)
    for info in bundled:
        assert len(info.canaries) >= 3, info.id
        for canary in info.canaries:  # without a day it refuses true files that are older
            assert info.sample or canary.from_, (info.id, canary.name)
        assert info.page.startswith("https://"), info.id
        assert info.licence.name, info.id
        assert info.max_shrink <= 0.5, info.id


def test_a_default_list_that_is_still_published_can_be_fetched(bundled):
    for info in bundled:
        published = info.default and info.service.until is None
        if published and not info.sample and not info.stands_in_for:
            assert info.downloads, info.id


def test_every_format_with_a_registered_download_has_a_reader(bundled):
    for info in bundled:
        for download in info.downloads:
            assert FORMATS[download.format].reader


def test_publishers_are_asked_over_a_trusted_connection(bundled):
    addresses = [url for info in bundled for each in info.downloads for url in each.files.values()]
    assert addresses
    assert all(url.startswith("https://") for url in addresses)


def test_an_own_list_stands_beside_the_bundled_ones(own, bundled):
    registry = load_registry(own())
    assert set(registry.lists) == {*bundled.lists, "my_list"}
    info = registry.get("my_list")
    assert (info.records.min, info.records.max, info.max_shrink) == (1, 500, 0.1)
    assert info.canaries[0].record_id == "0042"
    assert str(info.canaries[0].from_) == "2022-02-21"
    assert info.downloads[0].urls({"token": "s3cret"}) == {
        "csv": "https://intranet.example/list.csv?key=s3cret"
    }


def test_a_folder_that_is_not_there_holds_no_lists(tmp_path, bundled):
    assert load_registry(tmp_path / "lists.d").lists == bundled.lists


def test_what_the_user_must_have_is_asked_for(own):
    with pytest.raises(InputError, match="asks for a token"):
        load_registry(own()).get("my_list").downloads[0].urls({})


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        ("max_shrink: 0.1", "max_shrnk: 0.1", 14, "did you mean max_shrink?"),
        ("max_shrink: 0.1", "max_shrink: 10", 14, "expected a number >= 0 and < 1, found '10'"),
        ("max_age_days: 3", "max_age_days: soon", 12, "expected a whole number >= 1, found 'soon'"),
        ("min: 1,", "min: 0,", 13, "expected a whole number >= 1, found '0'"),
        ("max: 500", "max: 0", 13, "no count is between 1 and 0"),
        ("format: limen_csv", "format: limen_csw", 7, "did you mean limen_csv?"),
        ("{csv: ", "{xml: ", 7, "has no file 'xml'"),
        ("needs: [token]", "needs: []", 7, "the URLs use ['token'], needs has []"),
        ("https://intranet.example/list.csv", "ftp://x/", 7, "not an address on the web"),
        ("from: 2022-02-21", "from: 2022-02-30", 16, "found '2022-02-30'"),
        ("until: 2023-01-01", "until: 2021-01-01", 16, "before it starts"),
        ("default: true", "default: maybe", 17, "expected true or false, found 'maybe'"),
        ("id: my_list", "id: My List", 1, "found 'My List'"),
        ("id: my_list", "id: other", 1, "is not the file's name"),
        ("title: People we do not deal with\n", "", 1, "title is missing"),
        ("licence: {name", "licence: [name", 10, "not YAML"),
    ],
)
def test_a_wrong_entry_is_told_with_its_line(own, old, new, line, told):
    with pytest.raises(RegistryError) as caught:
        load_registry(own(ENTRY.replace(old, new)))
    assert f"my_list.yml line {line}," in caught.value.where
    assert told in str(caught.value)


def test_an_own_list_cannot_take_the_place_of_an_official_one(own):
    folder = own(ENTRY.replace("id: my_list", "id: un_sc"), "un_sc.yml")
    with pytest.raises(RegistryError, match="id un_sc is taken"):
        load_registry(folder)


def test_a_list_stands_in_for_one_that_exists(own):
    folder = own(f"{ENTRY}stands_in_for: un_cs\n")
    with pytest.raises(RegistryError, match="did you mean un_sc") as caught:
        load_registry(folder)
    assert caught.value.where == "my_list.yml: stands_in_for"


def test_a_file_where_a_folder_is_expected(own):
    with pytest.raises(RegistryError, match="cannot be read as a folder of lists"):
        load_registry(own() / "my_list.yml")


def test_a_folder_where_an_entry_is_expected(tmp_path):
    (tmp_path / "odd.yml").mkdir()
    with pytest.raises(RegistryError, match="cannot be read") as caught:
        load_registry(tmp_path)
    assert caught.value.where == "odd.yml"


def test_an_unknown_list_says_which_was_meant(bundled):
    with pytest.raises(InputError) as caught:
        bundled.get("un-cs", where="--list")
    assert caught.value.hint == "did you mean un_sc?"
    assert caught.value.where == "--list"
