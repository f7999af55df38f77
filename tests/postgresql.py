"""A PostgreSQL server of our own, where its programs are installed: `make postgresql` does it."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

SERVER_USER = "postgres"


def server_programs() -> Path | None:
    """Where they are, if they are here; root needs another user to run them as."""
    pwd = pytest.importorskip("pwd", reason="the server is started in another way here")
    if os.geteuid() == 0 and SERVER_USER not in {each.pw_name for each in pwd.getpwall()}:
        return None
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


@contextmanager
def postgresql(connections: int = 100) -> Iterator[str]:
    """The URL of a server that runs while the block does; skips loudly where there is none."""
    programs = server_programs()
    if programs is None:
        pytest.skip("NO POSTGRESQL SERVER HERE: PostgreSQL is NOT tested; `make postgresql`")
    as_root = os.geteuid() == 0  # for whom PostgreSQL refuses to run
    user = {"user": SERVER_USER, "extra_groups": []} if as_root else {}

    def run(program: str, *arguments: str) -> None:
        command = [str(programs / program), "-D", str(data), *arguments]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/", **user)

    with tempfile.TemporaryDirectory(prefix="limen-pg-") as folder:
        data = Path(folder) / "data"
        if as_root:
            shutil.chown(folder, SERVER_USER)
        run("initdb", "--auth=trust", "--username=limen", "--no-sync", "--encoding=UTF8")
        options = (
            f"-c listen_addresses='' -c fsync=off -c unix_socket_directories={folder}"
            f" -c max_connections={connections}"
        )
        run("pg_ctl", "-w", "-l", str(data / "log"), "-o", options, "start")
        try:
            yield f"postgresql://limen@/postgres?host={folder}"
        finally:
            run("pg_ctl", "-w", "-m", "immediate", "stop")
