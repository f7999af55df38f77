"""``limen rescreen``: what changed for a customer base, and what became of it."""

from __future__ import annotations

from typing import Any

import click

from limen.cli.options import (
    cases_option,
    chosen_format,
    debug_option,
    output_options,
    question_options,
    quiet_option,
)


class _ByBase(click.Group):
    """Represents a group of which a first argument that is no command is a base."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in self.commands and not args[0].startswith("-"):
            args = ["run", *args]
        return super().resolve_command(ctx, args)


@click.group(cls=_ByBase)
def rescreen() -> None:
    """Screen what changed for a base: lists, customers, the law.

    \b
      limen rescreen retail
      limen rescreen verify retail
    """  # noqa: D301 (click reads the escape)


@rescreen.command()
@click.argument("base")
@question_options
@click.option("--threshold", type=float, metavar="SCORE", help="The score of a hit, 0 to 1.")
@click.option("--whole", is_flag=True, help="Screen every customer, whatever changed.")
@output_options
@click.option(
    "--fail-on", type=click.Choice(["none", "review", "hit"]), default="none",
    help="Leave with 10 (review) or 11 (hit) when a pair is new or worse.",
)  # fmt: skip
@cases_option
@quiet_option
@debug_option
def run(base: str, **options: Any) -> int:
    """Screen a base against what changed since its last run; the first run screens all of it.

    Writes each pair of a customer and a finding that was taken again, and what became of it: new,
    worse, same, better, gone. `limen rescreen BASE` is the same.
    """
    from limen.cli.runs.rescreen_base import rescreen_base

    output = options["output"]
    options["output_format"] = chosen_format(options["output_format"], output, explain=False)
    return rescreen_base(base, options)


@rescreen.command()
@click.argument("run", metavar="RUN|BASE")
@click.option(
    "--sample", type=click.IntRange(0), default=1_000, show_default=True,
    help="How many customers are screened again, against what changed and against every list.",
)  # fmt: skip
@click.option("--seed", type=int, default=1, show_default=True, help="Which customers.")
@output_options
@debug_option
def verify(*, run: str, sample: int, seed: int, **options: Any) -> int:
    """Verify a run by taking it again; or the last run of a base.

    What changed and which pairs had to be compared is worked out anew; of a sample of customers,
    what was ruled out and what a screening of everything finds.
    """
    from limen.cli.runs.rescreen_base import verify_base_run

    output = options["output"]
    chosen = chosen_format(options["output_format"], output, explain=False)
    return verify_base_run(run, sample=sample, seed=seed, output_format=chosen, output=output)
