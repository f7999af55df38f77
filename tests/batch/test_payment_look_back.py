"""A look-back over an archive of messages: what would have been held, and was not."""

from __future__ import annotations

from tests.payment_messages import pacs008, transaction
from tests.worlds import a_list, listed, registry, world

from limen.batch.payments.payment_run import PaymentArguments, screen_files
from limen.batch.payments.screened_payment import PaymentTally
from limen.batch.payments.sources import Sources
from limen.payment_screening import shipped_policy

OTHER = listed("1", "Filler Filler", "Company")
LATE = listed("2", "Kestrel Harbour Bank", "Company", listed_on="2022-02-19")


def test_what_was_listed_before_it_was_known_is_counted(tmp_path):
    versions = {"un_sc": {"2022-02-17": [OTHER], "2022-02-25": [OTHER, LATE]}}
    engine = world(tmp_path / "home", registry(a_list("un_sc", "UN", max_age_days=14)), versions)
    archive = tmp_path / "archive"
    archive.mkdir()
    for day in ("2022-02-18", "2022-02-20", "2022-02-26"):
        payment = transaction(date=day, creditor="KESTREL HARBOUR BANK")
        (archive / f"{day}.xml").write_bytes(pacs008(payment))
    arguments = PaymentArguments(
        policy=shipped_policy(), channel="default", as_of="2022-03-01", known_at="2022-03-01",
        look_back=True,
    )  # fmt: skip
    tally, decisions = PaymentTally(), {}
    for screened in screen_files(engine, Sources([str(archive)]), arguments):
        tally.add(screened)
        decisions[screened.file] = screened.then, screened.answer.decision
    assert decisions == {
        "2022-02-18.xml": ("pass", "pass"),  # not listed yet
        "2022-02-20.xml": ("pass", "hold"),  # listed on the 19th, published on the 25th
        "2022-02-26.xml": ("hold", "hold"),
    }
    assert (tally.newly, tally.held) == (1, 2)
