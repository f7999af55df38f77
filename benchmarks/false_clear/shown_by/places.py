"""Trials of kind 3: addresses."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from benchmarks.false_clear.shown_by.trial import Trial

_INSIDE, _OUTSIDE = ("inside",), ("outside", "cannot say")
_NOT_OUTSIDE = ("inside", "cannot say")
#: What is odd, the address, the authority, and what is right.
_ADDRESSES = (
    ("a town with the bare name of its oblast", "Kalanchak, Kherson, Ukraine", "EU", _NOT_OUTSIDE),
    (
        "a town with the bare name of its oblast",
        "Tokmak, Zaporizhzhia, Ukraine",
        "EU",
        _NOT_OUTSIDE,
    ),
    ("a town on the other side", "Hrodivka, Donetsk, Ukraine", "US", ("cannot say", "outside")),
    ("a region that contradicts", "Krym, Rostov Oblast 346802, Russia", "US", _OUTSIDE),
    ("degrees, minutes and seconds", "44°57'07\"N 34°06'08\"E", "US", _INSIDE),
    ("a soft hyphen", "ul. Lenina 5, Simfe\u00adropol", "US", _INSIDE),
    ("an invisible character between all letters", "\u200b".join("Simferopol"), "US", _INSIDE),
    ("full-width letters", "Ｓｉｍｆｅｒｏｐｏｌ", "US", _INSIDE),
    ("look-alikes", "Sеvаstоpоl", "US", _INSIDE),
    ("a city outside", "Khreshchatyk 1, Kyiv, Ukraine", "US", ("outside",)),
)


def trials(engine) -> Iterator[Trial]:
    """Yield the trials of addresses."""
    for what, address, authority, right in _ADDRESSES:
        command = f"locate({address!r}).outcome({authority!r})"
        yield Trial(3, what, command, partial(_locate, engine, address, authority), right)


def _locate(engine, address: str, authority: str) -> str:
    return engine.locate(address).outcome(authority).replace("_", " ")
