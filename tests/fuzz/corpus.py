"""The whole inputs that are changed: real lists, cut in memory, and small files made by hand."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path

from benchmarks.documents.hidden_names import documents as made_documents
from benchmarks.lists.official import ch, eu, uk
from benchmarks.machine import SHARED
from lxml import etree
from tests.documents.files import docx

from limen.documents.readers.file_format import media_of
from limen.lists.parsing.xml import local_name

#: One input: role -> bytes, or the one file's name -> bytes.
Files = Mapping[str, bytes]

_ROOT = Path(__file__).resolve().parents[2]
_DATA = SHARED / "data"
#: Records of one whole input of a list, and its inputs: spread over the file together. Small
#: inputs, of which many can be fed: a second record comes by repeating the first.
_RECORDS = 1
PARTS = 8
#: Lines of a table or of JSON that are looked at; the records are spread over them.
_LINES = 2_000


def _read(path: Path) -> bytes:
    return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()


def _spread(items: Sequence[object], part: int) -> list[int]:
    """Return places of a sequence: those of all parts are spread over it."""
    step = max(1, len(items) // (PARTS * _RECORDS))
    return list(range(part * step, len(items), PARTS * step))[:_RECORDS]


def _xml(part: int, path: str, *tags: str) -> Files:
    """Cut an XML list to some records of each tag."""
    root = etree.fromstring(_read(_DATA / path))
    for tag in tags:
        records = [each for each in root.iter(f"{{*}}{tag}") if local_name(each.tag) == tag]
        chosen = {id(records[at]) for at in _spread(records, part)}
        for record in records:
            parent = record.getparent()
            if id(record) not in chosen and parent is not None:
                parent.remove(record)
    for count in root.iter("{*}Record_Count"):
        count.text = str(_RECORDS)
    return {"xml": etree.tostring(root, xml_declaration=True, encoding="utf-8")}


def _csv(part: int, path: str, *, heads: int = 1, delimiter: str = ",") -> Files:
    """Cut a table to its head and some rows."""
    rows = _rows(path, delimiter)
    body = rows[heads:]
    return {"csv": _written([*rows[:heads], *(body[at] for at in _spread(body, part))], delimiter)}


def _rows(path: str, delimiter: str) -> list[list[str]]:
    text = _read(_DATA / path).decode("utf-8-sig", errors="replace")
    return list(islice(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), _LINES))


def _written(rows: Sequence[Sequence[str]], delimiter: str) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode()


def _legacy(part: int, folder: str, suffix: str, delimiter: str) -> Files:
    """Cut OFAC's joined tables to the same parties."""
    tables = {
        role: _rows(f"ofac/{folder}/{role}.{suffix}", delimiter) for role in ("sdn", "alt", "add")
    }
    first = tables["sdn"]
    ids = {first[at][0] for at in _spread(first, part)}
    return {
        role: _written([row for row in rows if row and row[0] in ids], delimiter)
        for role, rows in tables.items()
    }


def _lines(part: int, path: str) -> bytes:
    with gzip.open(_DATA / path, "rb") as stream:
        lines = list(islice(stream, _LINES))
    return b"".join(lines[at] for at in _spread(lines, part))


def _objects(part: int, path: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in _lines(part, path).splitlines()]


def _uk(part: int) -> uk.Published:
    listed = uk.published(_DATA / "uk", "2026-02-23")
    return listed._replace(records=[listed.records[at] for at in _spread(listed.records, part)])


def _journal(part: int) -> Files:
    act = "32014R0269"
    return {act: _csv(part, f"eu/journal/consolidated/{act}.csv.gz")["csv"]}


def _seco(part: int) -> Files:
    targets = [
        each for each in _objects(part, "ch/seco_2026-03-15.jsonl.gz") if "id" in each or each
    ]
    written = "".join(
        ch.as_xml(each) for each in targets if "individual" in each or "entity" in each
    )
    return {"xml": ch.write_xml(written)}


