"""Payment messages of tests: small, and as systems write them."""

from __future__ import annotations

from xml.sax.saxutils import escape

_NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pacs.008.001.08"


def pacs008(*transactions: str, kind: str = "pacs.008.001.08") -> bytes:
    """Return a message with transactions of :func:`transaction`."""
    body = "".join(transactions)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="{_NAMESPACE[:-15]}{kind}">\n'
        "<FIToFICstmrCdtTrf><GrpHdr><MsgId>M1</MsgId><CreDtTm>2022-02-28T10:00:00Z</CreDtTm>"
        f"<NbOfTxs>{len(transactions)}</NbOfTxs><SttlmInf><SttlmMtd>CLRG</SttlmMtd></SttlmInf>"
        f"</GrpHdr>\n{body}</FIToFICstmrCdtTrf></Document>\n"
    ).encode()


def transaction(
    number: int = 1,
    *,
    debtor: str = "Anna Unlisted",
    creditor: str = "Wilhelmina Unlisted",
    debtor_address: str = "",
    debtor_agent: str = "DEUTDEFF",
    creditor_agent: str = "BARCGB22",
    remittance: str = "Invoice 4711",
    date: str = "2022-02-28",
    more: str = "",
) -> str:
    """Return one transaction; ``more`` is put behind the creditor, as XML."""
    return (
        f"<CdtTrfTxInf><PmtId><EndToEndId>E{number}</EndToEndId></PmtId>"
        f'<IntrBkSttlmAmt Ccy="EUR">10.00</IntrBkSttlmAmt><IntrBkSttlmDt>{date}</IntrBkSttlmDt>'
        f"<ChrgBr>SLEV</ChrgBr><Dbtr><Nm>{escape(debtor)}</Nm>{debtor_address}</Dbtr>"
        f"<DbtrAgt><FinInstnId><BICFI>{debtor_agent}</BICFI></FinInstnId></DbtrAgt>"
        f"<CdtrAgt><FinInstnId><BICFI>{creditor_agent}</BICFI></FinInstnId></CdtrAgt>"
        f"<Cdtr><Nm>{escape(creditor)}</Nm></Cdtr>{more}"
        f"<RmtInf><Ustrd>{escape(remittance)}</Ustrd></RmtInf></CdtTrfTxInf>\n"
    )
