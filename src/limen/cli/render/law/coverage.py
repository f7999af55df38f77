"""Draw how many listings have an encoded measure, list by list."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from limen.cli.render.text import aligned, counted, printable
from limen.cli.write_records import Records
from limen.law.listing_share import ListShare


def coverage_records(shares: Sequence[ListShare]) -> Records:
    """Return the share of each list, its effects, and the tags without a measure."""
    rows = [
        (
            each.list,
            each.version,
            counted(each.listings, "listing"),
            f"{each.share:.2f} %",
            f"{each.contradicted} contradicted",
        )
        for each in shares
    ]
    lines = aligned(rows) if rows else []
    for each in shares:
        effects = ", ".join(f"{word} {number:,}" for word, number in each.effects.items())
        lines.append(f"{each.list}: {effects.replace('_', ' ')}")
        lines += [
            f"{each.list}: no measure for {number:,} of {printable(what)}"
            for what, number in each.without.items()
        ]
    flat = [
        {
            "list": each.list,
            "version": each.version,
            "listings": each.listings,
            "encoded": each.encoded,
            "share": round(each.share, 2),
            "contradicted": each.contradicted,
        }
        for each in shares
    ]
    return Records(lines, [msgspec.to_builtins(each) for each in shares], flat)
