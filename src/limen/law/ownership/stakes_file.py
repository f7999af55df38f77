"""Read a user's ownership file: owner, owned, percent, control, from, to, source."""

from __future__ import annotations

import csv
import dataclasses
import hashlib
import io
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from limen.law.ownership.stakes import Stake
from limen.model import InputError, Instant, Interval
from limen.model.answer import StakesStamp
from limen.util.suggest import did_you_mean

_COLUMNS = ("owner", "owned", "percent", "control", "acting_with", "from", "to", "source")
_NEEDED = ("owner", "owned", "percent")
_WORDS = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False, "": None}


class Stakes(msgspec.Struct, frozen=True):
    """The stakes of one file, with its name and its SHA-256."""

    name: str
    sha256: str
    stakes: tuple[Stake, ...]

    @classmethod
    def read(cls, path: str | Path) -> Stakes:
        """Read a CSV file of stakes.

        Raises:
            InputError: there is no such file, or it holds what cannot be, with its line.
        """
        file = Path(path)
        try:
            raw = file.read_bytes()
        except OSError as error:
            raise InputError(f"{error.strerror or error}", where=str(file)) from error
        return cls.of(raw, file.name)

    @classmethod
    def of(cls, raw: bytes, name: str) -> Stakes:
        """Read the bytes of a CSV file of stakes.

        Raises:
            InputError: it holds what cannot be, with its line.
        """
        return cls(name, hashlib.sha256(raw).hexdigest(), tuple(read_stakes(raw, name)))

    def renamed(self, name: str) -> Stakes:
        """Return the same stakes under another name of their file."""
        stakes = (
            dataclasses.replace(stake, where=name + stake.where.removeprefix(self.name))
            if stake.where.startswith(self.name)
            else stake
            for stake in self.stakes
        )
        return Stakes(name, self.sha256, tuple(stakes))

    @property
    def stamp(self) -> StakesStamp:
        """Return its name and hash, as the stamp of an answer has them."""
        return StakesStamp(self.name, self.sha256)

    @property
    def label(self) -> str:
        """Return its name and the beginning of its hash, as answers give it."""
        return f"{self.name} sha256 {self.sha256[:16]}"


def read_stakes(raw: bytes, name: str) -> list[Stake]:
    """Read the stakes of a CSV file with headings; an empty percent or control is "not known".

    Raises:
        InputError: a heading, number, word or date that cannot be, with its line.
    """
    try:
        rows = csv.DictReader(io.StringIO(raw.decode("utf-8-sig")), strict=True)
        headings = list(rows.fieldnames or ())
        _check_headings(headings, name)
        return list(_stakes(rows, name))
    except UnicodeDecodeError as error:
        raise InputError("it is not UTF-8", where=name, hint="save it as UTF-8") from error
    except csv.Error as error:
        raise InputError(f"it is not CSV: {error}", where=name) from error


def _check_headings(headings: list[str], name: str) -> None:
    for heading in headings:
        if heading not in _COLUMNS:
            raise InputError(
                f"unknown column {heading!r}",
                where=f"{name} line 1",
                hint=did_you_mean(heading, _COLUMNS),
            )
    for needed in _NEEDED:
        if needed not in headings:
            raise InputError(f"the column {needed} is missing", where=f"{name} line 1")


def _stakes(rows: csv.DictReader[str], name: str) -> Iterator[Stake]:
    shares: list[str] = []
    for row in rows:
        cells = {key: (value or "").strip() for key, value in row.items() if key is not None}
        yield read_stake(cells, f"{name} line {rows.line_num:,}")
        shares += [share] if (share := cells.get("percent", "")) else []
    refuse_fractions(shares, name)


def refuse_fractions(shares: list[str], name: str) -> None:
    """Refuse a column of shares that may be fractions of one: none is above 1, or has a sign.

    Raises:
        InputError: half of a company would be read as half a percent of it.
    """
    if any(share.endswith("%") or float(share) > 1.0 for share in shares):
        return
    if any(float(share) > 0.0 for share in shares):
        raise InputError(
            "no share is above 1: these may be fractions and not percents",
            where=f"{name}: percent",
            why="0.5 would be read as half a percent",
            hint="write 50 for half of the shares, or 0.5% for half a percent",
        )


def read_stake(cells: Mapping[str, str], where: str) -> Stake:
    """Read one stake from the texts of its columns.

    Raises:
        InputError: a name is missing, or a number, word or date cannot be.
    """
    if not cells.get("owner") or not cells.get("owned"):
        raise InputError("owner and owned are both needed", where=where)
    control = cells.get("control", "").lower()
    if control not in _WORDS:
        raise InputError(f"{control!r} is not yes, no or empty", where=f"{where}: control")
    return Stake(
        owner=cells["owner"],
        owned=cells["owned"],
        percent=_percent(cells.get("percent", ""), where),
        control=_WORDS[control],
        acting_with=cells.get("acting_with", ""),
        held=_held(cells.get("from", ""), cells.get("to", ""), where),
        source=cells.get("source", ""),
        where=where,
    )


def _percent(text: str, where: str) -> float | None:
    if not text:
        return None
    try:
        found = float(text.removesuffix("%"))
    except ValueError:
        found = -1.0
    if not 0.0 <= found <= 100.0:
        raise InputError(f"{text!r} is not a percentage from 0 to 100", where=f"{where}: percent")
    return found


def _held(start: str, end: str, where: str) -> Interval:
    try:
        return Interval(
            Instant.parse(start) if start else None, Instant.parse(end) if end else None
        )
    except ValueError as error:
        raise InputError(str(error), where=f"{where}: from, to") from error
