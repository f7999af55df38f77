"""Read the fields of free text, line by line, and what is in them by rule.

``//`` continues a line; ``/INS/`` in 72 names an agent; ``/BENEFRES/US//`` in 77B a country of
residence; ``?32`` in 86 begins a part of a statement's text.
"""

from __future__ import annotations

from collections.abc import Iterator

from limen.payments.message import Element
from limen.payments.mt.fin_blocks import Field, Line
from limen.payments.mt.party_fields import FULL_LINE, FieldReader


def text_elements(reader: FieldReader, field: Field) -> Iterator[Element]:
    """Yield the lines of free text; ``//`` continues a line, ``/INS/`` in 72 names an agent."""
    instructing = False
    for at, line in enumerate(field.lines, 1):
        continues = line.text.startswith("//")
        if field.tag == "72" and not continues:
            instructing = line.text.startswith("/INS/")
        if continues:
            line = line.part(2)
        if not line.text.strip():
            continue
        cut = FULL_LINE if len(line.text) + 2 * continues >= FULL_LINE else None
        if instructing:
            yield from _instructing_agent(reader, line, at, cut)
        elif field.tag == "77B" and line.text[:1] == "/" and not continues:
            yield from _reporting(reader, line, at)
        elif field.tag == "86" and "?" in line.text:
            yield from _subfields(reader, line, at)
        else:
            yield reader.element(line, at, "text", use="text", cut=cut)


def _instructing_agent(
    reader: FieldReader, line: Line, at: int, cut: int | None
) -> Iterator[Element]:
    """Yield the agent that ``/INS/`` names, by BIC or by name, or more of its name."""
    agent = FieldReader(reader.path, "previous_instructing_agent", reader.field)
    named = line.text.startswith("/INS/")
    line = line.part(5) if named else line
    kinds = agent.identity_kinds(line) if named else ("address_line",)
    yield from (agent.element(line, at, kind, cut=cut) for kind in kinds)


def _reporting(reader: FieldReader, line: Line, at: int) -> Iterator[Element]:
    """Yield ``/BENEFRES/US//text``: a code, the country of residence, and text."""
    code, _, rest = line.text[1:].partition("/")
    place = 1 + len(code) + 1
    yield reader.element(line.part(1, 1 + len(code)), at, "code", use="none")
    country = rest[:2]
    if len(country) == 2 and country.isalpha() and rest[2:3] in ("", "/"):
        yield reader.element(line.part(place, place + 2), at, "country", use="text")
        place += 2
    while line.text[place : place + 1] == "/":
        place += 1
    if line.text[place:].strip():
        yield reader.element(line.part(place), at, "text", use="text")


def _subfields(reader: FieldReader, line: Line, at: int) -> Iterator[Element]:
    """Yield the parts of a line between ``?20``, ``?32``: names and texts of a statement."""
    start = 0
    while start < len(line.text):
        mark = line.text.find("?", start)
        while mark >= 0 and not line.text[mark + 1 : mark + 3].isdecimal():
            mark = line.text.find("?", mark + 1)
        end = len(line.text) if mark < 0 else mark
        if line.text[start:end].strip():
            yield reader.element(line.part(start, end), at, "text", use="text")
        start = end + 3