#: Format of a list -> a part of a real version, as a version; most need the real files.
LISTS: Mapping[str, Callable[[int], Files]] = {
    "ofac_legacy_csv": lambda part: _legacy(part, "full_sets/2023-12-28", "csv.gz", ","),
    "ofac_legacy_pip": lambda part: _legacy(part, "formats/pip_2020-03", "pip.gz", "|"),
    "ofac_xml": lambda part: _xml(part, "ofac/nonsdn/consolidated_2025-03-28.xml.gz", "sdnEntry"),
    "ofac_advanced_xml": lambda part: {
        "xml": (_ROOT / "tests/lists/ofac/advanced.xml").read_bytes()
    },
    "ofac_enhanced_xml": lambda part: _xml(
        part, "ofac/formats/cons_enhanced_2025-01-10.xml.gz", "entity", "referenceValue"
    ),
    "un_xml": lambda part: _xml(
        part, "un/un_consolidated_2026-02-27.xml.gz", "INDIVIDUAL", "ENTITY"
    ),
    "eu_fsf_xml": lambda part: {
        "xml": eu.write_xml(_objects(part, "eu/fsf/fsf_full_2026-02-26.jsonl.gz"))
    },
    "eu_fsf_csv": lambda part: {
        "csv": eu.write_csv(_objects(part, "eu/fsf/fsf_full_2026-02-26.jsonl.gz"))
    },
    "eu_journal_csv": _journal,
    "uk_fcdo_csv": lambda part: {"csv": _uk(part).csv()},
    "uk_fcdo_xml": lambda part: {"xml": _uk(part).xml()},
    "uk_ofsi_csv": lambda part: _csv(part, "uk/ofsi_conlist_2018-04-13.csv.gz", heads=2),
    "us_csl_csv": lambda part: _csv(part, "us_csl/consolidated_2022-05-06.csv.gz"),
    "ca_sema_xml": lambda part: _xml(part, "ca/sema_2025-03.xml.gz", "record"),
    "au_dfat_xlsx": lambda part: {
        "xlsx": _workbook(part, "au/regulation8_consolidated_2024-12.xlsx")
    },
    "ch_seco_xml": _seco,
    "ftm_jsonl": lambda part: {"jsonl": (_DATA / "ftm/yente_t1_entities.ftm.json").read_bytes()},
    "ftm_simple_csv": lambda part: _csv(
        part, "ftm/targets_simple_ua_war_sanctions_2026-03-13.csv.gz"
    ),
    "limen_csv": lambda part: {"csv": _starter(part)},
}


def _starter(part: int) -> bytes:
    path = _ROOT / "src/limen/lists/data/starter/limen_starter.csv"
    head, *rows = path.read_bytes().splitlines(keepends=True)
    return head + b"".join(rows[at] for at in _spread(rows, part))


def _workbook(part: int, path: str) -> bytes:
    """Cut a workbook's first sheet to its head and some rows."""
    import openpyxl

    whole = openpyxl.load_workbook(_DATA / path, read_only=True)
    book = openpyxl.Workbook()
    head, *rows = islice(whole.worksheets[0].iter_rows(values_only=True), 100)
    for row in (head, *(rows[at] for at in _spread(rows, part))):
        book.worksheets[0].append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


_TEXTS = (
    "KYIV, Feb 21, 2022. Sergey Aksyonov said: “We will wait.”",
    "If Russia invades Ukraine, “severe” sanctions will follow, a senior official said on Monday.",
    "Published: 31 February 2022. The Treasury designated Promsvyazbank under E.O. 14024.",
)


def documents(media: str) -> list[Files]:
    """Return the documents of one format."""
    made = [
        {each.name: each.data}
        for each in made_documents()
        if media_of(each.data, each.name) == media
    ]
    return [*made, *_own(media)]


def _own(media: str) -> Iterator[Files]:
    if media == "docx":
        yield {"a.docx": docx(_TEXTS)}
    if media == "text":
        yield {"a.txt": "\n\n".join(_TEXTS).encode()}
    if media == "html":
        body = "".join(f"<p>{text}</p>" for text in _TEXTS)
        table = "<table><tr><th>Name<td>Sergey Aksyonov</table><!-- x -->"
        page = f"<html><head><title>x</title></head><body><h1>y</h1>{body}{table}</body></html>"
        yield {"a.html": page.encode()}


