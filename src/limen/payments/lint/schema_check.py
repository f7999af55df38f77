"""Check the documents of a file against schemas in a folder of the user's, by namespace."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, cast

from lxml import etree

from limen.model import InputError
from limen.payments.lint.lint_finding import LintFinding

#: A file that is larger is not checked: a schema check needs it whole in memory.
MOST_BYTES = 64 << 20
#: Faults that are reported of one document.
_MOST_FAULTS = 50


def schema_findings(raw: bytes, folder: Path) -> Iterator[LintFinding]:
    """Yield the faults of each document for which the folder has a schema, ``<kind>.xsd``.

    Raises:
        InputError: a schema of the folder cannot be read.
    """
    if len(raw) > MOST_BYTES:
        what = (
            f"the file has more than {MOST_BYTES:,} bytes, and was not checked against its schema"
        )
        yield LintFinding("schema-not-checked", "note", what)
        return
    try:
        root = etree.fromstring(raw, _parser())
    except etree.XMLSyntaxError:
        return  # the reader has refused it, with its place
    documents = [each for each in root.iter(etree.Element) if _name(each) == "Document"]
    for number, document in enumerate(documents, 1):
        kind = (etree.QName(document).namespace or "").rpartition(":")[2]
        path = folder / f"{kind}.xsd"
        if not kind.replace(".", "").isalnum() or not path.is_file():
            what = f"there is no schema for {kind or 'a document without a namespace'}"
            yield LintFinding("schema-not-checked", "note", what, message=number)
            continue
        schema = _schema(path)
        if not schema.validate(document):
            for fault in islice(_faults(schema), _MOST_FAULTS):
                yield LintFinding(
                    "schema", "error", fault.message, str(fault.path or ""), message=number,
                    line=fault.line,
                )  # fmt: skip


def _faults(schema: etree.XMLSchema) -> Iterator[Any]:
    yield from cast("Iterable[Any]", schema.error_log)  # its stub has no iteration


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)


def _schema(path: Path) -> etree.XMLSchema:
    try:
        return etree.XMLSchema(etree.parse(path, _parser()))
    except (etree.XMLSyntaxError, etree.XMLSchemaParseError) as error:
        what, hint = f"the schema cannot be read: {error}", "use the schema of iso20022.org"
        raise InputError(what, where=str(path), hint=hint) from None
