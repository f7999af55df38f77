"""What only a process of its own shows: signals, full disks, pipes, terminals, start-up."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import time

from tests.screened import PATIENCE

DAY = ("--as-of", "2022-02-25")


def _rows(count: int) -> bytes:
    names = ("Sergey Aksyonov", "Anna Nowak", "Jan Kos")
    return b"".join(f"{number},{names[number % 3]}\n".encode() for number in range(count))


def test_ctrl_c_leaves_130_and_the_run_goes_on_to_the_same_bytes(process, tmp_path):
    content = b"ref,name\n" + _rows(1_300)
    arguments = ("screen", "-", *DAY, "--output", "out.jsonl")
    running = process(*arguments, stdin=subprocess.PIPE)
    running.stdin.write(content[:14_000])
    running.stdin.flush()
    partial = tmp_path / "out.jsonl.partial"
    _wait(lambda: partial.exists() and partial.stat().st_size > 0, running)
    running.send_signal(signal.SIGINT)
    _, err = running.communicate(timeout=PATIENCE)
    assert running.returncode == 130, err
    assert b"interrupted after" in err
    assert not (tmp_path / "out.jsonl").exists()
    resumed = process(*arguments, "--resume", stdin=subprocess.PIPE)
    _, err = resumed.communicate(content, timeout=PATIENCE)
    assert resumed.returncode == 0, err
    uncut = process("screen", "-", *DAY, "--output", "uncut.jsonl", stdin=subprocess.PIPE)
    uncut.communicate(content, timeout=PATIENCE)
    assert (tmp_path / "out.jsonl").read_bytes() == (tmp_path / "uncut.jsonl").read_bytes()


def test_ctrl_c_ends_the_run_even_where_python_drops_it(process, tmp_path):
    (tmp_path / "p.csv").write_bytes(b"ref,name\n" + _rows(1_300))
    code = (
        "import gc, os, signal\n"
        "def drop(phase, counts):\n"  # Python prints and drops what a callback of gc raises
        "    if os.path.exists('out.jsonl.partial'):\n"
        "        gc.callbacks.clear()\n"
        "        signal.raise_signal(signal.SIGINT)\n"
        "gc.callbacks.append(drop)\n"
        "from limen.cli import main; main()"
    )
    _, err = process("screen", "p.csv", *DAY, "--output", "out.jsonl", code=code).communicate(
        timeout=PATIENCE
    )
    assert b"KeyboardInterrupt" in err
    assert b"interrupted after" in err
    assert not (tmp_path / "out.jsonl").exists()


def test_a_run_that_was_started_to_ignore_ctrl_c_goes_on(process, tmp_path):
    (tmp_path / "p.csv").write_bytes(b"ref,name\n" + _rows(600))
    code = (
        "import signal\n"
        "signal.signal(signal.SIGINT, signal.SIG_IGN)\n"
        "from limen.cli import main; main()"
    )
    running = process("screen", "p.csv", *DAY, "--output", "out.jsonl", code=code)
    _wait((tmp_path / "out.jsonl.partial").exists, running)
    running.send_signal(signal.SIGINT)
    _, err = running.communicate(timeout=PATIENCE)
    assert running.returncode == 0, err


def test_a_full_disk_is_told_and_the_run_goes_on_when_there_is_room(process, tmp_path):
    (tmp_path / "p.csv").write_bytes(b"ref,name\n" + _rows(600))
    arguments = ("screen", "p.csv", *DAY, "--output", "out.csv")
    full = process(*arguments, preexec_fn=_small_files)
    _, err = full.communicate(timeout=PATIENCE)
    assert full.returncode == 3, err
    assert b"cannot be written any further" in err
    assert b"Traceback" not in err
    assert not (tmp_path / "out.csv").exists()
    flag = "--resume" if (tmp_path / "out.csv.checkpoint").exists() else "--restart"
    again = process(*arguments, flag)
    _, err = again.communicate(timeout=PATIENCE)
    assert again.returncode == 0, err
    assert (tmp_path / "out.csv").read_bytes().count(b"\n") == 601


def _small_files() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))


def test_a_reader_that_goes_away_is_no_fault(process, tmp_path):
    (tmp_path / "p.csv").write_bytes(b"ref,name\n" + _rows(600))
    running = process("screen", "p.csv", *DAY, "--quiet")
    running.stdout.read(10)
    running.stdout.close()
    assert running.wait(timeout=PATIENCE) == 130
    assert running.stderr.read() == b""


def test_a_home_that_cannot_be_written_is_told(process):
    running = process("lists", "update", "--from", "/nonexistent", home="/proc/limen")
    _, err = running.communicate(timeout=PATIENCE)
    assert running.returncode == 3
    assert b"LIMEN_HOME" in err
    assert b"Traceback" not in err


def test_an_unreadable_file_is_told(process, tmp_path):
    (tmp_path / "p.csv").write_bytes(b"name\nA\n")
    (tmp_path / "p.csv").chmod(0)
    root = os.geteuid() == 0  # who reads everything but this
    running = process("screen", "/proc/self/mem" if root else "p.csv")
    _, err = running.communicate(timeout=PATIENCE)
    assert running.returncode == (3 if root else 2)
    assert (b"breaks off" if root else b"cannot be read") in err


def test_a_name_is_asked_without_loading_what_it_does_not_need(process):
    heavy = (
        *("rich", "sqlalchemy", "lxml", "openpyxl", "pyarrow", "yaml", "stdnum", "urllib3", "PIL"),
        *("asyncio", "dataclasses", "tempfile", "shutil", "importlib.resources"),
        *("limen.archive", "limen.lists", "limen.documents", "limen.render.svg", "limen.server"),
        *("limen.names.kernels.align", "limen.names.kernels.loops"),
        *("limen.snapshot.build", "limen.places.build", "limen.law.files", "limen.simulation"),
    )
    code = (
        "import sys\n"
        "from limen.cli.main_command import limen\n"
        "from limen.cli.run_command import run\n"
        "run(limen, ['screen', 'Sergey Aksyonov', '--as-of', '2022-02-25'])\n"
        f"print([name for name in {heavy!r} if name in sys.modules], file=sys.stderr)\n"
    )
    out, err = process(code=code).communicate(timeout=PATIENCE)
    assert b'"outcome":"hit"' in out
    assert err.decode().splitlines()[-1] == "[]"


def _wait(done, running) -> None:
    until = time.monotonic() + PATIENCE
    while not done():
        assert running.poll() is None, running.stderr.read()
        assert time.monotonic() < until
        time.sleep(0.02)


def test_a_gigabyte_that_is_no_text_is_refused_at_once(process, tmp_path):
    with (tmp_path / "big.csv").open("wb") as stream:
        stream.write(b"name,country\n")
        stream.truncate(1 << 30)
    _, err = (running := process("screen", "big.csv", *DAY)).communicate(timeout=PATIENCE)
    assert running.returncode == 3
    assert b"not text" in err
