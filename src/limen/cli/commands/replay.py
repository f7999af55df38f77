"""``limen replay``: take recorded answers again, and say whether they are the same."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec

from limen.cli.options import debug_option, ownership_option, quiet_option
from limen.model import InputError
from limen.util.exit_codes import ExitCode

if TYPE_CHECKING:
    from limen.engine import Engine


@click.command()
@click.argument("answers", metavar="ANSWER", type=click.File("rb"))
@ownership_option
@quiet_option
@debug_option
def replay(*, answers: Any, ownership: str | None, quiet: bool) -> int:
    """Take recorded answers again from their stamps: the same, byte for byte, or what differs.

    ANSWER is what `limen screen --format json` or jsonl printed; a dash reads standard input.
    Answers that rest on stakes need the same file of --ownership.
    Leaves with 3 when an answer is not the same.
    """
    from limen.engine.replay import replay as take_again
    from limen.law.ownership.stakes_file import Stakes

    stakes = Stakes.read(ownership) if ownership else None
    engines: dict[str, Engine] = {}
    taken = changed = 0
    for where, wire in _read(answers):
        again = take_again(_engine_of(wire, where, engines), wire, ownership=stakes)
        taken += 1
        if again.same:
            continue
        changed += 1
        click.echo(f"{where}: not the same; {again.why}")
        for path, before, after in again.differences[:20]:
            click.echo(f"  {path}: was {before!r}, is {after!r}")
    if not taken:
        raise InputError("there is no answer in it", where="replay", why="nothing was taken again")
    if not quiet:
        click.echo(f"{taken:,} taken again, {taken - changed:,} the same, byte for byte", err=True)
    return ExitCode.DATA_REFUSED if changed else ExitCode.DONE


def _read(stream: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield answers with their places in the file: one JSON document, or one a line."""
    raw = stream.read()
    try:
        found = msgspec.json.decode(raw)
    except msgspec.DecodeError:
        lines = [line for line in raw.splitlines() if line.strip()]
        for number, line in enumerate(lines, start=1):
            yield f"line {number:,}", _answer(line, number)
        return
    for number, each in enumerate(found if isinstance(found, list) else [found], start=1):
        yield f"answer {number:,}", _object(each, number)


def _answer(line: bytes, number: int) -> dict[str, Any]:
    try:
        return _object(msgspec.json.decode(line), number)
    except msgspec.DecodeError as error:
        raise InputError(f"not JSON: {error}", where=f"replay: line {number:,}") from error


def _object(found: Any, number: int) -> dict[str, Any]:
    if not isinstance(found, dict) or not isinstance(found.get("stamp"), dict):
        raise InputError(
            "this is no answer: it has no stamp",
            where=f"replay: answer {number:,}",
            hint="give it what `limen screen --format json` printed",
        )
    return found


def _engine_of(wire: dict[str, Any], where: str, engines: dict[str, Engine]) -> Engine:
    """Open the engine on the snapshot that the answer's stamp names."""
    from limen.engine import open_engine
    from limen.snapshot import find_snapshot, home_folder

    name = str(wire["stamp"].get("snapshot", ""))
    if name not in engines:
        try:
            engines[name] = open_engine(Path(find_snapshot(home_folder(), name)))
        except InputError as error:
            error.where = f"replay: {where}"
            error.why = "an answer can be taken again only from the snapshot it rests on"
            raise
    return engines[name]
