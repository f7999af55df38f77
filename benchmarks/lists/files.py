"""Every publisher's file that is at hand: what it loads as, or the reason it is refused for.

``python -m benchmarks.lists.files [PART-OF-NAME ...]``: each file, or version of several files, is
read in its format and put through the checks of a first version. What is expected of it was
reviewed once and is written here: that it loads with nothing unread, or a phrase of the refusal.
The command leaves with 1 where a file does otherwise, or where one is new to the table.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatch
from pathlib import Path

from benchmarks.lists.newest import DATA, OWN, newest
from benchmarks.machine import SHARED, header, write
from limen.lists.audit import Audit
from limen.lists.continuity import report_misread
from limen.lists.formats import format_named
from limen.lists.manifest import read_manifest
from limen.lists.registry import Registry, load_registry
from limen.lists.source import Source
from limen.lists.verify import read_version, verify_version
from limen.model import LimenError

LOADS = ""
CASES = SHARED / "cases" / "lists"
_TOO_FEW = "are expected"
#: Single files in the publishers' formats that no ``lists.yml`` names: pattern, list, format, and
#: what is expected. Samples load, and are too few to be the list.
_SINGLE = (
    ("ofac/sdn/sdn_2022-01-21.csv.gz", "us_ofac_sdn", "ofac_legacy_csv", "lacks alt, add"),
    ("ofac/sdn/sdn_2023-12-28.csv.gz", "us_ofac_sdn", "ofac_legacy_csv", "lacks alt, add"),
    ("ofac/nonsdn/cons_prim_2025-03-26.csv", "us_ofac_cons", "ofac_legacy_csv", "lacks alt, add"),
    ("ofac/formats/sdn_advanced_*.xml.gz", "us_ofac_sdn", "ofac_advanced_xml", _TOO_FEW),
    ("ofac/formats/cons_enhanced_*.xml.gz", "us_ofac_cons", "ofac_enhanced_xml", LOADS),
    ("ofac/formats/enhanced_irgc_*.xml.gz", "us_ofac_sdn", "ofac_enhanced_xml", _TOO_FEW),
    ("eu/fsf/legacy/fsf_1.0_*.xml.gz", "eu_fsf", "eu_fsf_xml", "the retired XML 1.0"),
    ("eu/fsf/legacy/fsf_csv_1.0_*.csv.gz", "eu_fsf", "eu_fsf_csv", "the retired CSV 1.0"),
    ("un/un_*_invalid_char.xml.gz", "un_sc", "un_xml", "not well-formed"),
    ("ch/seco_official_example_*.xml", "ch_seco", "ch_seco_xml", _TOO_FEW),
    ("us_csl/csl_sample_watchman.csv", "us_csl", "us_csl_csv", _TOO_FEW),
    ("us_csl/bis_dpl_*.txt", "us_csl", "us_csl_csv", "separated by tabs"),
    ("uk/uksl_search_export_*.ods", "uk_fcdo", "uk_fcdo_csv", "not a table of text"),
    ("ftm/yente_*_entities.ftm.json*", "own_zala", "ftm_jsonl", LOADS),
    ("ftm/yente_*_delta.json", "own_zala", "ftm_jsonl", "a change to a list, not a list"),
    ("ftm/yente_*_delta_index.json", "own_zala", "ftm_jsonl", "not an entity a line"),
)
#: Versions of several files that no ``lists.yml`` names: folder, list, format, expectation.
_FOLDERS = (
    ("ofac/full_sets/2025-01-06_no_sdn", "us_ofac_sdn", "ofac_legacy_csv", "lacks sdn"),
    ("ofac/full_sets/2025-12-24_no_sdn", "us_ofac_sdn", "ofac_legacy_csv", "lacks sdn"),
    ("ofac/full_sets/2026-06-02_no_sdn", "us_ofac_sdn", "ofac_legacy_csv", "lacks sdn"),
    ("eu/journal/amendments", "eu_journal", "eu_journal_csv", _TOO_FEW),
)
#: Files made for this project after real ones; each is far too small to be its list.
_CASES = {
    "ca_sema_bilingual_tags.xml": ("ca_sema", "ca_sema_xml"),
    "ch_seco_variants.xml": ("ch_seco", "ch_seco_xml"),
    "eu_grade_in_prose.xml": ("eu_fsf", "eu_fsf_xml"),
    "au_type_blank.xlsx": ("au_dfat", "au_dfat_xlsx"),
    "uk_registration_lines.xml": ("uk_fcdo", "uk_fcdo_xml"),
}
#: Files that are no publisher's: what others made of a list, and what describes one.
_NO_LIST = {
    "*.xsd": "a schema",
    "*.md": "a description",
    "ofac/history/*": "changes derived from sdn.csv",
    "ofac/derived/*": "names alone, in another's form",
    "eu/fsf/fsf_names_*": "names alone, in another's form",
    "eu/fsf/fsf_presence_*": "days derived from the list",
    "*.jsonl.gz": "another's form of the list; written back into the publisher's, where it can be",
    "uk/normalised_*/*": "another's form of the list; part of what is written back",
}
_FIRST = date(2018, 1, 1)


@dataclass(frozen=True, slots=True)
class Case:
    """Files of one version, and what is expected of them: a phrase of the refusal, or nothing."""

    name: str
    list_id: str
    format: str
    sources: Mapping[str, Source]
    expected: str
    partial: tuple[str, ...] = ()
    published: date = _FIRST


def main() -> int:
    registry, wrong, rows = load_registry(), [], []
    for case in cases():
        if sys.argv[1:] and not any(part in case.name for part in sys.argv[1:]):
            continue
        verdict, fits = judge(case, registry)
        rows.append(f"| {case.name} | {case.format} | {verdict} |")
        print(rows[-1], file=sys.stderr, flush=True)
        wrong += [] if fits else [case.name]
    others = {str(name): _why_no_list(str(name)) for name in _uncovered()}
    wrong += [name for name, why in others.items() if not why]
    lines = ["| file | format | result |", "|---|---|---|", *rows, ""]
    lines += ["Files that are no list's own:", ""]
    lines += ["| file | what it is |", "|---|---|"]
    lines += [f"| {name} | {why} |" for name, why in others.items()]
    lines += ["", f"Otherwise than expected: {', '.join(wrong) or 'none'}."]
    if sys.argv[1:]:
        print("\n".join(lines))
    else:
        command = "python -m benchmarks.lists.files"
        write("list_files.md", header("Every file of every list", command) + lines)
    return 1 if wrong else 0


def judge(case: Case, registry: Registry) -> tuple[str, bool]:
    """Return what becomes of a version as the first of its list, and whether that is expected."""
    audit, entries = Audit(), []
    try:
        entries += read_version(case.format, case.sources, audit, partial=case.partial)
        report_misread(entries, audit)
        audit.check_set_aside(len(entries))
        if case.list_id not in OWN:
            info = registry.get(case.list_id)
            verify_version(info, entries, previous_count=None, published=case.published)
    except LimenError as error:
        fits = bool(case.expected) and case.expected in str(error)
        read = f"{_counts(len(entries), audit)}; " if entries else ""
        return f"{read}refused: {error.what}".replace("|", "¦"), fits
    return _counts(len(entries), audit), not case.expected and not _unread(audit)


def _counts(entries: int, audit: Audit) -> str:
    odd = ", ".join(f"{what} ({count})" for what, count in audit.oddities.items())
    unread = ", ".join(f"{what} ({count})" for what, count in audit.unread.items())
    return f"{entries:,} entries, unread {unread or 0}{f'; odd: {odd}' if odd else ''}"


def _unread(audit: Audit) -> list[str]:
    """Return what is unread, but for entities that are no party: links between parties."""
    return [what for what in audit.unread if not what.endswith("(the whole entity)")]


def cases() -> Iterator[Case]:
    """Yield every version of every list: those of ``lists.yml``, the others, and the made ones."""
    for version in read_manifest(DATA / "lists.yml"):
        name = next(iter(version.files.values())) if len(version.files) == 1 else _folder(version)
        yield Case(
            name,
            version.list_id,
            version.format,
            version.sources(DATA),
            LOADS,
            version.partial,
            version.published,
        )
    for pattern, list_id, layout, expected in _SINGLE:
        for path in sorted(DATA.glob(pattern)):
            yield _single(path, DATA, list_id, layout, expected)
    for folder, list_id, layout, expected in _FOLDERS:
        sources = {_role(path): _source(path) for path in sorted((DATA / folder).iterdir())}
        yield Case(folder, list_id, layout, sources, expected)
    for (list_id, layout), files in newest().items():
        if (list_id, layout) in _WRITTEN_BACK:
            name = f"{list_id} of {files.published}, written back"
            yield Case(name, list_id, layout, files.sources, LOADS, (), files.published)
    for name, (list_id, layout) in _CASES.items():
        yield _single(CASES / name, CASES, list_id, layout, _TOO_FEW)


#: Versions of ``newest`` that are not read from a file as it is.
_WRITTEN_BACK = (
    ("eu_fsf", "eu_fsf_xml"),
    ("eu_fsf", "eu_fsf_csv"),
    ("uk_fcdo", "uk_fcdo_csv"),
    ("uk_fcdo", "uk_fcdo_xml"),
    ("ch_seco", "ch_seco_xml"),
    ("us_ofac_sdn", "ofac_legacy_pip"),
    ("own_ua_war", "ftm_simple_csv"),
    ("own_uk", "ftm_jsonl"),
    ("own_un", "limen_csv"),
)


def _single(path: Path, base: Path, list_id: str, layout: str, expected: str) -> Case:
    role = (format_named(layout).required or ("csv",))[0]
    name = str(path.relative_to(base))
    return Case(name, list_id, layout, {role: Source.of_path(role, path, name=name)}, expected)


def _source(path: Path) -> Source:
    return Source.of_path(_role(path), path, name=str(path.relative_to(DATA)))


def _role(path: Path) -> str:
    return path.name.partition(".")[0].removeprefix("sdn_")


def _folder(version: object) -> str:
    files = getattr(version, "files", {})
    return f"{Path(next(iter(files.values()))).parent} ({', '.join(files)})"[:90]


def _uncovered() -> Iterator[Path]:
    """Yield the files of the lists' folders that no case has."""
    covered = {source.name for case in cases() for source in case.sources.values()}
    covered |= {f"ofac/formats/pip_2020-03/{role}.pip.gz" for role in ("sdn", "alt", "add")}
    covered.add("ftm/targets_simple_ua_war_sanctions_2026-03-13.csv.gz")
    for folder in ("au", "ca", "ch", "eu", "ftm", "ofac", "uk", "un", "us_csl"):
        for path in sorted((DATA / folder).rglob("*")):
            if path.is_file() and str(path.relative_to(DATA)) not in covered:
                yield path.relative_to(DATA)


def _why_no_list(name: str) -> str:
    return next((why for pattern, why in _NO_LIST.items() if fnmatch(name, pattern)), "")


if __name__ == "__main__":
    sys.exit(main())
