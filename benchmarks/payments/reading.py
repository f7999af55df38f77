"""How fast a long pain.001 is read, and in how much memory.

    python -m benchmarks.payments.reading [--transactions 100000]

The file is made as it is read, so that one of a gigabyte (1,150,000 transactions) needs no disk.
"""

from __future__ import annotations

import argparse
import io
import resource
import time

from limen.payments import read_payments

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"><CstmrCdtTrfInitn><GrpHdr>
<MsgId>M1</MsgId><InitgPty><Nm>Initiating Corporation AG</Nm></InitgPty></GrpHdr><PmtInf>
<PmtInfId>P1</PmtInfId><ReqdExctnDt><Dt>2026-01-02</Dt></ReqdExctnDt><Dbtr><Nm>Debtor GmbH</Nm>
<PstlAdr><StrtNm>Hauptstrasse</StrtNm><TwnNm>Berlin</TwnNm><Ctry>DE</Ctry></PstlAdr></Dbtr>
<DbtrAcct><Id><IBAN>DE89370400440532013000</IBAN></Id></DbtrAcct>
<DbtrAgt><FinInstnId><BICFI>DEUTDEFF</BICFI></FinInstnId></DbtrAgt>
"""
_TRANSFER = """  <CdtTrfTxInf>
    <PmtId><InstrId>I{0}</InstrId><EndToEndId>E2E-{0}</EndToEndId>
      <UETR>128551e7-3799-41b3-b82b-f87a59e8345f</UETR></PmtId>
    <Amt><InstdAmt Ccy="EUR">{0}.50</InstdAmt></Amt>
    <UltmtDbtr><Nm>Ultimate Debtor {0}</Nm></UltmtDbtr>
    <CdtrAgt><FinInstnId><BICFI>COBADEFFXXX</BICFI></FinInstnId></CdtrAgt>
    <Cdtr>
      <Nm>Müller &amp; Söhne {0} KG</Nm>
      <PstlAdr><StrtNm>Kaiserstrasse</StrtNm><BldgNb>3</BldgNb><PstCd>60311</PstCd>
        <TwnNm>Frankfurt</TwnNm><Ctry>DE</Ctry><AdrLine>Kaiserstrasse 3</AdrLine></PstlAdr>
      <Id><OrgId><LEI>529900T8BM49AURSDO55</LEI></OrgId></Id>
    </Cdtr>
    <CdtrAcct><Id><IBAN>DE02120300000000202051</IBAN></Id></CdtrAcct>
    <Purp><Cd>GDDS</Cd></Purp>
    <RmtInf><Ustrd>Invoice 2026/{0} for deliveries in January, goods as ordered</Ustrd></RmtInf>
  </CdtTrfTxInf>
"""
_TAIL = "</PmtInf></CstmrCdtTrfInitn></Document>"


class Made(io.RawIOBase):
    """A file that is made as it is read."""

    def __init__(self, transactions: int) -> None:
        self._left = transactions
        self._held = _HEAD.encode()
        self.size = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        while len(self._held) < len(buffer) and self._left:
            several = range(self._left, max(0, self._left - 100), -1)
            self._held += "".join(map(_TRANSFER.format, several)).encode()
            self._left -= len(several)
            if not self._left:
                self._held += _TAIL.encode()
        count = min(len(buffer), len(self._held))
        buffer[:count], self._held = self._held[:count], self._held[count:]
        self.size += count
        return count


def main() -> None:
    """Read the transactions and print the speed and the most memory."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--transactions", type=int, default=100_000)
    file = Made(parser.parse_args().transactions)
    start, count = time.process_time(), 0
    for message in read_payments(file):
        for _ in message.transactions:
            count += 1
    seconds = time.process_time() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    print(
        f"{count:,} transactions, {file.size:,} bytes: {count / seconds:,.0f} a second, {memory} MB"
    )


if __name__ == "__main__":
    main()
