"""Values that readers do not expect, and how a value is changed."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

#: Empty, huge, not quite numbers or dates, digits of other scripts, marks that readers split at.
ODD = (
    "", " ", "\u00a0", "0", "-1", "-0-", "1.5", "1e999", "NaN", "inf", "true", "null",
    "²", "٣٤٥", "½", "19६5", "0000-00-00", "0000", "9999-99-99", "2022-02-30", "31/02/2022",
    "00/00/1960", "dd/mm/yyyy", "30 Feb 1970", "circa", "circa 1960 to 1950", "1960-1950",
    "Between 1 Jan 1960 and", "DOB", "DOB ;", "a.k.a.", "a.k.a. '", "f.k.a. \"", "(", ")", "((((",
    "[", "[1]", ";", ";;", "|", "\"", "\"\"\"", "'", ",", "\t", "\n", "\r", "\x1f", "\x85", "\u2028",
    "\u200b", "\u202e", "\ufeff", "\ufffd", "\ufdd0", "e\u0301" * 50, "Ⅷ", "ﷺ", "𝕳", "Ω" * 300,
    "IMO 0000000", "IMO", "Passport", "Passport No.", "XBT", "SWIFT/BIC", "Person", "Address",
    "=1+1", "%s%n", "../../etc/passwd", "<b>", "&amp;", "&#0;", "\\",
)  # fmt: skip
#: Values that no field holds; seldom chosen, since reading them takes the time of many inputs.
_LONG = ("9" * 5_000, "a" * 70_000, "1 " * 3_000, "a. " * 9_000, "'" * 5_000)
_LONG_SHARE = 0.002
#: A cell or text grows to this many characters, at most: an input stays below 10 MB.
_MOST = 1 << 22
#: Copies of a row or an element, at most: making them takes longer than reading them.
_MOST_COPIES = 3_000


def odd(chance: Random, value: str = "", others: tuple[str, ...] = ()) -> str:
    """Return another value: odd, taken from elsewhere, or the given one changed."""
    if chance.random() < _LONG_SHARE:
        return chance.choice(_LONG)
    match chance.randrange(8):
        case 0 | 1 | 2:
            return chance.choice(ODD)
        case 3 if others:
            return chance.choice(others)
        case 4:
            return chance.choice(ODD) + value
        case 5:
            return value + chance.choice(ODD)
        case 6:
            at = chance.randrange(len(value) + 1)
            return value[:at] + chance.choice(ODD) + value[at:]
        case _:
            at = chance.randrange(len(value) + 1)
            return chance.choice((value[:at], value[at:], value[::-1], value.upper(), value * 2))


class Growing(Random):
    """Makes the same changes as any other chance of its seed, with all that grows of one size."""

    def __init__(self, seed: str, size: int) -> None:
        super().__init__(seed)
        self.size = size


def length(chance: Random) -> int:
    """Return how long a value grows: mostly some hundred characters, one in 140 over 32,000."""
    drawn = int(2 ** (8 + 14 * chance.random() ** 100))
    return chance.size if isinstance(chance, Growing) else min(_MOST, drawn)


def copies(chance: Random) -> int:
    """Return how often a row or an element comes again: mostly a few times, seldom thousands."""
    return min(_MOST_COPIES, length(chance) // 64)


def swollen(chance: Random, value: str) -> str:
    """Repeat a value until it is long."""
    unit = chance.choice((value, chance.choice(ODD), value + chance.choice("; ,(\"'[|.\n"))) or "x"
    return unit * max(1, length(chance) // len(unit))


def times(chance: Random) -> range:
    """Return how many mutations an input gets: mostly one."""
    return range(chance.choice((1, 1, 1, 2, 3, 8)))


def changed_bytes(data: bytes, chance: Random) -> bytes:
    """Flip, cut, insert, repeat or end bytes."""
    mutant = bytearray(data or b"x")
    for _ in times(chance):
        at = chance.randrange(len(mutant))
        match chance.randrange(5):
            case 0:
                mutant[at] = chance.randrange(256)
            case 1:
                del mutant[at : at + chance.randrange(1, 20)]
            case 2:
                mutant[at:at] = chance.randbytes(chance.randrange(1, 8))
            case 3:
                start = chance.randrange(len(mutant))
                mutant[at:at] = mutant[start : start + chance.randrange(1, 200)]
            case _:
                del mutant[at + 1 :]
        mutant = mutant or bytearray(b"x")
    return bytes(mutant)


def encoded(text: str, chance: Random) -> bytes:
    """Encode text, mostly as UTF-8, and now and then otherwise than a reader expects."""
    codec = "utf-8"
    if chance.random() < 0.06:
        codec = chance.choice(
            ("utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252", "cp1251", "utf-7", "cp037")
        )
    return text.encode(codec, errors="replace")


Mutate = Callable[[bytes, Random], bytes]
