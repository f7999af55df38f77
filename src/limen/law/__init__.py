"""The law as data: measures, triggers, statements, events, and what they come to on a date."""

from limen.law.assess.assessment import Assessment
from limen.law.in_force import Clocks, MeasureView
from limen.law.law import Law
from limen.law.snapshot_law import Regimes
from limen.law.snapshot_part import build_part

__all__ = ["Assessment", "Clocks", "Law", "MeasureView", "Regimes", "build_part"]
