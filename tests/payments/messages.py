"""Small messages of both formats to change in tests."""

from __future__ import annotations

from limen.payments import Message, Transaction, read_payment_bytes

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pacs.008.001.08"


def transfer(inside: str, *, end_to_end: str = "E1") -> str:
    """A transaction of a pacs.008."""
    return (
        f"<CdtTrfTxInf><PmtId><EndToEndId>{end_to_end}</EndToEndId></PmtId>"
        f'<IntrBkSttlmAmt Ccy="EUR">10.50</IntrBkSttlmAmt>{inside}</CdtTrfTxInf>'
    )


def document(*transfers: str, namespace: str = NAMESPACE) -> str:
    """A pacs.008 without a declaration."""
    whole = "".join(transfers)
    return (
        f'<Document xmlns="{namespace}"><FIToFICstmrCdtTrf><GrpHdr><MsgId>M1</MsgId></GrpHdr>'
        f"{whole}</FIToFICstmrCdtTrf></Document>"
    )


DEBTOR = "<Dbtr><Nm>Anna Example</Nm></Dbtr>"
GOOD = document(transfer(DEBTOR))
DECLARED = '<?xml version="1.0" encoding="UTF-8"?>' + GOOD


def fin(*fields: str, kind: str = "103", block_3: str = "", end: str = "\r\n-}") -> str:
    """An MT message of these fields, each with its tag and lines."""
    text = "\r\n".join(fields).replace("\n", "\r\n").replace("\r\r", "\r")
    return f"{{1:F01BANKDEFFAXXX0000000000}}{{2:I{kind}BANKGB2LXXXXN}}{block_3}{{4:\r\n{text}{end}"


MT103 = fin(":20:REF1", ":32A:260115EUR10,50", ":50K:/123\nANNA EXAMPLE", ":59:/456\nBOB SAMPLE")


def read(raw: str | bytes) -> list[tuple[Message, list[Transaction]]]:
    """Read all messages, each with its transactions."""
    data = raw.encode() if isinstance(raw, str) else raw
    return [(message, list(message.transactions)) for message in read_payment_bytes(data)]


def only(raw: str | bytes) -> tuple[Message, Transaction]:
    """Read the one transaction of the one message."""
    ((message, (transaction,)),) = read(raw)
    return message, transaction
