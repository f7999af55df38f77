"""The law as data: measures, triggers, statements, events, and what they come to on a date."""

from limen.regimes.assessment import Assessment
from limen.regimes.in_force import Clocks, MeasureView
from limen.regimes.law import Law
from limen.regimes.opened import Regimes
from limen.regimes.part import build_part

__all__ = ["Assessment", "Clocks", "Law", "MeasureView", "Regimes", "build_part"]
