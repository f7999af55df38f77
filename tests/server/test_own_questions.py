"""Questions and files are found again by whoever asked, and by nobody else."""

from __future__ import annotations

import os
import shutil
import time
from dataclasses import replace

import msgspec
import pytest
from fastapi.testclient import TestClient

from limen.server import create_app
from limen.server.service.saved_questions import SavedQuestion, SavedQuestions

QUESTION = SavedQuestion(
    party={"schema": "Person", "properties": {"name": ["Kira"]}},
    as_of="2022-02-21", known_at="2022-02-21", owner="user:anna",
)  # fmt: skip


@pytest.fixture
def app(home, settings, tmp_path):
    copy = tmp_path / "home"
    shutil.copytree(home, copy, ignore=shutil.ignore_patterns("server"))
    return create_app(replace(settings, home=copy))


def test_a_browser_finds_what_it_asked_and_uploaded(app):
    other = TestClient(app, base_url="http://localhost")
    with TestClient(app, base_url="http://localhost") as own:
        assert own.get("/mine").text.count("<p>None.</p>") == 2
        own.post("/ask", data={"what": "Wilhelmina Unlisted"})
        own.post("/ask", data={"what": "Donetsk, Artema 74", "kind": "Address"})
        own.post("/upload", files={"file": ("customers.csv", b"name\nKira\n")})
        html = own.get("/mine").text
        for shown in ("Wilhelmina Unlisted", "Donetsk, Artema 74", "customers.csv"):
            assert shown in html, shown
        assert html.count('href="/answers/') == 2
        assert other.get("/mine").text.count("<p>None.</p>") == 2


def test_the_last_question_is_the_first_and_one_that_was_removed_is_none(tmp_path):
    questions = SavedQuestions(tmp_path / "questions", days=30)
    names = []
    for number, day in enumerate(("2022-02-21", "2022-02-22", "2022-02-23")):
        names.append(questions.save(msgspec.structs.replace(QUESTION, as_of=day)))
        for path in tmp_path.rglob(f"{names[-1]}*"):
            os.utime(path, (number + 1_000_000_000,) * 2)
    assert [name for name, _ in questions.of_owner("user:anna", 2)] == names[:0:-1]
    (tmp_path / "questions" / f"{names[2]}.json").unlink()
    assert [name for name, _ in questions.of_owner("user:anna", 9)] == names[1::-1]
    assert questions.of_owner("user:bo", 9) == questions.of_owner("", 9) == []


def test_what_is_old_is_removed_with_its_mark_and_the_key_stays(tmp_path):
    folder = tmp_path / "questions"
    questions = SavedQuestions(folder, days=30)
    old, new = (
        questions.save(msgspec.structs.replace(QUESTION, as_of=day))
        for day in ("2022-02-21", "2022-02-22")
    )
    long_ago = time.time() - 31 * 86_400
    for path in (*folder.rglob(f"{old}*"), folder / "secret.key"):
        os.utime(path, (long_ago, long_ago))
    questions.sweep()
    left = sorted(path.name for path in folder.rglob("*") if path.is_file())
    assert left == sorted([new, f"{new}.json", "secret.key"])
    assert [name for name, _ in questions.of_owner("user:anna", 9)] == [new]


def test_a_printed_page_has_its_address_without_a_key(app):
    with TestClient(app, base_url="http://localhost") as client:
        html = client.get("/lists?token=secret&a=1").text
    assert '<p class="printed">http://localhost/lists?a=1, drawn 20' in html
    assert "secret" not in html
