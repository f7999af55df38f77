"""Payment messages of the exam: pacs.008, pain.001, MT103 and MT202COV, in several versions."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from textwrap import wrap
from xml.sax.saxutils import escape

from benchmarks.payments.spellings import in_capitals

FORMATS = (
    "pacs.008.001.08", "pacs.008.001.10", "pacs.008.001.12", "pain.001.001.03", "pain.001.001.09",
    "MT103", "MT202COV",
)  # fmt: skip


@dataclass(slots=True)
class Payment:
    """What one transaction says, by role.

    ``names`` are of parties, ``addresses`` one line each, ``bics`` of agents, ``texts`` by role;
    ``further`` are values by their element (``EndToEndId``), of which most payments have none.
    """

    number: int
    format: str
    names: dict[str, str]
    addresses: dict[str, str]
    countries: dict[str, str]
    bics: dict[str, str]
    texts: dict[str, str]
    ibans: dict[str, str] = field(default_factory=dict)
    further: dict[str, str] = field(default_factory=dict)


def message(payment: Payment) -> bytes:
    """The message of one transaction."""
    return message_of([payment])


def message_of(payments: Sequence[Payment]) -> bytes:
    """A message of several transactions of one format; an MT has one each, one behind the other."""
    kind = payments[0].format
    if kind == "MT103":
        return b"\r\n".join(_mt103(each).encode() for each in payments)
    if kind == "MT202COV":
        return b"\r\n".join(_mt202cov(each).encode() for each in payments)
    body = _pain001(payments) if kind.startswith("pain") else _pacs008(payments)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:'
        f'{kind}">{body}</Document>'
    ).encode()


def _element(name: str, *inner: str) -> str:
    body = "".join(inner)
    return f"<{name}>{body}</{name}>" if body else ""


def _text(name: str, value: str) -> str:
    return f"<{name}>{escape(value)}</{name}>" if value else ""


def _party(name: str, role: str, payment: Payment, rng: random.Random) -> str:
    address = payment.addresses.get(role, "")
    country = payment.countries.get(role, "")
    if address and rng.random() < 0.5:
        parts = [part.strip() for part in address.split(",")]
        town = _text("TwnNm", parts[1][:35] if len(parts) > 1 else "")
        lines = _text("AdrLine", parts[0][:70])
        where = _element("PstlAdr", town, _text("Ctry", country), lines)
    else:
        lines = "".join(_text("AdrLine", line) for line in wrap(address, 70)[:3])
        where = _element("PstlAdr", _text("Ctry", country), lines)
    number = payment.further.get(f"{name}/Id/OrgId/Othr/Id", "")
    scheme = _element("SchmeNm", _text("Cd", "CUST")) if number else ""
    numbers = _element("Id", _element("OrgId", _element("Othr", _text("Id", number), scheme)))
    return _element(name, _text("Nm", payment.names.get(role, "")), where, numbers)


def _agent(name: str, role: str, payment: Payment, tag: str) -> str:
    bic, named = payment.bics.get(role, ""), payment.names.get(role, "")
    return _element(name, _element("FinInstnId", _text(tag, bic), _text("Nm", named)))


def _account(name: str, role: str, payment: Payment) -> str:
    other = _element("Othr", _text("Id", payment.further.get(f"{name}/Id/Othr/Id", "")))
    return _element(name, _element("Id", other or _text("IBAN", payment.ibans.get(role, ""))))


def _remittance(payment: Payment, rng: random.Random) -> str:
    parties = "".join(
        _party(tag, role, payment, rng)
        for tag, role in (("Invcr", "invoicer"), ("Invcee", "invoicee"))
    )
    lines = _text("Ustrd", payment.texts.get("remittance", "")[:140])
    document = _element("RfrdDocInf", _text("Nb", payment.further.get("RfrdDocInf/Nb", "")))
    reference = _element("CdtrRefInf", _text("Ref", payment.further.get("CdtrRefInf/Ref", "")))
    return _element("RmtInf", lines, _element("Strd", document, reference, parties))


def _reported(payment: Payment) -> str:
    """The reporting to authorities, with a country."""
    country = _text("Ctry", payment.further.get("RgltryRptg/Dtls/Ctry", ""))
    return _element("RgltryRptg", _element("Dtls", country))


def _end_to_end(payment: Payment) -> str:
    return _text("EndToEndId", payment.further.get("EndToEndId", f"E{payment.number}"))


def _credit_transfer(payment: Payment, rng: random.Random) -> str:
    return (
        _agent("IntrmyAgt1", "intermediary_agent", payment, "BICFI")
        + _party("UltmtDbtr", "ultimate_debtor", payment, rng)
        + _party("Dbtr", "debtor", payment, rng)
        + _account("DbtrAcct", "debtor", payment)
        + _agent("DbtrAgt", "debtor_agent", payment, "BICFI")
        + _agent("CdtrAgt", "creditor_agent", payment, "BICFI")
        + _party("Cdtr", "creditor", payment, rng)
        + _account("CdtrAcct", "creditor", payment)
        + _party("UltmtCdtr", "ultimate_creditor", payment, rng)
        + _element("InstrForNxtAgt", _text("InstrInf", payment.texts.get("instruction", "")))
        + _reported(payment)
        + _remittance(payment, rng)
    )


def _pacs008(payments: Sequence[Payment]) -> str:
    rows = []
    for payment in payments:
        rng = random.Random(payment.number)
        rows.append(
            f"<CdtTrfTxInf><PmtId>{_end_to_end(payment)}</PmtId>"
            '<IntrBkSttlmAmt Ccy="EUR">100.00</IntrBkSttlmAmt><ChrgBr>SHAR</ChrgBr>'
            f"{_credit_transfer(payment, rng)}</CdtTrfTxInf>"
        )
    head = f"<GrpHdr><MsgId>M{payments[0].number}</MsgId></GrpHdr>"
    return f"<FIToFICstmrCdtTrf>{head}{''.join(rows)}</FIToFICstmrCdtTrf>"


def _pain001(payments: Sequence[Payment]) -> str:
    """All transactions have the debtor of the first, as one instruction has."""
    first, rng = payments[0], random.Random(payments[0].number)
    tag = "BIC" if first.format.endswith("03") else "BICFI"
    rows = [
        f"<CdtTrfTxInf><PmtId>{_end_to_end(each)}</PmtId>"
        '<Amt><InstdAmt Ccy="EUR">100.00</InstdAmt></Amt>'
        + _party("UltmtDbtr", "ultimate_debtor", each, rng)
        + _agent("IntrmyAgt1", "intermediary_agent", each, tag)
        + _agent("CdtrAgt", "creditor_agent", each, tag)
        + _party("Cdtr", "creditor", each, rng)
        + _account("CdtrAcct", "creditor", each)
        + _party("UltmtCdtr", "ultimate_creditor", each, rng)
        + _element("InstrForCdtrAgt", _text("InstrInf", each.texts.get("instruction", "")))
        + _reported(each)
        + _remittance(each, rng)
        + "</CdtTrfTxInf>"
        for each in payments
    ]
    initiating = _element("InitgPty", _text("Nm", first.names.get("initiating_party", "")))
    return (
        f"<CstmrCdtTrfInitn><GrpHdr><MsgId>M{first.number}</MsgId>{initiating}</GrpHdr>"
        f"<PmtInf><PmtInfId>P</PmtInfId><PmtMtd>TRF</PmtMtd>{_party('Dbtr', 'debtor', first, rng)}"
        f"{_account('DbtrAcct', 'debtor', first)}{_agent('DbtrAgt', 'debtor_agent', first, tag)}"
        f"{''.join(rows)}</PmtInf></CstmrCdtTrfInitn>"
    )


def _lines(text: str, most: int = 4) -> list[str]:
    """Text in lines of 35 characters, filled, as systems cut it."""
    plain = in_capitals(text)
    return [plain[at : at + 35].strip(" -:") for at in range(0, len(plain), 35)][:most]


def _customer(tag: str, role: str, payment: Payment) -> list[str]:
    name = payment.names.get(role, "")
    if not name:
        return []
    account = payment.ibans.get(role) or f"{payment.number:010}"
    names = _lines(name, 2)
    address = _lines(payment.addresses.get(role, ""), 4 - len(names))
    return [f":{tag}:/{account}", *names, *address]


def _institution(tag: str, role: str, payment: Payment) -> list[str]:
    bic, name = payment.bics.get(role, ""), payment.names.get(role, "")
    if bic:
        return [f":{tag}A:{bic}"]
    return [f":{tag}D:{_lines(name)[0]}", *_lines(name)[1:], "CITY"] if name else []


def _free(tag: str, text: str, first: str = "") -> list[str]:
    lines = _lines(first + text, 6)
    if not lines:
        return []
    further = [f"//{line[:33]}" if tag == "72" else line for line in lines[1:]]
    return [f":{tag}:{lines[0]}", *further]


def _residence(payment: Payment) -> list[str]:
    """The reporting to authorities, with a country."""
    code = payment.further.get("RgltryRptg/Dtls/Ctry", "")
    return [f":77B:/BENEFRES/{code}"] if code else []


def _fin(kind: str, fields: Sequence[str], extra: str = "") -> str:
    body = "\r\n".join(fields)
    return f"{{1:F01BANKDEFFAXXX0000000000}}{{2:I{kind}BANKGB2LXXXXN}}{extra}{{4:\r\n{body}\r\n-}}"


def _mt103(payment: Payment) -> str:
    fields = [
        f":20:REF{payment.number}", ":23B:CRED", ":32A:260717EUR100,",
        *_customer("50K", "debtor", payment), *_institution("52", "debtor_agent", payment),
        *_institution("56", "intermediary_agent", payment),
        *_institution("57", "creditor_agent", payment), *_customer("59", "creditor", payment),
        *_free("70", payment.texts.get("remittance", "")), ":71A:SHA",
        *_free("72", payment.texts.get("instruction", ""), "/ACC/"),
        *_residence(payment),
    ]  # fmt: skip
    return _fin("103", fields)


def _mt202cov(payment: Payment) -> str:
    fields = [
        f":20:REF{payment.number}", ":21:COVER", ":32A:260717EUR100,",
        *_institution("56", "intermediary_agent", payment),
        *_institution("57", "creditor_agent", payment), ":58A:DEUTDEFF",
        *_customer("50K", "debtor", payment), *_customer("59", "creditor", payment),
        *_free("70", payment.texts.get("remittance", "")),
        *_free("72", payment.texts.get("instruction", ""), "/ACC/"),
    ]  # fmt: skip
    return _fin("202", fields, "{3:{119:COV}}")


#: Roles that a format has, of those that the exam plants in.
_CUSTOMERS = ("debtor", "creditor")
_AGENTS = ("creditor_agent", "intermediary_agent")
_XML = ("ultimate_debtor", "ultimate_creditor", "invoicer", "invoicee", "debtor_agent")
ROLES: Mapping[str, tuple[str, ...]] = {
    kind: (*_CUSTOMERS, *_AGENTS)
    + (() if kind.startswith("MT202") else ("debtor_agent",) if kind.startswith("MT") else _XML)
    + (("initiating_party",) if kind.startswith("pain") else ())
    for kind in FORMATS
}