#: A portfolio with headings of every kind, and parties as JSON lines.
PORTFOLIO = (
    "Customer No;Name;First name;Surname;Kind;Date of birth;Nationality;Country;Street;City;LEI;"
    "IMO;Passport;Notes\r\n"
    "1;Sergey Aksyonov;Sergey;Aksyonov;person;26.11.1972;RU;Russia;Main St 1;Simferopol;;;AB123;x\r\n"
    '2;"Promsvyazbank; PJSC";;;company;;;RU;"Smirnovskaya 10";Moscow;;;;y\r\n'
    "3;SIG;;;vessel;;;;;;;9735335;;\r\n"
    "4;Żółć Ångström;;;person;01/02/1960;PL;Poland;;;;;;z\r\n"
).encode()

PARTIES: Sequence[Mapping[str, object]] = (
    {
        "id": "1",
        "schema": "Person",
        "properties": {
            "name": ["Sergey Aksyonov", "Сергей Аксёнов"],
            "birthDate": ["1972-11-26"],
            "nationality": "ru",
            "passportNumber": ["AB 123456"],
            "addressEntity": [
                {"schema": "Address", "properties": {"city": ["Simferopol"], "country": ["ua"]}}
            ],
        },
    },
    {
        "schema": "Company",
        "properties": {
            "name": "Promsvyazbank",
            "swiftBic": ["PRMSRUMM"],
            "leiCode": ["253400V1H6ART1UQ0N98"],
            "address": ["10 Smirnovskaya, Moscow"],
            "incorporationDate": ["1995"],
        },
    },
    {"schema": "Vessel", "properties": {"name": ["SIG"], "imoNumber": ["9735335"], "flag": ["ru"]}},
    {"name": "Kira Example", "customer": {"dob": "3 May 1980", "country": "Belarus"}, "n": 7},
)


_BLOCKS = "{1:F01BANKDEFFAXXX0000000000}{2:I%sBANKGB2LXXXXN}{3:{121:7a562c67-ca16-48ba-b074-65581be6f001}}"
_CUSTOMERS = (
    ":50F:CCPT/GB/123456\r\n1/ANNA EXAMPLE\r\n2/HIGH STREET 1\r\n3/GB/EPPING\r\n4/19620101\r\n5/GB/YORK\r\n"
    ":52A:BANKDEFF\r\n:57D://SC123456\r\nSOME BANK\r\nLONDON\r\n:59:/DE89370400440532013000\r\n"
    "A COMPANY WITH A NAME OF 35 LETTERS\r\nLIMITED\r\n:70:INVOICE 1\r\n//CONTINUED\r\n"
)
#: Messages of both sequences, a request for transfer, a statement, in one file and alone.
FIN: Sequence[bytes] = [
    f"{_BLOCKS % kind}{{4:\r\n:20:REF\r\n{fields}-}}{{5:{{CHK:B3BF0D846AFD}}}}".encode()
    for kind, fields in (
        ("103", f":23B:CRED\r\n:32A:260115EUR10,50\r\n{_CUSTOMERS}:72:/INS/BANKFRPP\r\n//MORE\r\n"),
        ("202", f":21:X\r\n:32A:260115EUR1,\r\n:58A:BANKGB2L\r\n{_CUSTOMERS}"),
        (
            "101",
            f":28D:1/1\r\n:30:260115\r\n:21:A\r\n:32B:EUR1,\r\n{_CUSTOMERS}:21:B\r\n:32B:EUR2,\r\n",
        ),
        (
            "940",
            ":25:DE1\r\n:60F:C260115EUR1,\r\n:61:2601150115C1,NTRFX//Y\r\n:86:?20A?32NAME\r\n:62F:C260115EUR2,\r\n",
        ),
    )
]
FIN = [*FIN, b"$".join(FIN)]
