"""Change JSON value by value: one document, or one object a line."""

from __future__ import annotations

import copy
import json
from random import Random
from typing import Any

from tests.fuzz.mutations.values import changed_bytes, copies, encoded, odd, swollen, times

#: What a JSON encoder would not write: it takes the place of a mark. Some nest deeper than a
#: parser that calls itself can go.
_LITERALS = (
    "1e400", "-0", "NaN", "9" * 5_000, '"\\ud800"', '"\\u0000"', "[", '{"a":1,"a":2}',
    "[" * 3_000 + "]" * 3_000, '{"properties":' * 300 + "1" + "}" * 300,
    '{"addressEntity":[' * 2_000 + "1" + "]}" * 2_000,
)  # fmt: skip
_MARK = "\ue000"


def change_lines(data: bytes, chance: Random) -> bytes:
    """Change JSON lines: some of the objects, or the lines."""
    lines = data.split(b"\n")
    for _ in times(chance):
        at = chance.randrange(len(lines))
        if lines[at].strip():
            lines[at] = change_json(lines[at], chance)
    if chance.random() < 0.1:
        lines.insert(chance.randrange(len(lines)), chance.choice((b"", b"[]", b"1", b"{}", b"{")))
    return b"\n".join(lines)


def change_json(data: bytes, chance: Random) -> bytes:
    """Change one JSON document; where it is none any more, its bytes."""
    try:
        root = [json.loads(data)]
    except (ValueError, RecursionError):
        return changed_bytes(data, chance)
    for _ in times(chance):
        _change(root, chance)
    text = json.dumps(root[0] if root else None, ensure_ascii=chance.random() < 0.5)
    written = json.dumps(_MARK), f'"{_MARK}"'
    for mark in written:
        text = text.replace(mark, chance.choice(_LITERALS))
    mutant = encoded(text, chance)
    return changed_bytes(mutant, chance) if chance.random() < 0.1 else mutant


def change_object(root: Any, chance: Random) -> Any:
    """Return a changed copy of a value that JSON can hold."""
    within = [copy.deepcopy(root)]
    for _ in times(chance):
        _change(within, chance)
    return within[0] if within else None


def _change(root: list[Any], chance: Random) -> None:
    """Change one value, at any depth."""
    if not root:
        return
    holder, key = chance.choice(list(_places(root)))
    value = holder[key]
    match chance.randrange(12):
        case 0:
            del holder[key]
        case 1 if isinstance(holder, dict):
            holder[odd(chance, str(key))] = holder.pop(key)
        case 2 if isinstance(holder, list):
            holder.extend([value] * copies(chance))
        case 3 | 4:
            holder[key] = _nested(value, str(key), chance)
        case 5:
            other, name = chance.choice(list(_places(root)))
            holder[key] = copy.deepcopy(other[name])
        case 6:
            holder[key] = swollen(chance, str(value)[:500])
        case 7:
            holder[key] = chance.choice(
                (None, True, False, 0, -1, 1.5, 1 << 70, [], {}, [None], _MARK)
            )
        case _:
            holder[key] = odd(chance, value if isinstance(value, str) else "")


def _nested(value: Any, key: str, chance: Random) -> Any:
    """Put a value into lists and objects, of the names that a reader looks for."""
    for _ in range(chance.choice((1, 1, 2, 20))):
        value = chance.choice(
            ([value], {key: value}, {"properties": value}, {"addressEntity": value})
        )
    return value


def _places(root: Any) -> Any:
    """Yield each holder and key of a value, outermost first."""
    todo = [root]
    while todo:
        holder = todo.pop()
        for key, value in holder.items() if isinstance(holder, dict) else enumerate(holder):
            yield holder, key
            if isinstance(value, (dict, list)):
                todo.append(value)
