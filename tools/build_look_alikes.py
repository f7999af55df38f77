"""Write src/limen/util/disguise/look_alikes.py from Unicode's table of confusable characters.

    uv run --with confusable-homoglyphs==3.3.1 python tools/build_look_alikes.py

Taken are the letters of other scripts that Unicode holds to be confusable with one Latin letter.
Latin letters with marks, letters that a compatible form makes plain and a few small letters that
only look alike in small capitals are decided by names and characters here.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from importlib.util import find_spec
from pathlib import Path

TARGET = Path(__file__).resolve().parents[1] / "src/limen/util/disguise/look_alikes.py"
#: Small Cyrillic and Greek letters with the shape of small capitals, which Unicode does not list.
SMALL_CAPITALS = {"к": "k", "м": "m", "н": "h", "т": "t", "χ": "x"}
#: Unicode holds I, l and 1 to be one shape; capitals of these names are an I.
NAMED_I = ("LETTER I", "LETTER IOTA", "UKRAINIAN I")
SMALL_L = {"ӏ": "l"}
HEADER = '''"""Letters of other scripts that look like a Latin one.

Written by tools/build_look_alikes.py. A letter, then its look-alikes: from Unicode's confusable
characters (Unicode License v3) in the form of confusable-homoglyphs (MIT licence).
"""

LOOK_ALIKES = {
'''
FOOTER = """}

#: All of them, for patterns; and as a table for ``str.translate``.
LETTERS = "".join(LOOK_ALIKES.values())
TO_LATIN = {ord(char): latin for latin, chars in LOOK_ALIKES.items() for char in chars}
"""


def confusable() -> dict[str, str]:
    """Return the letters of other scripts, each with the Latin letter that it looks like."""
    package = find_spec("confusable_homoglyphs")
    if package is None or package.origin is None:
        raise SystemExit(__doc__)
    table = json.loads(Path(package.origin).with_name("confusables.json").read_text("utf-8"))
    found = {}
    for char, others in table.items():
        latin = [each["c"] for each in others if re.fullmatch("[A-Za-z]", each["c"])]
        if latin and is_other_letter(char):
            found[char] = latin[0]
    capital_i = {char: "I" for char, latin in found.items() if latin == "l" and named_i(char)}
    return found | capital_i | SMALL_CAPITALS | SMALL_L


def is_other_letter(char: str) -> bool:
    """Return whether this is one letter of another script that no compatible form makes plain."""
    return (
        len(char) == 1
        and char.isalpha()
        and not unicodedata.name(char).startswith("LATIN")
        and unicodedata.normalize("NFKC", char) == char
    )


def named_i(char: str) -> bool:
    """Return whether the letter's name says that its shape is a capital I."""
    return not char.islower() and unicodedata.name(char).endswith(NAMED_I)


def main() -> None:
    """Write the module."""
    by_latin = defaultdict(list)
    for char, latin in confusable().items():
        by_latin[latin].append(char)
    rows = (f'    "{latin}": "{"".join(sorted(by_latin[latin]))}",\n' for latin in sorted(by_latin))
    TARGET.write_text(HEADER + "".join(rows) + FOOTER, encoding="utf-8")


if __name__ == "__main__":
    main()
