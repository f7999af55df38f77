"""Report the countries of a party that contradict each other; an account abroad is only a note."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from limen.payments.country_conflicts import CountryConflict
from limen.payments.lint.lint_finding import Level, LintFinding, about


def country_findings(conflicts: Iterable[CountryConflict]) -> Iterator[LintFinding]:
    """Yield the conflicts as findings about the element that differs."""
    for conflict in conflicts:
        one = "agent's BIC" if conflict.one.kind == "bic" else "address"
        what = f"{conflict.other_country.upper()}, and the {one} says {conflict.country.upper()}"
        level: Level = "error" if conflict.code == "country-conflict" else "note"
        yield about(conflict.code, level, what, conflict.other)
