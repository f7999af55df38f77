"""Wherever results go: one refusal of a place that cannot be written, whichever the command."""

import pytest

COMMANDS = [
    ("screen", "Sergey Aksyonov", "--format", "json", "--output"),
    ("screen", "portfolio.csv", "--format", "csv", "--output"),
    ("screen", "portfolio.csv", "--format", "table", "--output"),
    ("snapshot", "list", "--format", "json", "--output"),
    ("lists", "status", "--format", "table", "--output"),
    ("read", "article.txt", "--format", "json", "--output"),
    ("read", "article.txt", "--format", "html", "--output"),
]


@pytest.fixture(autouse=True)
def inputs(command, tmp_path):
    (tmp_path / "portfolio.csv").write_text("name\nSergey Aksyonov\n", encoding="utf-8")
    (tmp_path / "article.txt").write_text("The minister met the press.\n", encoding="utf-8")


@pytest.mark.parametrize("arguments", COMMANDS)
def test_a_missing_folder_and_a_folder_leave_with_2_and_a_fix(command, tmp_path, arguments):
    missing = command(*arguments, "none/out.x")
    assert missing.code == 2
    assert "none/out.x: its folder does not exist" in missing.err
    assert "create none" in missing.err
    (tmp_path / "folder").mkdir()
    folder = command(*arguments, "folder")
    assert folder.code == 2
    assert "folder: it is a folder" in folder.err
    assert "name a file in it" in folder.err
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "article.txt",
        "folder",
        "portfolio.csv",
    ]
    assert not list((tmp_path / "folder").iterdir())


@pytest.mark.parametrize("arguments", COMMANDS)
def test_a_file_takes_the_place_of_the_one_before(command, tmp_path, arguments):
    output = tmp_path / "out.x"
    output.write_text("before", encoding="utf-8")
    assert command(*arguments, "out.x").code in (0, 6)
    assert output.read_text(encoding="utf-8") != "before"
    assert not list(tmp_path.glob("out.x.*"))
