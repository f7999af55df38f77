"""Ten faults planted in lists' real files, and each of their fields emptied or renamed.

``python -m benchmarks.lists.faults [LIST|FORMAT ...]``: an even part of a file is read, then read
with the fault as its next version and put through the checks of an update; those of the list's size
and canaries are left out, which would find most faults. Silent is what would be stored with nothing
more unread and no more oddities than before; the command leaves with 1 for one. ``-`` is a fault
by which no record loses a value that is screened or shown with a finding; of a label that fewer
than ten records have, which corrections alone take away, a loss is counted apart.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial
from types import ModuleType

import msgspec

from benchmarks.lists.newest import OWN, Files, newest
from benchmarks.lists.planted import entities, tables, trees
from benchmarks.lists.planted.encodings import bytes_of, text_of
from benchmarks.machine import header, write
from limen.lists.audit import Audit
from limen.lists.continuity import check_continuity, compare, report_losses, report_misread
from limen.lists.fill_rates import (
    FEWEST_PRINTED,
    check_fill_rates,
    count_filled,
    report_vanished,
)
from limen.lists.registry import ListInfo, Registry, load_registry
from limen.lists.source import Source
from limen.lists.verify import read_version, verify_version
from limen.model import Entry, LimenError

_FORMS: Mapping[str, ModuleType] = {
    layout: form for form in (trees, tables, entities) for layout in form.FIELDS
}
#: Records that are read of a file, in which every fault is plain.
_RECORDS = 600
#: Records that are read of a file for each of its fields; some have a hundred fields.
_FEW = 200
#: Why some faults change nothing: a line for the page.
_WITHOUT = (
    "`-`: the file has nothing of the kind. The list of donors has no dates, numbers or programmes "
    "and is plain ASCII in escapes; the documents and sanctions entries of OFAC's advanced sample "
    "are of parties that were cut out of it."
)
NOTHING, FEW, SILENT = "-", "few", "SILENT"
Texts = Mapping[str, str]


def main() -> int:
    registry, chosen = load_registry(), sys.argv[1:]
    rows, fields, silent = [], [], []
    for (list_id, layout), files in newest().items():
        if chosen and list_id not in chosen and layout not in chosen:
            continue
        part = Part(files, info_of(registry, list_id), _RECORDS)
        verdicts = part.plant_faults()
        rows.append(f"| {list_id} {layout} | {' | '.join(verdicts.values())} |")
        few = Part(files, part.info, _FEW).plant_in_fields()
        fields.append(f"| {list_id} {layout} | {_counts(few)} |")
        print(rows[-1], fields[-1], sep="\n", file=sys.stderr, flush=True)
        silent += [f"{layout}: {name}" for name, it in {**verdicts, **few}.items() if it == SILENT]
    names = list(trees.faults("un_xml"))
    lines = [f"| list | {' | '.join(names)} |", f"|---|{'---|' * len(names)}", *rows, ""]
    lines += [_WITHOUT, ""]
    lines += ["Each field of a file emptied, and each label renamed:", ""]
    lines += [
        "| list | planted | refused | shown | nothing is lost | of under ten records | silent |"
    ]
    lines += ["|---|---:|---:|---:|---:|---:|---:|", *fields, ""]
    lines.append(f"Silent: {len(silent)}. {'; '.join(silent)}")
    if chosen:
        print("\n".join(lines))
    else:
        command = "python -m benchmarks.lists.faults"
        write("list_faults.md", header("Faults planted in lists", command) + lines)
    return 1 if silent else 0


def info_of(registry: Registry, list_id: str) -> ListInfo:
    """Return the registry's entry for a list, or one for a user's own, without its canaries."""
    info = registry.get("us_ofac_sdn" if list_id in OWN else list_id)
    return msgspec.structs.replace(
        info, id=list_id, canaries=(), records=msgspec.structs.replace(info.records, min=1)
    )


class Part:
    """An even part of a version, as it is read, and what an update says of faults in it."""

    def __init__(self, files: Files, info: ListInfo, records: int) -> None:
        self.info = info
        self._files = files
        self._form = _FORMS[files.format]
        whole = {role: text_of(files.format, data) for role, data in files.content.items()}
        self._texts: Texts = self._form.part(files.format, whole, records)
        self._before, self._audit = self._read(self._texts)

    def plant_faults(self) -> dict[str, str]:
        """Return the verdict on each of the ten faults."""
        faults = self._form.faults(self._files.format)
        return {name: self._verdict(fault) for name, fault in faults.items()}

    def plant_in_fields(self) -> dict[str, str]:
        """Return the verdict on each field emptied, and on each label renamed."""
        layout, form = self._files.format, self._form
        verdicts = {}
        for label in form.labels(layout, self._texts):
            for fault in (partial(form.emptied, layout), partial(form.renamed, layout, new="New")):
                verdict = self._verdict(partial(fault, label=label))
                if verdict == SILENT and self._count(label) < FEWEST_PRINTED:
                    verdict = FEW
                verdicts[f"{label} {fault.func.__name__}"] = verdict
        return verdicts

    def _count(self, label: str) -> int:
        """Return how often a label was taken; a reader names the element around it too."""
        taken = self._audit.taken.items()
        own = [n for name, n in taken if label in (name, re.split(r"[/@.]", name)[-1])]
        return max(own, default=0)

    def _verdict(self, fault: Callable[[str], str]) -> str:
        """Return what an update would do with the faulty file as the next version."""
        try:
            audit = self._check({role: fault(text) for role, text in self._texts.items()})
        except LimenError as error:
            return f"refused: {type(error).__name__}"
        if audit is None:
            return NOTHING
        shown = self._audit
        more = Counter(audit.unread) - shown.unread + (Counter(audit.oddities) - shown.oddities)
        return f"shown: {len(more)}" if more else SILENT

    def _check(self, texts: Texts) -> Audit | None:
        """Check a next version as an update does; ``None`` where nothing of before is gone."""
        day = self._files.published + timedelta(days=7)
        entries, audit = self._read(texts)
        after = {(entry.part, entry.record_id): entry for entry in entries}
        if all(_keeps(after.get((old.part, old.record_id)), old) for old in self._before):
            return None
        verify_version(self.info, entries, previous_count=len(self._before), published=day)
        audit.check_set_aside(len(entries))
        filled, before = count_filled(entries), count_filled(self._before)
        check_fill_rates(self.info, filled, before, published=day)
        pairs = [(old, after.get((old.part, old.record_id))) for old in self._before]
        continuity = compare([], pairs, published=day)
        check_continuity(self.info, continuity, published=day)
        report_losses(continuity, audit)
        report_vanished(audit, self._audit.taken)
        return audit

    def _read(self, texts: Texts) -> tuple[list[Entry], Audit]:
        audit, layout = Audit(), self._files.format
        sources = {
            role: Source.of_bytes(role, bytes_of(layout, text), name=self._files.list_id)
            for role, text in texts.items()
        }
        entries = list(read_version(layout, sources, audit))
        report_misread(entries, audit)
        return entries, audit


def _keeps(new: Entry | None, old: Entry) -> bool:
    """Return whether a record has every value that is screened, in whatever order."""
    if new is None or (new.schema, new.delisted_on) != (old.schema, old.delisted_on):
        return False
    return old.listed_on == new.listed_on and all(
        set(values) <= set(_values(new).get(name, ())) for name, values in _values(old).items()
    )


def _values(entry: Entry) -> dict[str, tuple[str, ...]]:
    listing = {"programmes": entry.programmes, "measures": entry.measures, "acts": entry.acts}
    return {**entry.properties, **listing}


def _counts(verdicts: Mapping[str, str]) -> str:
    kinds = Counter(verdict.partition(":")[0] for verdict in verdicts.values())
    counts = [len(verdicts), *(kinds[it] for it in ("refused", "shown", NOTHING, FEW, SILENT))]
    return " | ".join(map(str, counts))


if __name__ == "__main__":
    sys.exit(main())
