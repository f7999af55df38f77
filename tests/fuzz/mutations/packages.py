"""Change what is neither markup nor a table: zip archives by part, PDF and mail by their words."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Sequence
from functools import lru_cache
from random import Random

from tests.fuzz.mutations.markup import change_xml
from tests.fuzz.mutations.values import changed_bytes, copies, encoded, odd, swollen, times

_PDF_WORDS = re.compile(rb"/[A-Za-z]+|\b\d+ \d+ R\b|\b\d+\b|\([^()]*\)|<<|>>|\[|\]|endobj|stream")
_WORDS = re.compile(r"[\w@.]+|[^\w\s]+|\s+")


def change_zip(data: bytes, chance: Random) -> bytes:
    """Change parts of an archive, leave one out, name one anew, or damage the whole."""
    parts = list(_unpacked(data))
    for _ in times(chance):
        at = chance.randrange(len(parts))
        name, part = parts[at]
        match chance.randrange(8):
            case 0 if len(parts) > 1:
                del parts[at]
            case 1:
                parts[at] = (chance.choice(("../x", "xl/x.xml", name.upper(), f"/{name}")), part)
            case 2:
                parts.append((name, chance.choice(parts)[1]))
            case 3:
                parts[at] = (name, changed_bytes(part, chance))
            case _:
                parts[at] = (name, change_xml(part, chance))
    return _packed(parts, chance)


@lru_cache(maxsize=64)
def _unpacked(data: bytes) -> Sequence[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return [(name, packed.read(name)) for name in packed.namelist()]


def _packed(parts: list[tuple[str, bytes]], chance: Random) -> bytes:
    out = io.BytesIO()
    # Of these, only BZIP2 takes longer to write than the reader takes to read it.
    (method,) = chance.choices((0, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2), (50, 48, 2))
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w", method) as packed:
        warnings.simplefilter("ignore")  # a name that comes twice
        for name, part in parts:
            packed.writestr(name, part)
    return changed_bytes(out.getvalue(), chance) if chance.random() < 0.15 else out.getvalue()


def change_pdf(data: bytes, chance: Random) -> bytes:
    """Change names, numbers and references of a PDF, or its bytes."""
    if chance.random() < 0.3:
        return changed_bytes(data, chance)
    mutant = data
    for _ in times(chance):
        words = list(_PDF_WORDS.finditer(mutant))
        if not words:
            break
        word, other = chance.choice(words), chance.choice(words)
        instead = chance.choice(
            (other[0], b"", word[0] * 2, b"999999999", b"-1", b"/Length", b"[" * 300, b"<<" * 300)
        )
        mutant = mutant[: word.start()] + instead + mutant[word.end() :]
    return mutant


def change_text(data: bytes, chance: Random) -> bytes:
    """Change words and lines of a text or a mail, then its encoding."""
    text = data.decode(errors="replace")
    for _ in times(chance):
        by_line = chance.random() < 0.4
        pieces = text.splitlines(keepends=True) if by_line else _WORDS.findall(text)
        if not pieces:
            break
        at = chance.randrange(len(pieces))
        match chance.randrange(6):
            case 0:
                del pieces[at]
            case 1:
                pieces[at:at] = [chance.choice(pieces)] * copies(chance)
            case 2:
                pieces[at] = swollen(chance, pieces[at]) if chance.random() < 0.2 else "\n"
            case 3:
                other = chance.randrange(len(pieces))
                pieces[at], pieces[other] = pieces[other], pieces[at]
            case _:
                pieces[at] = odd(chance, pieces[at], (chance.choice(pieces),))
        text = "".join(pieces)
    mutant = encoded(text, chance)
    return changed_bytes(mutant, chance) if chance.random() < 0.1 else mutant
