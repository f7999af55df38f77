"""How kernels come to be compiled, or not, and what is refused that was compiled for others."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import compile_kernels
from limen.names.kernels import backend
from limen.names.kernels.digest import extension_name, seal_of

KERNELS = Path(backend.__file__).parent
LIMEN = KERNELS.parents[1]
ASK = "import sys; from limen.names import score; sys.stdout.write(str(score('Ali H', 'Aly H')))"


@pytest.fixture(autouse=True)
def _compiling(monkeypatch):
    """Compile here even where the whole suite runs interpreted."""
    monkeypatch.delenv(backend.PURE, raising=False)


@pytest.fixture(scope="module", autouse=True)
def _translated_once(tmp_path_factory):
    """Translate the kernels to C once, for all that compile them or try to."""
    written = tmp_path_factory.mktemp("translated") / "kernels.c"
    translate = compile_kernels._to_c

    def once(source):
        if not written.exists():
            translate(source)
            shutil.copy(source.with_suffix(".c"), written)
        shutil.copy(written, source.with_suffix(".c"))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(compile_kernels, "_to_c", once)
        yield


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The kernels, compiled here and now by the system's compiler."""
    if not compile_kernels.has_compiler():
        pytest.skip("NO C COMPILER here: NOT tested")
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv(backend.PURE, raising=False)
        made = compile_kernels.install(tmp_path_factory.mktemp("built"))
    assert made.name.startswith(extension_name(KERNELS)), made.read_text()
    return made


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """Limen with a copy of its kernels, none compiled, and what runs a program over it."""
    kernels = tmp_path / "limen" / "names" / "kernels"
    shutil.copytree(
        KERNELS, kernels,
        ignore=shutil.ignore_patterns("_compiled_*", "_not_compiled.txt", "__pycache__"),
    )  # fmt: skip
    for folder, source in ((kernels.parent, KERNELS.parent), (tmp_path / "limen", LIMEN)):
        for part in source.iterdir():
            if not (folder / part.name).exists():
                (folder / part.name).symlink_to(part)

    def run(**settings):
        environment = os.environ | {"PYTHONPATH": str(tmp_path)} | settings
        done = subprocess.run(
            [sys.executable, "-c", ASK], env=environment, capture_output=True, text=True, check=True
        )
        return done.stdout, done.stderr

    return kernels, run


def install(built, kernels):
    for file in built.parent.iterdir():
        shutil.copy(file, kernels)


def test_what_was_compiled_is_used_in_silence(installed, built):
    kernels, run = installed
    install(built, kernels)
    compiled, pure = run(), run(LIMEN_PURE="1")
    assert compiled == pure
    assert compiled[1] == ""


def test_without_it_one_line_says_so_and_how_to_fix_it(installed):
    _, run = installed
    value, line = run()
    assert (value, "") == run(LIMEN_PURE="1")
    assert line.count("\n") == 1
    assert "interpreted code" in line
    assert "to fix:" in line


def test_the_line_has_the_reason_that_the_build_left(installed):
    kernels, run = installed
    (kernels / "_not_compiled.txt").write_text("no C compiler was on the PATH\n")
    assert "slower: no C compiler was on the PATH; to fix" in run()[1]


def test_an_extension_of_other_sources_is_never_loaded(installed, built):
    kernels, run = installed
    install(built, kernels)
    with (kernels / "score.py").open("a") as file:
        file.write("\n# edited since\n")
    assert "nothing was compiled from these sources" in run()[1]


def test_an_extension_under_the_name_of_other_sources_is_refused(installed, built):
    kernels, run = installed
    with (kernels / "score.py").open("a") as file:
        file.write("\n# edited since\n")
    shutil.copy(
        built, kernels / built.name.replace(extension_name(KERNELS), extension_name(kernels))
    )
    assert "interpreted code" in run()[1]


@pytest.mark.parametrize("missing", ["half of it", "its hash"])
def test_half_a_build_is_refused(installed, built, missing):
    kernels, run = installed
    install(built, kernels)
    if missing == "its hash":
        seal_of(kernels / built.name).unlink()
    else:
        os.truncate(kernels / built.name, 1000)
    value, line = run()
    assert value == run(LIMEN_PURE="1")[0]
    assert "is not what was compiled" in line


def test_no_compiler_at_all_compiles_nothing_and_says_what_is_missing(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("CC", "")
    monkeypatch.setattr(compile_kernels.sysconfig, "get_config_var", lambda _: None)
    monkeypatch.setattr(compile_kernels, "_with_zig", _no_zig)
    made = compile_kernels.install(tmp_path)
    assert made.name == compile_kernels.REASON
    assert "no C compiler was on the PATH" in made.read_text()
    assert "ziglang is not there" in made.read_text()


def _no_zig(source, into):
    raise compile_kernels.NotCompiledError("ziglang is not there")


def test_a_compiler_that_fails_leaves_no_half_of_a_build(tmp_path, monkeypatch):
    (tmp_path / "_compiled_0123456789abcdef.so").write_bytes(b"of an earlier build")
    monkeypatch.setenv("CC", "false")
    monkeypatch.setattr(compile_kernels, "_with_zig", _no_zig)
    made = compile_kernels.install(tmp_path)
    assert list(tmp_path.iterdir()) == [made]
    assert made.name == compile_kernels.REASON
    assert len(made.read_text().splitlines()) == 1


def test_pure_is_asked_for_by_the_environment(tmp_path, monkeypatch):
    monkeypatch.setenv("LIMEN_PURE", "1")
    made = compile_kernels.install(tmp_path)
    assert made.read_text() == "LIMEN_PURE was set when Limen was installed\n"
