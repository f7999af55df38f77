"""``limen regimes update``, ``pack`` and ``packs``: the law as dated packs."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from limen.cli.options import chosen_format, debug_option, output_options, quiet_option


@click.command()
@click.option(
    "--from",
    "source",
    metavar="FOLDER|FILE|URL",
    help="Where the pack is; the installed packages that ship law.",
)
@click.option("--hash", "expected", default="", metavar="HASH", help="Take no other pack.")
@click.option("--older", is_flag=True, help="Keep packs older than the law in use as well.")
@output_options
@quiet_option
@debug_option
def update(
    *,
    source: str | None,
    expected: str,
    older: bool,
    output_format: str | None,
    output: Path | None,
    quiet: bool,
) -> int:
    """Take a dated pack of law into the home, and compile it into a snapshot.

    A pack with an error, of an older day than the law in use, or with another hash than it is
    sealed with is refused with its reason, and the law in use stays.

    \b
      limen regimes update --from /media/law
      limen regimes update --from https://law.bank.example/ --hash 3f9c2a71
    """  # noqa: D301 (click reads the escape)
    from limen.cli.render.law.packs import outcome_lines, update_records
    from limen.cli.write_records import write_records
    from limen.snapshot import home_folder
    from limen.snapshot.build import update_law

    done = update_law(home_folder(), source=source, expected=expected, older=older)
    if not quiet:
        click.echo("\n".join(outcome_lines(done)), err=True)
    if output_format or output or not sys.stdout.isatty():
        chosen = chosen_format(output_format, output, explain=False)
        write_records(update_records(done), chosen, output)
    errors = [each.error for each in done.outcomes if each.error is not None]
    return min((error.exit_code for error in errors), default=0)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="FOLDER")
@click.option(
    "--output", "-o", "target", type=click.Path(path_type=Path), required=True, metavar="FILE",
    help="The ZIP file to write.",
)  # fmt: skip
@debug_option
def pack(folder: Path, target: Path) -> int:
    """Make a pack of the law in FOLDER, sealed with the hash of each file; print its hash.

    The law is read and checked first, as `limen regimes update` does. FOLDER has the files *.yml
    and a pack.toml with format, title and published.

    \b
      limen regimes pack my-law -o law.zip
    """  # noqa: D301 (click reads the escape)
    from limen.law.packs import read_folder, zipped
    from limen.snapshot.build.law_parts import law_of_pack
    from limen.util.files import write_output

    made = read_folder(folder, str(folder))
    law, _ = law_of_pack(made, {})
    write_output(target, zipped(made))
    click.echo(made.id)
    click.echo(
        f"{target}: {len(law.measures)} measures, {len(law.licences)} licences, "
        f"published {made.published}",
        err=True,
    )
    return 0


@click.command()
@output_options
@debug_option
def packs(output_format: str | None, output: Path | None) -> int:
    """Show the packs of law in the home: their days, when each was taken, which is in use."""
    from limen.cli.render.law.packs import pack_records
    from limen.cli.write_records import write_records
    from limen.snapshot import home_folder
    from limen.snapshot.law_archive import law_in_use, taken_packs

    home = home_folder()
    records = pack_records(taken_packs(home), law_in_use(home))
    write_records(records, chosen_format(output_format, output, explain=False), output)
    return 0
