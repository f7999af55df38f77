"""Prepare the engine in service for payments: the first one must not wait, or be late."""

from __future__ import annotations

import asyncio

from limen.engine import Engine
from limen.server.service.snapshot_service import ServedSnapshot


async def engine_for_payments(served: ServedSnapshot) -> Engine:
    """Return the engine, once its table of names and its gazetteer are open."""
    if not served.engine.payments.is_ready:
        await asyncio.to_thread(served.engine.payments.prepare)
    return served.engine
