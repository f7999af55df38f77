"""The memory of ``limen pay`` while it screens a long pain.001: the process alone, sampled.

    python -m benchmarks.payments.file_memory --home HOME --work FOLDER [--transactions 100000]
        [--invoices 0]

The file is written into FOLDER, screened into JSON lines there, and both are removed.
``--invoices`` adds so many referred documents to the remittance of each transaction: with 46, a
file of 100,000 transactions has a gigabyte. Anonymous memory is the process's own; the rest is the
snapshot and libraries, mapped from files.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.payments.reading import Made

#: Seconds between two looks at the process.
_PAUSE = 2.0
_MARK = b"</Ustrd>"
_INVOICE = (
    "<Strd><RfrdDocInf><Tp><CdOrPrtry><Cd>CINV</Cd></CdOrPrtry></Tp><Nb>{0:08d}</Nb>"
    '<RltdDt>2026-01-02</RltdDt></RfrdDocInf><RfrdDocAmt><RmtdAmt Ccy="EUR">1.50</RmtdAmt>'
    "</RfrdDocAmt></Strd>\n"
)


def write_file(path: Path, transactions: int, invoices: int) -> int:
    """Write a pain.001 and return its bytes."""
    more = "".join(map(_INVOICE.format, range(invoices))).encode()
    with path.open("wb") as out:
        made = Made(transactions)
        held = b""
        while block := made.read(1 << 20):
            lines = (held + block).split(b"\n")
            held = lines.pop()
            out.write(b"".join(line.replace(_MARK, _MARK + more) + b"\n" for line in lines))
        out.write(held)
    return path.stat().st_size


def sampled(process: subprocess.Popen[bytes]) -> Iterator[tuple[int, int]]:
    """Yield resident and anonymous megabytes of a process until it ends."""
    status = Path(f"/proc/{process.pid}/status")
    while process.poll() is None:
        rows = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
        if "VmRSS" in rows:
            yield int(rows["VmRSS"].split()[0]) >> 10, int(rows["RssAnon"].split()[0]) >> 10
        time.sleep(_PAUSE)


def main() -> None:
    """Write, screen and sample; print the memory at each tenth of the run and its most."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--transactions", type=int, default=100_000)
    parser.add_argument("--invoices", type=int, default=0)
    options = parser.parse_args()
    path, out = (options.work / f"memory-{options.invoices}.{end}" for end in ("xml", "jsonl"))
    try:
        size = write_file(path, options.transactions, options.invoices)
        before = os.times()
        process = subprocess.Popen(
            [sys.executable, "-c", "from limen.cli import main; main()", "pay", str(path),
             "--output", str(out), "--restart", "--as-of", "2026-07-17", "--quiet"],
            env={**os.environ, "LIMEN_HOME": str(options.home)},
        )  # fmt: skip
        seen = []
        for at, (resident, own) in enumerate(sampled(process)):
            seen.append((resident, own))
            if at % 15 == 0:
                print(f"{resident} MB resident, {own} MB of them its own", flush=True)
        after = os.times()
        seconds = after.children_user + after.children_system - before.children_user
        resident, own = map(max, zip(*seen, strict=True))
        print(
            f"{options.transactions:,} transactions, {size:,} bytes, exit {process.returncode}: "
            f"at most {resident} MB resident, {own} MB of them its own; "
            f"{seconds:,.0f} s of processor time"
        )
    finally:
        path.unlink(missing_ok=True)
        out.unlink(missing_ok=True)


if __name__ == "__main__":
    main()
