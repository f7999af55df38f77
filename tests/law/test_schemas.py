"""The published schemas of the law are those of the types, and say so of what is there."""

from __future__ import annotations

import json
import re

import jsonschema
import pytest
import yaml
from tests.conftest import ROOT

import build_schemas
from limen.law.files.read_law import bundled
from limen.model import Instant

SCHEMAS = ROOT / "docs" / "schemas"
WORDS = (
    "authorities", "facts", "programmes", "sources", "territories", "ownership", "embargoes",
    "licence_parties", "printed_effects", "classifications", "overlaps",
)  # fmt: skip


@pytest.mark.parametrize("name", ["regime", "assessment", "what_if", "between"])
def test_a_committed_schema_is_current(name):
    built = build_schemas.text(getattr(build_schemas, f"{name}_schema")())
    assert (SCHEMAS / f"{name}.schema.json").read_text() == built, "python tools/build_schemas.py"


def test_every_bundled_regime_file_follows_the_schema():
    """Read as an editor reads it: scalars as text, numbers where numbers are due."""
    schema = json.loads((SCHEMAS / "regime.schema.json").read_text())
    validator = jsonschema.Draft202012Validator(schema)
    for each in bundled().iterdir():
        if each.name.endswith(".yml") and each.name.removesuffix(".yml") not in WORDS:
            content = yaml.load(each.read_bytes(), Loader=_Plain)
            problems = [problem.message for problem in validator.iter_errors(content)]
            assert problems == [], each.name


class _Plain(yaml.CSafeLoader):
    """Text, numbers, true and false: a date is text."""


_Plain.yaml_implicit_resolvers = {
    first: [(tag, regexp) for tag, regexp in resolvers if tag.endswith((":int", ":float"))]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Plain.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("true|false"), ["t", "f"])


def test_an_assessment_follows_its_schema(regimes):
    schema = json.loads((SCHEMAS / "assessment.schema.json").read_text())
    for event in regimes.law.events:
        found = regimes.assess(event, at=Instant.parse("2026-08-01"), policy="latest_named")
        jsonschema.validate(found.to_dict(), schema)
