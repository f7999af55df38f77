"""Map columns to properties: proposed from headings and values, displayed, overruled by name.

A heading decides, where its values bear it out (:mod:`limen.batch.columns.contents`). Values
decide alone only where they prove themselves (an LEI's check
digits, a wallet's shape) or where there is no other name; what could lower a score, such as a
country or a date, is never guessed from values.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec
from msgspec.structs import replace

from limen.batch.columns.contents import LEAST_NAME_LIKENESS, speaks_against
from limen.batch.columns.dates import Order, weigh_order
from limen.batch.columns.headings import DATES, ID, NAME_PARTS, SCHEMA, all_properties, target_of
from limen.batch.columns.kinds import knows_kind
from limen.batch.columns.values import are_dates, name_likeness, proven_property
from limen.batch.row_party import Column, Columns, cell_texts, is_party
from limen.batch.tables.table import Row
from limen.model import InputError
from limen.model.identifiers import SCHEMES, canonical
from limen.model.schemata import NAME_PROPERTIES, known_schema, suggest_schema
from limen.util.suggest import closest, did_you_mean

#: Values that show what a column is; the order of dates is looked for in all of the sample.
_ENOUGH = 200
#: A column with so little likeness holds hardly a name; fewer values than this show nothing.
_NO_NAMES, _FEW = 0.2, 3
_HINT = "--map COLUMN=name says which column holds the name"


class Wishes(msgspec.Struct, frozen=True):
    """Represents what the user decided about the columns.

    Attributes:
        targets: column -> property, or ``""`` to leave the column out.
        date_order: of dates that read both ways.
        schema: of rows that do not say.
    """

    targets: Mapping[str, str]
    date_order: Order | None = None
    schema: str | None = None


def map_columns(
    name: str, columns: Sequence[str], sample: Sequence[Row], wishes: Wishes
) -> Columns:
    """Propose what each column is, with the user's wishes first.

    Raises:
        InputError: a wish for a column or property that does not exist, no name and no
            identifier, or dates in an order that is unknown.
    """
    _check(name, columns, wishes)
    if sample and all(is_party(row) for row in sample):
        return Columns((), wishes.schema)
    values = {column: _texts(column, sample) for column in columns}
    found = [_propose(column, values[column], wishes) for column in columns]
    found = _keep_first(found, ID)
    found = _keep_first(found, SCHEMA)
    if not any(_has_names(column, values[column.name]) for column in found):
        found = _find_name(name, found, values)
    else:
        _check_names(name, found, values)
    if not any(_screens(column.target) for column in found):
        dropped = [f"{column.name}: {column.note}" for column in found if column.note]
        raise InputError(
            f"no column holds a name or an identifier: {', '.join(columns)}",
            where=name,
            why="; ".join(dropped),
            hint=_HINT,
        )
    return Columns(
        tuple(_with_order(name, column, values[column.name], wishes) for column in found),
        wishes.schema,
    )


def parse_wish(text: str) -> tuple[str, str]:
    """Read ``COLUMN=property``, or ``COLUMN=`` to leave the column out.

    Raises:
        InputError: no equals sign, or no such property.
    """
    column, equals, target = text.rpartition("=")
    if not equals or not column:
        raise InputError(
            f"{text!r} is not of the shape COLUMN=property",
            where="--map",
            hint="--map dob=birthDate",
        )
    target = target.strip()
    known = all_properties() | {ID, SCHEMA}
    if target and target not in known:
        meant = closest(target, known) or target_of(target)
        raise InputError(
            f"unknown property {target!r}",
            where=f"--map {text}",
            hint=f"did you mean {column}={meant}?" if meant else "name a FollowTheMoney property",
        )
    return column.strip(), target


def _check(name: str, columns: Sequence[str], wishes: Wishes) -> None:
    for wished in wishes.targets:
        if wished not in columns:
            raise InputError(
                f"there is no column {wished!r}",
                where=f"{name}: --map",
                hint=did_you_mean(wished, columns),
            )
    if wishes.schema and not known_schema(wishes.schema):
        near_schema = suggest_schema(wishes.schema)
        raise InputError(
            f"unknown schema {wishes.schema!r}",
            where="--schema",
            hint=f"did you mean {near_schema}?" if near_schema else "for example Person",
        )


def _texts(column: str, sample: Sequence[Row]) -> list[str]:
    return [
        text for row in sample if row.problem is None for text in cell_texts(row.cells.get(column))
    ]


def _propose(name: str, values: list[str], wishes: Wishes) -> Column:
    values = values[:_ENOUGH]
    column = Column(name, example=values[0] if values else "")
    if name in wishes.targets:
        return replace(column, target=wishes.targets[name], basis="you")
    target = target_of(name)
    if target and (against := speaks_against(target, values)):
        return replace(column, note=against)
    if target:
        return replace(column, target=target, basis="heading", note=_doubt(target, values))
    proven = proven_property(values)
    if proven:
        return replace(column, target=proven, basis="values")
    if are_dates(values):
        return replace(column, note=f"dates; if of birth: --map {name}=birthDate")
    if name_likeness(values) >= LEAST_NAME_LIKENESS:
        return replace(column, note=f"its values look like names; if so: --map {name}=name")
    return column


def _doubt(target: str, values: list[str]) -> str:
    if target == SCHEMA:
        unknown = sorted({value for value in values if not knows_kind(value)})
        return f"not a kind: {', '.join(unknown[:3])}" if unknown else ""
    scheme = SCHEMES.get(target)
    if scheme is not None and scheme.valid is not None and values:
        bad = [value for value in values if not scheme.valid(canonical(target, value))]
        if bad:
            return f"{len(bad)} of {len(values)} fail the check for {scheme.name}: {bad[0]}"
    if target in DATES and values and not are_dates(values):
        return "not all of its values are days"
    return ""


def _keep_first(columns: list[Column], target: str) -> list[Column]:
    """Leave a target that can be used once to the user's choice, else to the first column."""
    having = [column for column in columns if column.target == target]
    wished = [column for column in having if column.basis == "you"]
    first = (wished or having)[:1]
    return [
        replace(column, target="", basis="", note=f"{first[0].name} is the {target} already")
        if column in having and column not in first
        else column
        for column in columns
    ]


