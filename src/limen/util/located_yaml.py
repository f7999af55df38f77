"""Read YAML so that every error can point at the line that is wrong.

Only mappings, lists and scalars, in one document: anchors, tags and merge keys are refused,
so a file cannot grow when it is read. A plain scalar stays the text that was written, and the
type it is decoded into decides what it is: ``NO`` stays Norway, ``on`` stays a key, and
``2022-02-21`` is a date only where a date is expected.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, TypeVar

import msgspec
import yaml

from limen.model.errors import LimenError, RegistryError
from limen.util.suggest import did_you_mean

Path = tuple[str | int, ...]
Kind = TypeVar("Kind")

#: No file of ours nests deeper; an attack on the reader does.
MAX_DEPTH = 32
_NULLS = ("", "~", "null")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_STEP = re.compile(r"\.(?P<key>[^.\[]+)|\[(?P<index>\d+)\]")
_WORDS = {
    "str": "text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "array": "a list",
    "object": "keys and values",
    "null": "nothing",
}


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
            raise self._explain(str(error), kind) from error

    def _explain(self, complaint: str, kind: Any) -> LimenError:
        what, _, place = complaint.partition(" - at ")
        path = _path(place.partition("$")[2].rstrip("`"))
        if self.data is None:
            return self.refusal("the file is empty")
        if unknown := re.fullmatch(r"Object contains unknown field `(.*)`", what):
            key = unknown[1]
            hint = did_you_mean(key, _keys_at(kind, path))
            return self.refusal(f"unknown key {key!r}", (*path, key), hint=hint)
        if missing := re.fullmatch(r"Object missing required field `(.*)`", what):
            return self.refusal(f"{missing[1]} is missing", path)
        return self.refusal(_in_words(what, self._value(path)), path)

    def _value(self, path: Path) -> Any:
        value = self.data
        for step in path:
            value = value[step]
        return value


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


def _path(printed: str) -> Path:
    """Return the path in msgspec's message, up to a step without a name (``.files[...]``)."""
    steps = _STEP.finditer(printed.partition("[...]")[0])
    return tuple(step["key"] or int(step["index"]) for step in steps)


def _keys_at(kind: Any, path: Path) -> list[str]:
    """Return the keys that a type has at a path."""
    here = msgspec.inspect.type_info(kind)
    for step in path:
        here = _structs(here)[0]
        if isinstance(step, str):
            here = next(field.type for field in here.fields if field.encode_name == step)
    return [field.encode_name for struct in _structs(here) for field in struct.fields]


def _structs(info: Any) -> list[Any]:
    """Return the record types that a type may be, inside unions, lists and mappings too."""
    if hasattr(info, "fields"):
        return [info]
    inner = getattr(info, "types", ()) or filter(
        None, (getattr(info, "item_type", None), getattr(info, "value_type", None))
    )
    return [struct for each in inner for struct in _structs(each)]


def _in_words(what: str, value: Any) -> str:
    plain = re.sub(r"`(\w+)`", lambda found: _WORDS.get(found[1], found[1]), what)
    if "RFC3339" in what:
        plain = "expected a day of the shape 2022-02-21"
    if isinstance(value, str):
        plain = f"{plain.partition(', got ')[0]}, found {value!r}"
    return plain[:1].lower() + plain[1:] if plain.startswith("Expected") else plain
