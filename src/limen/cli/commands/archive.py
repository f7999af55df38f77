"""``limen archive``: verify."""

from __future__ import annotations

import click

from limen.cli.options import debug_option, quiet_option


@click.group()
def archive() -> None:
    """Verify the archive that snapshots are built from."""


@archive.command()
@quiet_option
@debug_option
def verify(*, quiet: bool) -> int:
    """Check every version, record and publisher's file in the archive against its hash."""
    from limen.snapshot import home_folder
    from limen.snapshot.build import open_archive

    with open_archive(home_folder()) as opened:
        opened.verify()
        versions = opened.versions()
    if not quiet:
        files = len({digest for version in versions for digest in version.files.values()})
        lists = len({version.list_id for version in versions})
        click.echo(f"whole: {len(versions)} versions of {lists} lists, {files} files", err=True)
    return 0
