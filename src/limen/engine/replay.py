"""Take an answer again from its stamp, and compare it with the old one byte for byte."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from limen._version import __version__
from limen.engine.engine import Engine
from limen.model import Answer, InputError
from limen.model.answer import SCHEMA_VERSION, in_form_3
from limen.util.budget import UNLIMITED, Budget

if TYPE_CHECKING:
    from limen.law.ownership.stakes_file import Stakes

_NEEDED = ("stamp", "query", "outcome", "findings")
#: What older forms of an answer did not have.
_LACKED = {
    "1": "did not locate addresses",
    "2": "had no outcome `review`",
    "3": "did not group findings by party",
}


@dataclass(frozen=True, slots=True)
class Replay:
    """Represents an answer taken again.

    ``differences`` has every place of the wire form that is not as it was, by its path
    (``findings[0].score``), with both values; empty when nothing differs. ``why`` is the likely
    cause of a difference.
    """

    answer: Answer
    differences: tuple[tuple[str, Any, Any], ...]
    why: str

    @property
    def same(self) -> bool:
        """Return whether the answer is the same, byte for byte."""
        return not self.differences


def replay(
    engine: Engine,
    wire: Mapping[str, Any],
    *,
    ownership: Stakes | None = None,
    budget: Budget = UNLIMITED,
) -> Replay:
    """Put an answer's question again, to the snapshot that its stamp names.

    ``ownership`` is the file of stakes that was applied; the stamp has its SHA-256.

    Raises:
        InputError: this is no answer, the engine has another snapshot open, or the stakes are
            not those of the stamp.
        TimeLimitError: the time of the budget is over.
    """
    missing = [name for name in _NEEDED if name not in wire]
    if missing:
        raise InputError(
            f"this is no answer: it has no {', '.join(missing)}",
            where="replay",
            hint="give it what `limen screen --format json` printed",
        )
    stamp = wire["stamp"]
    if stamp["snapshot"] != engine.snapshot.manifest.id:
        raise InputError(
            f"the answer rests on snapshot {stamp['snapshot']}, "
            f"and {engine.snapshot.manifest.id} is open",
            where="replay",
        )
    ownership = _same_stakes(ownership, stamp.get("ownership"))
    answer = engine.screen(
        {"schema": wire["query"]["schema"], **wire["query"]},
        as_of=stamp["as_of"],
        known_at=stamp["known_at"],
        lists=stamp["lists"],
        threshold=stamp["threshold"],
        matcher=stamp["matcher"],
        allow_stale=stamp["allow_stale"],
        ownership=ownership,
        budget=budget,
    )
    again = answer.to_dict()
    # The stamp has the lists of the authorities; chosen by name they give the same answer.
    again["stamp"]["authorities"] = stamp["authorities"]
    if "ownership" not in stamp:  # answers before stamps had it: their findings name the file
        again["stamp"].pop("ownership", None)
    before = {name: value for name, value in wire.items() if name != "input"}
    form = before.get("schema_version")
    if form in ("1", "2", "3"):
        again = in_form_3(again)
    if form in ("1", "2"):
        _to_form_2(again)
    if form == "1":
        _to_form_1(again)
    differences = tuple(_differences("", before, again))
    return Replay(answer, differences, _why(wire) if differences else "")


def _same_stakes(given: Stakes | None, stamp: Mapping[str, str] | None) -> Stakes | None:
    """Return the stakes under the name they had, or refuse those that are missing or others."""
    if stamp is None:
        return given
    name, digest = stamp["name"], stamp["sha256"]
    if given is None:
        raise InputError(
            f"the answer rests on the stakes of {name}, and none are given",
            where="replay",
            hint=f"give the file whose SHA-256 is {digest}: --ownership FILE",
        )
    if given.sha256 != digest:
        raise InputError(
            f"the stakes of {given.name} are not those of the answer",
            where="replay",
            why=f"their SHA-256 is {given.sha256}, and that of the answer's {name} is {digest}",
            hint="give the file as it was then",
        )
    return given.renamed(name)


def _to_form_2(again: dict[str, Any]) -> None:
    """Give the outcome by the rule of form 2, which had none for findings at review level."""
    again["schema_version"] = "2"
    if again["outcome"] == "review":
        again["outcome"] = "cannot_say" if again["reasons"] else "clear"


def _to_form_1(again: dict[str, Any]) -> None:
    """Leave out what form 1 did not have; a finding or outcome that is new remains new."""
    again["schema_version"] = "1"
    if not again["addresses"]:
        del again["addresses"]
    for finding in again["findings"]:
        if finding["kind"] == "party":
            del finding["kind"]


def _why(wire: Mapping[str, Any]) -> str:
    stamp = wire["stamp"]
    form = wire.get("schema_version")
    if form != SCHEMA_VERSION:
        lacked = _LACKED.get(str(form), "is not known here")
        return f"the answer is of form {form}, which {lacked}; this is form {SCHEMA_VERSION}"
    if stamp["engine"] != __version__:
        return f"the answer was taken by engine {stamp['engine']}; this is {__version__}"
    return "the engine and the snapshot are those of the stamp: the answer itself was changed"


def _differences(path: str, before: Any, after: Any) -> Iterator[tuple[str, Any, Any]]:
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for name in dict.fromkeys([*before, *after]):
            inner = f"{path}.{name}" if path else name
            yield from _differences(inner, before.get(name), after.get(name))
    elif isinstance(before, (list, tuple)) and isinstance(after, (list, tuple)):
        if len(before) != len(after):
            yield f"{path}.length", len(before), len(after)
        for number, (one, two) in enumerate(zip(before, after, strict=False)):
            yield from _differences(f"{path}[{number}]", one, two)
    elif before != after:
        yield path, before, after
