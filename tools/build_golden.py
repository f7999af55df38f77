"""Write the golden files of tests/golden anew: ``python tools/build_golden.py``.

No test runs this. ``matchers``, ``index`` or ``answers`` names the part to write. Under a
matcher's name nothing may change: write ``matchers`` only when a new matcher or pairs are added,
or when a constant has another name. ``answers`` may be written again when the law, the gazetteer
or the words of an answer change on purpose, ``index`` when it finds more: read the difference
before it is committed.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.golden import answers, golden, large_index  # noqa: E402 - outside the package


def write(name: str, text: str) -> None:
    """Write one golden file, and say whether it is another than before."""
    path = golden.HERE / name
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    path.write_text(text, encoding="utf-8")
    print(f"{'same' if text == before else 'CHANGED'}  {path.relative_to(ROOT)}")


def main(parts: list[str]) -> None:
    """Write the named parts; all of them where none is named."""
    if not parts or "matchers" in parts:
        for name, text in golden.files().items():
            write(name, text)
    if not parts or "index" in parts:
        found = large_index.answers(large_index.opened())
        write("index.jsonl", golden.as_lines(found))
    if not parts or "answers" in parts:
        with tempfile.TemporaryDirectory() as home:
            for name, text in answers.files(Path(home)).items():
                write(name, text)


if __name__ == "__main__":
    main(sys.argv[1:])
