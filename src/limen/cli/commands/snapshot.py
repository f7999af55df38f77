"""``limen snapshot``: build, verify, list, use, remove, pack, unpack."""

from __future__ import annotations

from pathlib import Path

import click

from limen.cli.options import chosen_format, debug_option, output_options, quiet_option


@click.group()
def snapshot() -> None:
    """Build, verify, list and choose the snapshots that screening rests on."""


@snapshot.command()
@click.option("--no-use", is_flag=True, help="Build it and leave the active one in place.")
@quiet_option
@debug_option
def build(*, no_use: bool, quiet: bool) -> int:
    """Compile everything in the archive into a snapshot, verify it, and make it active."""
    from limen.cli.render.lists.snapshots import built_line
    from limen.snapshot import home_folder
    from limen.snapshot.build import build as compile_archive
    from limen.snapshot.build import registry_of

    home = home_folder()
    info = compile_archive(home, registry_of(home), use=not no_use)
    click.echo(info.manifest.id)
    if not quiet:
        click.echo(built_line(info), err=True)
    return 0


@snapshot.command()
@click.argument("name", metavar="[ID]", required=False)
@quiet_option
@debug_option
def verify(*, name: str | None, quiet: bool) -> int:
    """Check every file of a snapshot against its hashes; the active one without ID."""
    from limen.snapshot import active_folder, find_snapshot, home_folder
    from limen.snapshot import verify as check

    home = home_folder()
    manifest = check(find_snapshot(home, name) if name else active_folder(home))
    click.echo(manifest.id)
    if not quiet:
        files = len(manifest.files)
        click.echo(f"whole: {files} files are what was built on {manifest.built_at}", err=True)
    return 0


@snapshot.command("list")
@output_options
@debug_option
def list_command(output_format: str | None, output: Path | None) -> int:
    """Show the snapshots there are, the oldest first."""
    from limen.cli.render.lists.snapshots import snapshot_records
    from limen.cli.write_records import write_records
    from limen.snapshot import home_folder, list_snapshots, unreadable_snapshots

    home = home_folder()
    found = list_snapshots(home)
    for error in unreadable_snapshots(home):
        click.echo(str(error), err=True)
    if not found:
        click.echo("no snapshot yet: `limen lists update` makes one", err=True)
    write_records(
        snapshot_records(found), chosen_format(output_format, output, explain=False), output
    )
    return 0


@snapshot.command()
@click.argument("name", metavar="ID")
@quiet_option
@debug_option
def use(*, name: str, quiet: bool) -> int:
    """Make another snapshot the active one; the first characters of its id are enough."""
    from limen.snapshot import activate, find_snapshot, home_folder, verify

    home = home_folder()
    manifest = verify(find_snapshot(home, name))
    activate(home, manifest.id)
    click.echo(manifest.id)
    if not quiet:
        click.echo(f"active: built on {manifest.built_at}", err=True)
    return 0


@snapshot.command()
@click.argument("names", metavar="ID...", nargs=-1, required=True)
@quiet_option
@debug_option
def remove(*, names: tuple[str, ...], quiet: bool) -> int:
    """Remove snapshots other than the active one; answers from them cannot be replayed any more."""
    from limen.snapshot import find_snapshot, home_folder
    from limen.snapshot import remove as remove_snapshot

    home = home_folder()
    for name in [find_snapshot(home, name).name for name in names]:
        remove_snapshot(home, name)
        click.echo(name)
    if not quiet:
        click.echo("removed; the archive still has every version of every list", err=True)
    return 0


@snapshot.command("pack")
@click.argument("name", metavar="[ID]", required=False)
@click.option(
    "--output", "-o", type=click.Path(path_type=Path), metavar="FILE",
    help="The file to write; limen-snapshot-ID.zip in this folder without it.",
)  # fmt: skip
@quiet_option
@debug_option
def pack_command(*, name: str | None, output: Path | None, quiet: bool) -> int:
    """Write a snapshot as one file for another machine; the active one without ID."""
    from limen.snapshot import active_folder, find_snapshot, home_folder
    from limen.snapshot.packed_snapshot import pack, packed_name
    from limen.util.files import cannot_write

    home = home_folder()
    folder = find_snapshot(home, name) if name else active_folder(home)
    file = output or Path(packed_name(folder.name))
    try:
        manifest = pack(folder, file)
    except OSError as error:
        raise cannot_write(file, error) from error
    click.echo(str(file))
    if not quiet:
        size = file.stat().st_size / 1e6
        click.echo(f"snapshot {manifest.id}, known until {manifest.known_until}: {size:.0f} MB",
                   err=True)  # fmt: skip
    return 0


@snapshot.command("unpack")
@click.argument("file", type=click.Path(path_type=Path))
@quiet_option
@debug_option
def unpack_command(*, file: Path, quiet: bool) -> int:
    """Add a packed snapshot to the home folder, checked; `use` makes it the active one."""
    from limen.snapshot import home_folder, snapshots_folder
    from limen.snapshot.packed_snapshot import unpack

    folder = unpack(file, snapshots_folder(home_folder()))
    click.echo(folder.name)
    if not quiet:
        click.echo(f"whole; `limen snapshot use {folder.name}` makes it the active one", err=True)
    return 0
