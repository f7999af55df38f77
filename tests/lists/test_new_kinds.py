"""A kind of record that a reader does not know is refused, and a new leaf is reported."""

import pytest

from limen.lists.audit import Audit
from limen.lists.parsing.xml import read_nodes
from limen.lists.source import Source
from limen.lists.verify import read_version
from limen.model import ListFormatError

UN = (
    "<INDIVIDUALS><INDIVIDUAL><FIRST_NAME>ANTON</FIRST_NAME><UN_LIST_TYPE>X</UN_LIST_TYPE>"
    "<REFERENCE_NUMBER>QDi.1</REFERENCE_NUMBER><LISTED_ON>2020-01-01</LISTED_ON></INDIVIDUAL>"
    "</INDIVIDUALS>"
)
EU = (
    '<sanctionEntity euReferenceNumber="EU.1" logicalId="1"><subjectType classificationCode="P"/>'
    '<nameAlias wholeName="Anton" strong="true"/></sanctionEntity>'
)
UK = (
    "<DateGenerated>07/09/2026</DateGenerated><Designation><UniqueID>GAC1</UniqueID>"
    "<Names><Name><Name6>A</Name6><NameType>Primary Name</NameType></Name></Names>"
    "<IndividualEntityShip>Entity</IndividualEntityShip></Designation>"
)
CA = "<record><Country>Iran</Country><Entity>A</Entity><Item>1</Item></record>"
CH = (
    '<target ssid="1"><entity><identity main="true"><name name-type="primary-name" quality="good">'
    '<name-part name-part-type="whole-name"><value>A</value></name-part></name></identity></entity>'
    "</target>"
)
LISTS = [
    ("un_xml", "CONSOLIDATED_LIST", UN, "<VESSELS><VESSEL><IMO>9</IMO></VESSEL></VESSELS>"),
    ("un_xml", "CONSOLIDATED_LIST", UN, "<VESSEL><IMO>9</IMO></VESSEL>"),
    ("eu_fsf_xml", "export", EU, '<sanctionVessel><nameAlias wholeName="B"/></sanctionVessel>'),
    ("uk_fcdo_xml", "Designations", UK, "<DesignatedShip><Name6>B</Name6></DesignatedShip>"),
    ("ca_sema_xml", "data-set", CA, "<ship><Country>Iran</Country></ship>"),
    ("ch_seco_xml", "swiss-sanctions-list", CH, "<vessel><name>B</name></vessel>"),
]


def read_list(format_name, root, body):
    audit = Audit()
    source = Source.of_bytes("xml", f"<{root}>{body}</{root}>".encode(), name="list.xml")
    return list(read_version(format_name, {"xml": source}, audit)), audit


@pytest.mark.parametrize("first", [False, True])
@pytest.mark.parametrize(("format_name", "root", "known", "new"), LISTS)
def test_a_new_kind_of_record_is_refused_wherever_it_is(format_name, root, known, new, first):
    entries, audit = read_list(format_name, root, known)
    assert len(entries) == 1
    assert not audit.unread
    with pytest.raises(ListFormatError, match="not an element that this reader knows") as refused:
        read_list(format_name, root, new + known if first else known + new)
    assert "list.xml line 1" in refused.value.where


@pytest.mark.parametrize(("format_name", "root", "known", "new"), LISTS)
def test_a_new_leaf_beside_the_records_is_reported(format_name, root, known, new):
    entries, audit = read_list(format_name, root, f'{known}<Version number="2"/>{known}')
    assert len(entries) == 2
    assert audit.unread == {"Version": 1}


def test_a_new_kind_inside_a_folder_of_records_is_refused():
    new = "<VESSEL><IMO>9</IMO></VESSEL>"
    with pytest.raises(ListFormatError, match="VESSEL is not"):
        read_list(
            "un_xml", "CONSOLIDATED_LIST", UN.replace("</INDIVIDUALS>", f"{new}</INDIVIDUALS>")
        )


def test_memory_is_freed_while_elements_are_checked():
    body = "<a><b>1</b></a>" * 1000
    source = Source.of_bytes("xml", f"<r>{body}</r>".encode(), name="list.xml")
    nodes = read_nodes(source, frozenset("a"), root="r", audit=Audit(), ignored=frozenset())
    siblings = [len(node._element.getparent()) for node in nodes]
    assert siblings[-1] <= 2
