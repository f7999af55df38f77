"""Write ``docs/cli.md`` from the commands' own help: ``python tools/build_cli_docs.py``.

``tests/cli/test_docs.py`` fails when the page is not what the commands say.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from limen.cli.main_command import limen

PAGE = Path(__file__).resolve().parents[1] / "docs" / "cli.md"
HEAD = """\
# The command line

Written by `tools/build_cli_docs.py` from the commands' own help.
"""


def page() -> str:
    """The page as it is committed."""
    sections = [
        f"## `{name}`\n\n```text\n{help_text.rstrip()}\n```\n"
        for name, help_text in _commands("limen", limen, None)
    ]
    return "\n".join([HEAD, *sections])


def _commands(
    name: str, command: click.Command, parent: click.Context | None
) -> Iterator[tuple[str, str]]:
    context = click.Context(
        command,
        info_name=name.rpartition(" ")[2],
        parent=parent,
        terminal_width=88,
        max_content_width=88,
        **command.context_settings,
    )
    yield name, command.get_help(context)
    if isinstance(command, click.Group):
        for inner in command.list_commands(context):
            found = command.get_command(context, inner)
            if found is not None:
                yield from _commands(f"{name} {inner}", found, context)


if __name__ == "__main__":
    PAGE.write_text(page())
