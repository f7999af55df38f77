"""Screen the payment messages of an uploaded file, transaction by transaction."""

from __future__ import annotations

from collections.abc import Iterator

from limen.batch.payments.encoders import encoder_for
from limen.batch.payments.payment_run import PaymentArguments, screen_files
from limen.batch.payments.screened_payment import PaymentTally
from limen.batch.payments.sources import Sources
from limen.engine import open_engine
from limen.law.ownership.stakes_file import Stakes
from limen.payment_screening import policy_of
from limen.server.jobs.job_files import JobRequest, PaymentJob


def screen_payments(
    request: JobRequest, job: PaymentJob, sources: Sources, tally: PaymentTally
) -> Iterator[bytes]:
    """Yield the bytes of the results, and count each transaction.

    Raises:
        PolicyError: the policy has changed since the file arrived, and has errors.
    """
    policy = policy_of(job.policy)
    query, stakes = request.query, job.ownership
    arguments = PaymentArguments(
        policy=policy,
        channel=job.channel,
        as_of=query.as_of or "",
        known_at=query.known_at or "",
        allow_stale=query.allow_stale,
        ownership=Stakes.of(stakes.raw, stakes.name) if stakes else None,
    )
    encoder = encoder_for(request.format)
    yield encoder.head()
    for screened in screen_files(open_engine(request.snapshot), sources, arguments):
        tally.add(screened)
        yield encoder.row(screened)
    yield encoder.tail()
