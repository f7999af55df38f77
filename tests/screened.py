"""A small home to screen in: one list in two versions, archived and compiled for real."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from tests.worlds import Band, a_list, listed, registry, world

from limen.engine import Engine

#: How many seconds a process is waited for: a busy machine is slow, and only a hang takes so long.
PATIENCE = 300
LIST = "un_sc"
BEFORE, AFTER = "2022-02-17", "2022-02-25"
TODAY = datetime(2022, 3, 1, 12, tzinfo=UTC)

AKSYONOV = listed(
    "1",
    "Sergey Valeryevich Aksyonov",
    alias=("Сергей Валерьевич Аксёнов",),
    birthDate="1972-11-26",
    nationality="Russia",
    programmes=("UKRAINE-EO13660",),
    acts=("Executive Order 13660",),
    listed_on="2014-03-17",
)
SIG = listed("2", "SIG", "Vessel", imoNumber="9735335", programmes=("SYRIA",))
BANK = listed("3", "Promsvyazbank", "Company", swiftBic="PRMSRUMM", programmes=("RUSSIA-EO14024",))


def small_home(home: Path) -> Engine:
    """The home's engine; Promsvyazbank comes with the second version."""
    lists = registry(a_list(LIST, "UN", max_age_days=14, records=Band(min=1, max=10)))
    versions = {LIST: {BEFORE: [AKSYONOV, SIG], AFTER: [AKSYONOV, SIG, BANK]}}
    return world(home, lists, versions, today=TODAY)
