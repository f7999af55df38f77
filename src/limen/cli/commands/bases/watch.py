"""``limen watch``: lists updated, bases re-screened, alerts written, the lag measured."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import click

from limen.cli.options import (
    chosen_format,
    debug_option,
    output_options,
    question_options,
    quiet_option,
)

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


class _Duration(click.ParamType[int]):
    """Represents a length of time: ``90m``, ``36h``, ``2d``; in seconds."""

    name = "duration"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        if isinstance(value, int):
            return value
        found = re.fullmatch(r"(\d{1,6})([smhd])", str(value))
        if found is None or int(found[1]) == 0:
            self.fail(f"{value!r} is no length of time: 90m, 36h, 2d", param, ctx)
        return int(found[1]) * _UNITS[found[2]]


@click.command()
@click.argument("bases", nargs=-1, metavar="[BASE]...")
@click.option(
    "--every", type=_Duration(), metavar="TIME",
    help="Go on until ended, a pass every so often: 1h. Once, without it.",
)  # fmt: skip
@click.option(
    "--from", "source", metavar="FOLDER|URL",
    help="A folder or mirror with a lists.yml, instead of the publishers.",
)  # fmt: skip
@question_options
@click.option("--threshold", type=float, metavar="SCORE", help="The score of a hit, 0 to 1.")
@click.option(
    "--profile", default="standard", show_default=True,
    help="Of the alerts in the case store of the home, where there is one.",
)  # fmt: skip
@click.option(
    "--alerts", type=click.Path(path_type=Path, file_okay=False), metavar="FOLDER",
    envvar="LIMEN_WATCH_ALERTS", show_envvar=True,
    help="For files of alerts, one a run, where there is no case store; watch/alerts in the home.",
)  # fmt: skip
@click.option(
    "--metrics", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
    envvar="LIMEN_WATCH_METRICS", show_envvar=True,
    help="Write the figures for Prometheus' node_exporter: a file NAME.prom of its folder.",
)  # fmt: skip
@click.option(
    "--most-lag", type=_Duration(), default="36h", show_default=True, metavar="TIME",
    envvar="LIMEN_WATCH_MOST_LAG", show_envvar=True,
    help="From the day of a version to the end of re-screening; more is an alarm.",
)  # fmt: skip
@click.option(
    "--alarm-url", default="", metavar="URL", envvar="LIMEN_WATCH_ALARM_URL", show_envvar=True,
    help="Post the alarms of a pass to this address, as JSON.",
)  # fmt: skip
@output_options
@quiet_option
@debug_option
def watch(bases: tuple[str, ...], **options: Any) -> int:
    """Update the lists, re-screen customer bases, write alerts; all bases without a name.

    Leaves with 0 when all was done, and else with an alarm: 3 data refused, 4 network, 6 a list
    that cannot clear or came too late. It may be ended at any instant, and goes on from there.

    \b
      limen watch --metrics /var/lib/node_exporter/limen.prom
      limen watch retail --every 1h
    """  # noqa: D301 (click reads the escape)
    from limen.cli.runs.watch_bases import watch_bases

    url = options["alarm_url"]
    if url and not url.startswith(("https://", "http://")):
        raise click.UsageError(f"--alarm-url: {url!r} is no address of HTTP")
    output = options["output"]
    options["output_format"] = chosen_format(options["output_format"], output, explain=False)
    return watch_bases(bases, options)
