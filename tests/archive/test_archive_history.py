"""One party's life, found by its number or by its name as one types it."""

from __future__ import annotations

import pytest
from tests.archive.by_hand import LIST, load, person, told

from limen.model import InputError


@pytest.fixture
def lists(archive):
    load(archive, "2023-05-28", person("IRi.001", "BANK SEPAH", "IRAN"), list_id="un_sc")
    load(archive, "2024-01-05", person("QDi.001", "SOMEBODY"), list_id="un_sc")
    load(
        archive,
        "2025-11-20",
        person("IRi.001", "BANK SEPAH", "IRAN", alias="Sepah Bank"),
        person("QDi.001", "SOMEBODY"),
        list_id="un_sc",
    )
    load(archive, "2024-06-01", person("35096", "AKSYONOV, Sergéy Valeryevich", "UKRAINE"))
    load(archive, "2025-06-01", person("35096", "AKSYONOV, Sergéy Valeryevich", "RUSSIA"))
    return archive


def test_a_life_is_told_with_its_days_its_changes_and_its_files(lists):
    (history,) = lists.history("un_sc:IRi.001")
    assert (history.list_id, history.record_id, history.caption) == (
        "un_sc",
        "IRi.001",
        "BANK SEPAH",
    )
    assert [(event.day, event.what) for event in history.events] == [
        ("2023-05-28", "listed"),
        ("2024-01-05", "removed"),
        ("2025-11-20", "listed_again"),
    ]
    assert [(each.field, each.added) for each in history.events[2].changes] == [
        ("alias", ("Sepah Bank",))
    ]
    gone = next(each for each in lists.versions("un_sc") if each.published == "2024-01-05")
    assert history.events[1].files == gone.files
    assert told(history.listings)[-1] == (
        "applied 2025-11-20.. IRAN by first_seen, known 2025-11-20.."
    )


@pytest.mark.parametrize(
    "query", ["35096", f"{LIST}:35096", "sergey aksyonov", "Aksyonov", "VALERYEVICH, S"]
)
def test_a_record_is_found_by_number_and_by_the_words_of_its_name(lists, query):
    (history,) = lists.history(query)
    assert history.record_id == "35096"
    assert [(event.what, [each.field for each in event.changes]) for event in history.events] == [
        ("listed", []),
        ("changed", ["programmes"]),
    ]


def test_a_publisher_s_mark_of_removal_is_a_removal(archive):
    load(archive, "2020-01-01", person("1", "A"))
    load(archive, "2021-01-01", person("1", "A", delisted_on="2020-12-01"))
    load(archive, "2022-01-01", person("1", "A", delisted_on="2020-12-01", alias="B"))
    load(archive, "2023-01-01", person("1", "A"))
    (history,) = archive.history("1")
    assert [event.what for event in history.events] == [
        "listed",
        "removed",
        "changed",
        "listed_again",
    ]


def test_values_in_another_order_are_no_event(archive):
    load(archive, "2020-01-01", person("1", "A", "SDGT", "IFSR"))
    load(archive, "2021-01-01", person("1", "A", "IFSR", "SDGT"))
    assert [event.what for event in archive.history("1")[0].events] == ["listed"]
    assert archive.diff(LIST, "2020-01-01", "2021-01-01").changed == ()


def test_nobody_is_found_where_nobody_is(lists):
    assert lists.history("Ivan Nobody") == []
    assert lists.history("un_sc:35096") == []
    with pytest.raises(InputError, match="is no name"):
        lists.history(" -- ")
