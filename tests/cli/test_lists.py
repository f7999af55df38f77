"""``limen lists`` and ``limen snapshot``: what they show, for people and for programs."""

from __future__ import annotations

import csv
import io
import json
import shutil

import pytest


def test_status_tells_each_list_and_what_it_can_carry(command):
    found = command("lists", "status", "--as-of", "2022-02-25")
    (line,) = found.lines
    assert line["list"] == "un_sc"
    assert line["state"] == "ok"
    assert line["rests_on"] is True
    assert found.code == 0


def test_status_leaves_with_6_when_a_list_is_stale(command):
    found = command("lists", "status", "--format", "table")
    assert found.code == 6
    assert "stale" in found.out


def test_diff_shows_who_came(command):
    found = command("lists", "diff", "un_sc", "2022-02-17", "2022-03-01", "--format", "table")
    assert found.code == 0
    assert "1 added, 0 removed, 0 changed" in found.out
    assert "+ 3  Company  Promsvyazbank  RUSSIA-EO14024" in found.out


def test_diff_is_data_too(command):
    arguments = ("lists", "diff", "un_sc", "2022-02-17", "2022-03-01")
    (line,) = command(*arguments).lines
    assert (line["change"], line["record_id"], line["name"]) == ("added", "3", "Promsvyazbank")
    (row,) = csv.DictReader(io.StringIO(command(*arguments, "--format", "csv").out))
    assert row["programmes"] == "RUSSIA-EO14024"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("un_sk", "2022-02-17", "2022-03-01"), "did you mean un_sc"),
        (("un_sc", "2022-02-30", "2022-03-01"), "is no day"),
        (("un_sc", "2010-01-01", "2022-03-01"), "2022-02-17"),
        (("eu_fsf", "2022-02-17", "2022-03-01"), "limen lists update eu_fsf"),
    ],
)
def test_diff_of_what_is_not_there_says_what_is(command, arguments, said):
    found = command("lists", "diff", *arguments)
    assert found.code == 2
    assert said in found.err


def test_history_tells_a_life(command):
    found = command("lists", "history", "un_sc:3", "--format", "table")
    assert "Promsvyazbank  un_sc:3" in found.out
    assert "2022-02-25  listed" in found.out
    (line,) = command("lists", "history", "promsvyazbank").lines
    assert line["record_id"] == "3"
    assert line["listings"][0]["known_from"] == "2022-02-25"


def test_history_of_nobody_says_so(command):
    found = command("lists", "history", "Nobody At All")
    assert found.code == 0
    assert found.out == ""
    assert "no version of any list" in found.err


def test_update_of_an_unknown_list_says_which_was_meant(command, monkeypatch, tmp_path):
    monkeypatch.setenv("LIMEN_HOME", str(tmp_path / "new"))
    found = command("lists", "update", "un_sk", "--from", str(tmp_path))
    assert found.code == 2
    assert "did you mean un_sc" in found.err


def test_update_takes_a_folder_and_says_what_became_of_each_version(
    command, monkeypatch, tmp_path, shared
):
    mirror = tmp_path / "mirror"
    mirror.mkdir()
    days = ("2022-02-18", "2022-06-30")
    lines = []
    for day in days:
        name = f"un_consolidated_{day}.xml.gz"
        shutil.copyfile(shared(f"data/un/{name}"), mirror / name)
        line = f"  - {{list: un_sc, format: un_xml, published: {day}, files: {{xml: {name}}}}}"
        lines.append(line)
    (mirror / "lists.yml").write_text("versions:\n" + "\n".join(lines) + "\n")
    (mirror / f"un_consolidated_{days[1]}.xml.gz").write_bytes(b"<CONSOLIDATED_LIST>")
    monkeypatch.setenv("LIMEN_HOME", str(tmp_path / "new"))
    found = command("lists", "update", "--from", str(mirror))
    assert [(each["version"], each["result"]) for each in found.lines] == [
        (days[0], "stored"),
        (days[1], "refused"),
    ]
    assert found.code == 3
    assert "1 stored, 1 refused; snapshot" in found.err
    screened = command("screen", "Ayman al-Zawahiri", "--as-of", "2022-02-20")
    assert screened.lines[0]["outcome"] == "hit"
    again = command("lists", "update", "--from", str(mirror), "--quiet")
    assert again.lines[0]["result"] == "unchanged"
    assert again.err == ""
    name = command("snapshot", "list").lines[0]["id"]
    assert command("snapshot", "build").out.strip() == name


class TestSnapshots:
    def test_they_are_listed_verified_and_chosen(self, command):
        (line,) = command("snapshot", "list").lines
        assert line["active"] is True
        name = line["id"]
        assert command("snapshot", "verify").out.strip() == name
        assert command("snapshot", "use", name[:6]).out.strip() == name
        assert name in command("snapshot", "list", "--format", "table").out

    def test_a_damaged_one_is_not_chosen(self, command, home, tmp_path, monkeypatch):
        shutil.copytree(home, tmp_path / "copy")
        monkeypatch.setenv("LIMEN_HOME", str(tmp_path / "copy"))
        (folder,) = (each for each in (tmp_path / "copy/snapshots").iterdir() if each.is_dir())
        victim = next(folder.glob("names*.npy"))
        victim.write_bytes(victim.read_bytes()[:-1] + b"\xff")
        for arguments in (("verify",), ("use", folder.name)):
            found = command("snapshot", *arguments)
            assert found.code == 3
            assert victim.name in found.err

    def test_the_active_one_is_not_removed(self, command):
        name = command("snapshot", "list").lines[0]["id"]
        found = command("snapshot", "remove", name)
        assert found.code == 2
        assert "is the active snapshot" in found.err

    def test_another_one_is_removed(self, command, home, tmp_path, monkeypatch):
        shutil.copytree(home, tmp_path / "copy")
        monkeypatch.setenv("LIMEN_HOME", str(tmp_path / "copy"))
        other = tmp_path / "copy/snapshots/0123456789abcdef"
        other.mkdir()
        (other / "manifest.json").write_text("{}")  # of another format, say
        found = command("snapshot", "remove", "01234")
        assert (found.code, found.out.strip()) == (0, other.name)
        assert not other.exists()
        assert command("snapshot", "verify").code == 0

    def test_an_id_that_is_not_there_shows_those_that_are(self, command):
        found = command("snapshot", "use", "zzz")
        assert found.code == 2
        assert "begin with 'zzz'" in found.err

    def test_one_that_misses_its_canaries_is_not_made_active(
        self, command, home, tmp_path, monkeypatch
    ):
        shutil.copytree(home, tmp_path / "copy")
        monkeypatch.setenv("LIMEN_HOME", str(tmp_path / "copy"))
        found = command("snapshot", "build")
        assert found.code == 3
        assert "canary" in found.err
        assert "stays active" in found.err


def test_json_is_one_document(command):
    assert json.loads(command("lists", "status", "--format", "json").out)[0]["list"] == "un_sc"


def test_results_go_to_a_file(command, tmp_path):
    command("lists", "status", "--output", "status.csv")
    assert (tmp_path / "status.csv").read_text().startswith("list,state")
