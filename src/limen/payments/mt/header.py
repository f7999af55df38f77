"""Read the blocks around the text of a FIN message: its kind, sender, receiver and references."""

from __future__ import annotations

from limen.model.identifiers import valid_bic
from limen.payments.message import Element, PaymentParty
from limen.payments.mt.fin_blocks import FinMessage, Line

#: What 119 adds to the kind of a message.
_VARIANTS = frozenset({"COV", "STP", "REMIT"})
#: Fields of block 3 that are references.
_REFERENCES = {"121": "UETR", "108": "108"}


def kind_of(fin: FinMessage) -> str:
    """Return the kind of a message: its type in block 2, and the variant of 119."""
    values = {field.tag: field.lines[0].text for field in fin.header}
    application = values.get("2", "")
    number = application[1:4] if application[:1] in ("I", "O") else ""
    tags = {field.number for field in fin.fields}
    variant = values.get("3/119", "")
    variant = variant if variant in _VARIANTS else ""
    if number in ("202", "205") and {"50", "59"} <= tags:
        variant = "COV"
    return f"MT{number}{variant}" if number else _kind_by_fields(fin)


def _kind_by_fields(fin: FinMessage) -> str:
    """Return the kind of a message without blocks, as banks deliver statements: by its tags."""
    tags = {field.tag for field in fin.fields}
    numbers = {field.number for field in fin.fields}
    if fin.header or not tags:
        return ""
    if "34F" in tags:
        return "MT942"
    if numbers & {"60", "61"}:
        return "MT940" if "86" in tags or "61" not in tags else "MT950"
    if "28D" in tags:
        return "MT101"
    if "59" in numbers:
        return "MT103"
    return "MT202" if "58" in numbers else ""


def read_header(
    fin: FinMessage,
) -> tuple[tuple[Element, ...], tuple[PaymentParty, ...], dict[str, str]]:
    """Return the elements of the other blocks, sender and receiver, and references."""
    elements: list[Element] = []
    parties: list[PaymentParty] = []
    references: dict[str, str] = {}
    values = {field.tag: field.lines[0] for field in fin.header}
    is_input = values["2"].text.startswith("I") if "2" in values else True
    for field in fin.header:
        line = field.lines[0]
        if field.tag in ("1", "2"):
            role, terminal = _terminal(field.tag, line, is_input=is_input)
            bic = _bic(terminal, field.tag, role)
            if bic:
                parties.append(PaymentParty(role, "institution", field.tag, (bic,)))
                elements.append(bic)
        tag = field.tag.partition("/")[2]
        kind = "screening_information" if field.tag == "3/433" else "code"
        if tag in _REFERENCES:
            kind = "reference"
            references[_REFERENCES[tag]] = line.text
        span = (line.at, line.at + len(line.text))
        elements.append(Element(field.tag, "message", kind, line.text, span))
    return tuple(elements), tuple(parties), references


def _terminal(tag: str, line: Line, *, is_input: bool) -> tuple[str, Line]:
    """Return the role and the logical terminal of block 1 or 2."""
    if tag == "1":
        return ("sender" if is_input else "receiver"), line.part(3, 15)
    return ("receiver", line.part(4, 16)) if is_input else ("sender", line.part(14, 26))


def _bic(terminal: Line, path: str, role: str) -> Element | None:
    """Return the BIC of a logical terminal: its ninth character is the terminal's own."""
    text = terminal.text
    code = text[:8] + (text[9:12] if len(text) == 12 and text[9:12] != "XXX" else "")
    if not valid_bic(code):
        return None
    end = 8 if len(code) == 8 else len(text)
    return Element(path, role, "bic", code, (terminal.at, terminal.at + end), "party")
