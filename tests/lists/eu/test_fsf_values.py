"""Values of the EU's list that are graded in prose, or cannot be read."""

import pytest

from limen.lists.audit import Audit
from limen.lists.source import Source
from limen.lists.verify import read_version
from limen.model import ListFormatError

EXPORT = (
    '<export xmlns="http://eu.europa.ec/fpi/fsd/export" generationDate="2026-08-05">{}</export>'
)


def read_entity(inside):
    entity = (
        '<sanctionEntity euReferenceNumber="EU.1.1" logicalId="1">'
        f'<subjectType code="person" classificationCode="P"/>{inside}</sanctionEntity>'
    )
    source = Source.of_bytes("xml", EXPORT.format(entity).encode(), name="fsf.xml")
    return next(iter(read_version("eu_fsf_xml", {"xml": source}, Audit())))


def alias(name, remark=""):
    inside = f"<remark>{remark}</remark>" if remark else ""
    return f'<nameAlias wholeName="{name}" strong="true" nameLanguage="EN">{inside}</nameAlias>'


@pytest.mark.parametrize(
    "remark",
    [
        "low quality alias",
        "low quality aliias",
        "Low quality a.k.a.",
        "Low-quality alias; formerly listed as",
        "weak alias",
    ],
)
def test_a_grade_in_a_remark_makes_a_weak_alias(remark):
    entry = read_entity(alias("Anker Muster") + alias("Terminator", remark))
    assert entry.properties["name"] == ("Anker Muster",)
    assert entry.properties["weakAlias"] == ("Terminator",)
    assert entry.extra["nameAlias/remark"] == (f"Terminator: {remark}",)


@pytest.mark.parametrize("remark", ["good quality alias", "not low quality", "formerly listed as"])
def test_other_remarks_leave_an_alias_strong(remark):
    entry = read_entity(alias("Anker Muster") + alias("Anton Muster", remark))
    assert entry.properties["alias"] == ("Anton Muster",)


@pytest.mark.parametrize(
    ("birth", "field"),
    [
        ('year="1960" monthOfYear="Mar"', "monthOfYear 'Mar'"),
        ('year="1960" monthOfYear="3" dayOfMonth="9223372036854775808"', "dayOfMonth"),
        ('yearRangeFrom="1960" yearRangeTo="99999999999999999999"', "yearRange"),
    ],
)
def test_a_birth_date_that_is_no_number_is_refused_with_its_place(birth, field):
    with pytest.raises(ListFormatError, match=field) as refused:
        read_entity(alias("Anker Muster") + f"<birthdate {birth}/>")
    assert "fsf.xml line 1" in refused.value.where
