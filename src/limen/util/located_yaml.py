"""Read YAML so that every error can point at the line that is wrong.

Only mappings, lists and scalars, in one document: anchors, tags and merge keys are refused,
so a file cannot grow when it is read. A plain scalar stays the text that was written, and the
type it is decoded into decides what it is: ``NO`` stays Norway, ``on`` stays a key, and
``2022-02-21`` is a date only where a date is expected.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, TypeVar

import msgspec
import yaml

from limen.model.errors import LimenError, RegistryError
from limen.util.misfit import Path, explain_misfit

Kind = TypeVar("Kind")

#: No file of ours nests deeper; an attack on the reader does.
MAX_DEPTH = 32
_NULLS = ("", "~", "null")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Located:
    """Represents the content of a YAML file, and the place of each value.

    Attributes:
        name: the file's name, as errors show it.
        data: mappings, lists, text and ``None``; ``None`` for an empty file.
        positions: path of keys and indexes -> (line, column), both from 1.
        error: what to raise when the content is wrong.
    """

    name: str
    data: Any
    positions: Mapping[Path, tuple[int, int]]
    error: type[LimenError] = RegistryError

    def where(self, path: Path = ()) -> str:
        """Return the place of a value: ``"ofac.yml line 12, column 5: downloads[0].format"``."""
        known = path
        while known not in self.positions and known:
            known = known[:-1]
        line, column = self.positions.get(known, (1, 1))
        place = f"{self.name} line {line}, column {column}"
        return f"{place}: {_dotted(path)}" if path else place

    def refusal(self, what: str, path: Path = (), *, hint: str = "") -> LimenError:
        """Return the error to raise about the value at ``path``."""
        return self.error(what, where=self.where(path), hint=hint)

    def decode(self, kind: type[Kind]) -> Kind:
        """Return the content as ``kind``, usually a ``msgspec.Struct`` that forbids unknown keys.

        A ``ValueError`` raised by a type's ``__post_init__`` is located too.

        Raises:
            LimenError: of type ``error``, for the first value that does not fit.
        """
        try:
            return msgspec.convert(self.data, kind, strict=False)
        except msgspec.ValidationError as error:
            if self.data is None:
                raise self.refusal("the file is empty") from error
            misfit = explain_misfit(self.data, kind, error)
            raise self.refusal(misfit.what, misfit.path, hint=misfit.hint) from error


def locate(raw: bytes, name: str, *, error: type[LimenError] = RegistryError) -> Located:
    """Read YAML with the place of every value.

    Raises:
        LimenError: of type ``error``: not UTF-8, not YAML, a key twice, an anchor, a tag, more
            than one document, or nested deeper than ``MAX_DEPTH``.
    """
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        line = raw.count(b"\n", 0, wrong.start) + 1
        what = f"byte 0x{raw[wrong.start]:02x} is not UTF-8"
        raise error(what, where=f"{name} line {line}", hint="save the file as UTF-8") from wrong
    reading = _Reading(name, text, error)
    return Located(name, reading.document(), reading.positions, error)


def locate_packaged(package: str, name: str) -> Located:
    """Read a reviewed file that comes with a package of ours, named ``lists/ofac/items.yml``.

    Raises:
        RegistryError: as :func:`locate`.
    """
    raw = files(package).joinpath(name).read_bytes()
    folder = package.partition(".")[2].replace(".", "/")
    return locate(raw, f"{folder}/{name}")


class _Reading:
    """Reads the parser's events in one pass, without recursion inside the parser."""

    def __init__(self, name: str, text: str, error: type[LimenError]) -> None:
        self.positions: dict[Path, tuple[int, int]] = {}
        self._name = name
        self._text = text
        self._error = error
        self._events = self._parse()

    def document(self) -> Any:
        value = None
        for count, event in enumerate(self._upto(yaml.StreamEndEvent)):
            if count:
                raise self._refusal("a second document", event, hint="one document a file")
            value = self._value(next(self._events), ())
            next(self._events)  # the document's end
        return value

    def _parse(self) -> Iterator[yaml.Event]:
        try:
            for event in yaml.parse(self._text, Loader=_LOADER):
                if not isinstance(event, yaml.StreamStartEvent):
                    yield event
        except yaml.MarkedYAMLError as wrong:
            mark = wrong.problem_mark or wrong.context_mark
            line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
            raise self._error(
                f"not YAML: {wrong.problem or wrong.context}",
                where=f"{self._name} line {line}, column {column}",
                hint="check the indentation, quotes and brackets there",
            ) from wrong
        except yaml.reader.ReaderError as wrong:
            line = self._text.count("\n", 0, wrong.position) + 1
            raise self._error(
                "a character that text files do not have", where=f"{self._name} line {line}"
            ) from wrong

    def _upto(self, end: type[yaml.Event]) -> Iterator[yaml.Event]:
        while not isinstance(event := next(self._events), end):
            yield event

    def _value(self, event: yaml.Event, path: Path) -> Any:
        self._check(event, path)
        self.positions.setdefault(path, _mark(event))
        if isinstance(event, yaml.ScalarEvent):
            return _scalar(event)
        if isinstance(event, yaml.SequenceStartEvent):
            items = enumerate(self._upto(yaml.SequenceEndEvent))
            return [self._value(item, (*path, index)) for index, item in items]
        return self._mapping(path)

    def _mapping(self, path: Path) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for event in self._upto(yaml.MappingEndEvent):
            self._check(event, path)
            key = _scalar(event) if isinstance(event, yaml.ScalarEvent) else None
            if key is None:
                raise self._refusal("a key that is not a word", event)
            at = (*path, key)
            if key in found:
                first = self.positions[at][0]
                raise self._refusal(f"{key} is there twice, first on line {first}", event)
            self.positions[at] = _mark(event)
            found[key] = self._value(next(self._events), at)
        return found

    def _check(self, event: yaml.Event, path: Path) -> None:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise self._refusal("anchors and aliases are not used here", event, hint="write it out")
        if tag := getattr(event, "tag", None):
            raise self._refusal(f"the tag {tag} is not used here", event)
        if len(path) > MAX_DEPTH:
            raise self._refusal(f"nested deeper than {MAX_DEPTH} levels", event)

    def _refusal(self, what: str, event: yaml.Event, *, hint: str = "") -> LimenError:
        line, column = _mark(event)
        where = f"{self._name} line {line}, column {column}"
        return self._error(what, where=where, hint=hint)


def _scalar(event: yaml.ScalarEvent) -> str | None:
    plain = event.implicit[0]
    return None if plain and event.value in _NULLS else event.value


def _mark(event: yaml.Event) -> tuple[int, int]:
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def _dotted(path: Path) -> str:
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return text.removeprefix(".")
