"""``limen regimes new`` and ``limen regimes check``: a regime of your own."""

from __future__ import annotations

from pathlib import Path

import click

from limen.cli.options import chosen_format, debug_option, output_options
from limen.util.exit_codes import ExitCode


@click.command()
@click.argument("name", metavar="NAME")
@debug_option
def new(name: str) -> int:
    """Write the commented beginning of a regime into the home folder, ready to check and to edit.

    \b
      limen regimes new strait-2027
    """  # noqa: D301 (click reads the escape)
    from limen.law.files.scaffold import new_regime, regime_names
    from limen.snapshot.home import OWN_REGIMES, home_folder
    from limen.snapshot.law_archive import law_in_use

    home = home_folder()
    taken = regime_names(law_in_use(home).texts)
    path = new_regime(name, home / OWN_REGIMES, taken)
    click.echo(path)
    click.echo("edit it, then: limen regimes check FILE, limen snapshot build", err=True)
    return 0


@click.command()
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@output_options
@debug_option
def check(file: Path, output_format: str | None, output: Path | None) -> int:
    """Check a regime file against the law: every error at once, with line, column and fix.

    It is checked together with the bundled law and the home's other files. Leaves with 3 where
    something is wrong.
    """
    from limen.cli.render.law.own import check_records
    from limen.cli.write_records import write_records
    from limen.law.files.check_file import errors_of
    from limen.model import InputError

    try:
        raw = file.read_bytes()
    except OSError as error:
        raise InputError(f"{error.strerror or error}", where=str(file)) from error
    errors = errors_of(file.stem, raw, other_texts(file.stem))
    records = check_records(file.name, errors)
    write_records(records, chosen_format(output_format, output, explain=False), output)
    return ExitCode.DATA_REFUSED if errors else ExitCode.DONE


def other_texts(name: str) -> dict[str, bytes]:
    """Return the files of the law in use and the home's, without its own file of a name."""
    from limen.law.files.read_law import add_own, texts_of
    from limen.snapshot.home import OWN_REGIMES, home_folder
    from limen.snapshot.law_archive import law_in_use

    own = texts_of(home_folder() / OWN_REGIMES)
    own.pop(name, None)
    return add_own(law_in_use(home_folder()).texts, own)