def _find_name(name: str, columns: list[Column], values: Mapping[str, list[str]]) -> list[Column]:
    """Take the one free column whose values look like names for the name.

    Raises:
        InputError: several look like names.
    """
    free = [
        column
        for column in columns
        if not column.target
        and column.basis != "you"
        and name_likeness(values[column.name][:_ENOUGH]) >= LEAST_NAME_LIKENESS
    ]
    if len(free) > 1:
        raise InputError(
            f"several columns look like names: {', '.join(column.name for column in free)}",
            where=name,
            why="a name in a column that is not compared would not be screened",
            hint=f"--map {free[0].name}=name, or another of them; --map COLUMN= leaves one out",
        )
    return [
        replace(column, target="name", basis="values", note="") if column in free else column
        for column in columns
    ]


def _check_names(name: str, columns: list[Column], values: Mapping[str, list[str]]) -> None:
    """Refuse a column of names that holds none where another column looks like names.

    Raises:
        InputError: no column that its heading makes one of names looks so, and a free one does.
    """
    like = {column.name: name_likeness(values[column.name][:_ENOUGH]) for column in columns}
    mapped = [column for column in columns if _has_names(column, values[column.name])]
    if any(
        column.basis == "you"
        or column.target in NAME_PARTS
        or like[column.name] > _NO_NAMES
        or len(values[column.name]) < _FEW
        for column in mapped
    ):
        return
    free = [
        column.name
        for column in columns
        if not column.target and column.basis != "you" and like[column.name] >= LEAST_NAME_LIKENESS
    ]
    if free:
        raise InputError(
            f"the values of {mapped[0].name} do not look like names, those of {free[0]} do",
            where=name,
            why="a name in a column that is not compared would not be screened",
            hint=f"--map {free[0]}=name, and --map {mapped[0].name}=name where it holds names too",
        )


def _has_names(column: Column, values: Sequence[str]) -> bool:
    """Return whether a column is mapped to a name, and by more than its heading."""
    if column.target not in (*NAME_PROPERTIES, *NAME_PARTS):
        return False
    return column.basis == "you" or bool(values)


def _screens(target: str) -> bool:
    return target in NAME_PROPERTIES or target in NAME_PARTS or target in SCHEMES


def _with_order(name: str, column: Column, values: list[str], wishes: Wishes) -> Column:
    if column.target not in DATES:
        return column
    evidence = weigh_order(values)
    order = wishes.date_order or evidence.order
    if order is None and (evidence.open or evidence.month_first):
        seen = " and ".join(text for text in (evidence.day_first, evidence.month_first) if text)
        raise InputError(
            f"it is not clear which is the day and which the month in {seen or evidence.open}",
            where=f"{name}: column {column.name!r}",
            why="a birth date read wrongly turns a match into a near miss",
            hint="--date-order dmy (25/12/1970) or --date-order mdy (12/25/1970)",
        )
    if not values:
        return column
    note = column.note
    if evidence.day_first or evidence.month_first or evidence.open:
        example = evidence.month_first if order == "mdy" else evidence.day_first
        first = "month first" if order == "mdy" else "day first"
        note = "; ".join(
            part for part in (f"{first} ({example})" if example else first, note) if part
        )
    return replace(column, order=order, note=note)
