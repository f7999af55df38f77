"""Read currency, amount and date of a transaction from its fields."""

from __future__ import annotations

from limen.payments.mt.fin_blocks import Field


def amount_of(fields: list[Field]) -> tuple[str, str, str]:
    """Return currency, amount and date: of 32A, else of 32B and 30, else of 61."""
    values = {field.tag: field.lines[0].text for field in reversed(fields) if field.lines}
    if "32A" in values:
        value = values["32A"]
        return value[6:9], _decimal(value[9:]), _day(value[:6])
    if "32B" in values:
        return values["32B"][:3], _decimal(values["32B"][3:]), _day(values.get("30", ""))
    if "61" in values:
        return _of_statement(values["61"], values.get("60F") or values.get("60M") or "")
    return "", "", ""


def _of_statement(line: str, balance: str) -> tuple[str, str, str]:
    """Return those of a statement line; its currency is that of the opening balance."""
    place = 10 if line[6:10].isdecimal() else 6
    while place < len(line) and line[place].isalpha():
        place += 1
    end = place
    while end < len(line) and (line[end].isdecimal() or line[end] == ","):
        end += 1
    return balance[7:10], _decimal(line[place:end]), _day(line[:6])


def _decimal(text: str) -> str:
    """Return an amount with a point: ``1814,28`` -> ``1814.28``, ``500,`` -> ``500``."""
    number = text.strip().replace(",", ".").removesuffix(".")
    return number if number.replace(".", "", 1).isdecimal() else ""


def _day(text: str) -> str:
    """Return ``YYMMDD`` as an ISO date; years from 80 on are of the last century."""
    if len(text) != 6 or not text.isdecimal():
        return ""
    century = "19" if text[:2] >= "80" else "20"
    return f"{century}{text[:2]}-{text[2:4]}-{text[4:]}"
