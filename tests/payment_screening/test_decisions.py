"""A transaction passes only where every element of it was read, compared and found nothing."""

from __future__ import annotations

from io import BytesIO

import pytest
from msgspec.structs import replace
from tests.payment_messages import pacs008, transaction
from tests.screened import small_home
from tests.worlds import Band, a_list, listed, registry, world

from limen.model import InputError
from limen.payment_screening.policy_file import parse_policy
from limen.payments import Message, read_payments
from limen.util.budget import Budget


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    return small_home(tmp_path_factory.mktemp("payments"))


def decided(engine, *, channel=None, as_of=None, **given):
    (answer,) = engine.screen_payment(
        pacs008(transaction(**given)), channel=channel, as_of=as_of
    ).transactions
    return answer


INVOICER = "<RmtInf><Strd><Invcr><Nm>AKSYONOV SERGEY VALERYEVICH</Nm></Invcr></Strd></RmtInf>"
PLANTED = {
    "debtor": {"debtor": "SERGEY VALERYEVICH AKSYONOV"},
    "or order": {"creditor": "SERGEY VALERYEVICH AKSYONOV OR ORDER"},
    "both holders": {"creditor": "ANNA UNLISTED AND/OR SERGEY VALERYEVICH AKSYONOV"},
    "account number": {"creditor": "40817810000000001 SERGEY VALERYEVICH AKSYONOV"},
    "agent by BIC": {"creditor_agent": "PRMSRUMMXXX"},
    "remittance": {"remittance": "RENT FEBRUARY SERGEY VALERYEVICH AKSYONOV FLAT 3"},
    "vessel by IMO": {"remittance": "FREIGHT MV SIG IMO 9735335"},
    "ultimate creditor": {"more": "<UltmtCdtr><Nm>Promsvyazbank</Nm></UltmtCdtr>"},
    "invoicer": {"more": INVOICER},
}


@pytest.mark.parametrize("given", PLANTED.values(), ids=list(PLANTED))
def test_a_listed_party_in_any_role_is_a_hold(engine, given):
    answer = decided(engine, **given)
    assert (answer.decision, answer.outcome) == ("hold", "hit")
    (element,) = [each for each in answer.elements if each.findings]
    assert element.text in pacs008(transaction(**given)).decode()
    assert any(element.path in reason for reason in answer.reasons)


def test_an_innocent_payment_passes_with_its_elements(engine):
    answer = decided(engine)
    assert (answer.decision, answer.outcome, answer.reasons) == ("pass", "clear", ())
    roles = {(each.role, each.kind) for each in answer.elements}
    assert {("debtor", "name"), ("creditor_agent", "bic"), ("remittance", "text")} <= roles
    assert answer.unscreened > 0
    assert answer.stamp.versions == {"un_sc": "2022-02-25"}


def test_spans_lead_to_the_bytes_that_were_sent(engine):
    data = pacs008(transaction(debtor="Анна Unlisted", creditor="SERGEY AKSYONOV & SONS"))
    (answer,) = engine.screen_payment(data).transactions
    for element in answer.elements:
        sent = data[slice(*element.span)].decode().replace("&amp;", "&")
        assert sent == element.text


@pytest.mark.parametrize("creditor", ["SERGEY AKSENOV", "SERGEJ AKSJONOW", "AKSYONOV SERGEY"])
def test_the_strict_channel_holds_a_given_name_and_surname(engine, creditor):
    assert decided(engine, channel="strict", creditor=creditor).decision == "hold"
    assert decided(engine, channel="strict", creditor="ANNA UNLISTED").decision == "pass"


def test_the_instant_channel_does_not_verify_payer_and_payee_and_says_so(engine):
    given = {"debtor": "SERGEY VALERYEVICH AKSYONOV", "creditor": "Promsvyazbank"}
    answer = decided(engine, channel="sct_inst", **given)
    assert answer.decision == "reject"  # by the lists of other authorities
    lists = {listing.list for each in answer.findings for listing in each.listings}
    assert lists
    assert not any(name.startswith("eu") for name in lists)
    assert "listings of EU that freeze assets" in answer.notices[0]
    assert "Article 5d(2)" in answer.notices[0]
    unverified = {each.role for each in answer.elements if each.unverified}
    assert unverified == {"debtor", "creditor"}
    assert decided(engine, channel="default", **given).decision == "hold"
    third = decided(
        engine, channel="sct_inst", more="<UltmtCdtr><Nm>Promsvyazbank</Nm></UltmtCdtr>"
    )
    assert third.decision == "reject"


@pytest.fixture(scope="module")
def listed_by_the_eu(tmp_path_factory):
    journal = [
        listed("32014R0269:I:1", "Kestrel Harbour Bank", "Company", programmes=("EU-UKR",)),
        listed("32014R0833:IV:1", "Quillfeather Optics", "Company", programmes=("EU-RUS",)),
        listed("32099R0001:I:1", "Wexcombe Mineral Trust", "Company", programmes=("EU-NONE",)),
    ]
    lists = registry(a_list("eu_journal", "EU"), a_list("us_ofac_sdn", "US"))
    american = listed("7", "Marlowe Freightways", "Company", programmes=("RUSSIA-EO14024",))
    home = tmp_path_factory.mktemp("instant")
    versions = {"eu_journal": {"2024-05-28": journal}, "us_ofac_sdn": {"2024-05-28": [american]}}
    return world(home, lists, versions)


@pytest.mark.parametrize(
    ("name", "decision"),
    [
        ("Kestrel Harbour Bank", "pass"),  # assets are frozen
        ("Wexcombe Mineral Trust", "pass"),  # by an act that is not known
        ("Quillfeather Optics", "reject"),  # no dual-use goods
        ("Marlowe Freightways", "reject"),  # by another authority
    ],
)
def test_the_instant_channel_leaves_out_targeted_measures_alone(listed_by_the_eu, name, decision):
    by_channel = {
        channel: decided(listed_by_the_eu, channel=channel, as_of="2024-05-28", creditor=name)
        for channel in ("default", "sct_inst")
    }
    assert by_channel["default"].decision == "hold"
    assert by_channel["sct_inst"].decision == decision
    other = {"more": f"<UltmtCdtr><Nm>{name}</Nm></UltmtCdtr>"}
    third = decided(listed_by_the_eu, channel="sct_inst", as_of="2024-05-28", **other)
    assert third.decision == "reject"


def test_a_cut_name_is_found_by_its_beginning(engine, tmp_path_factory):
    long = "Islamic Republic of Somewhere Shipping Lines Company for Trade"
    lists = registry(a_list("un_sc", "UN", max_age_days=14, records=Band(min=1, max=10)))
    home = tmp_path_factory.mktemp("cut")
    own = world(home, lists, {"un_sc": {"2022-02-25": [listed("9", long, "Company")]}})
    cut = long.upper()[:35]
    answer = decided(own, creditor=cut, as_of="2022-03-01")
    assert answer.decision == "hold"
    (finding,) = answer.findings
    assert finding.features[0].query == cut
    assert "may go on" in finding.features[0].detail


def test_what_could_not_be_compared_is_a_hold_with_its_element(engine):
    answer = decided(engine, creditor="NOTPROVIDED")
    assert (answer.decision, answer.outcome) == ("hold", "cannot_say")
    (element,) = [each for each in answer.elements if each.reasons]
    assert (element.role, element.kind) == ("creditor", "name")


def test_what_is_not_answered_in_time_is_a_hold(engine):
    data = pacs008(transaction(debtor="Late Payer", creditor="Late Payee", remittance="Late 1"))
    late = engine.screen_payment(data, budget=Budget(deadline=0.0))
    assert late.decision == "hold"
    (answer,) = late.transactions
    assert answer.outcome == "cannot_say"
    assert len(answer.reasons) > 2
    assert all("not answered within 5 s" in reason for reason in answer.reasons)
    assert engine.screen_payment(data).decision == "pass"


def test_a_stale_list_holds_everything(engine):
    answer = decided(engine, as_of="2022-02-01")
    assert (answer.decision, answer.outcome) == ("hold", "cannot_say")
    assert "un_sc" in answer.reasons[0]


def test_a_listing_of_later_does_not_hold_an_earlier_payment(engine):
    given = {"creditor_agent": "PRMSRUMM"}
    assert decided(engine, as_of="2022-02-20", **given).decision == "pass"
    assert decided(engine, as_of="2022-02-26", **given).decision == "hold"


@pytest.mark.parametrize(
    "data", [b"<Document><Cut", b"no payment at all", pacs008(), pacs008(transaction())[:-60]]
)
def test_what_is_no_whole_message_is_a_hold(engine, data):
    answer = engine.screen_payment(data)
    assert answer.decision == "hold"


def test_a_message_that_is_cut_off_still_answers_what_was_read(engine):
    data = pacs008(transaction(1), transaction(2, creditor_agent="PRMSRUMM"), transaction(3))
    whole, cut = (engine.screen_payment(part) for part in (data, data[:-200]))
    assert [each.decision for each in whole.transactions] == ["pass", "hold", "pass"]
    assert [each.decision for each in cut.transactions][:2] == ["pass", "hold"]
    assert cut.transactions[-1].problems


def test_the_same_questions_are_answered_alike_whatever_is_remembered(engine):
    many = pacs008(*(transaction(n, creditor="SERGEY VALERYEVICH AKSYONOV") for n in range(70)))
    first, *rest = engine.screen_payment(many).transactions
    alone = decided(engine, creditor="SERGEY VALERYEVICH AKSYONOV")
    assert [each.findings for each in rest] == [first.findings] * 69
    assert first.findings == alone.findings


def test_a_role_that_a_channel_does_not_screen_is_named(engine):
    policy = parse_policy(
        b'default_channel = "agents"\n[channels.agents]\ndescription = "Agents alone."\n'
        b'roles = ["creditor_agent"]\n',
        "own.toml",
    )
    (answer,) = engine.screen_payment(
        pacs008(transaction(debtor="SERGEY VALERYEVICH AKSYONOV")), policy=policy
    ).transactions
    assert answer.decision == "pass"
    assert {each.role for each in answer.elements} == {"creditor_agent"}
    assert "only these roles" in answer.notices[0]


CODES = {
    "clearing code": "<ClrSysId><Cd>RUCBC</Cd></ClrSysId><MmbId>044525225</MmbId></ClrSysMmbId>",
    "a name as code": "<ClrSysId><Prtry>PROMSVYAZBANK</Prtry></ClrSysId><MmbId>1</MmbId>"
    "</ClrSysMmbId><Nm>PROMSVYAZBANK</Nm>",
}


@pytest.mark.parametrize("code", CODES.values(), ids=list(CODES))
def test_a_clearing_code_ends_no_message(engine, code):
    agent = f"<IntrmyAgt1><FinInstnId><ClrSysMmbId>{code}</FinInstnId></IntrmyAgt1>"
    answer = decided(engine, more=agent)
    assert not any("unexpected" in reason for reason in answer.reasons)
    assert answer.decision == "hold" or "<Nm>" not in code


def test_an_unexpected_error_is_a_hold_of_its_transaction_alone(engine, caplog):
    message = next(read_payments(BytesIO(pacs008(*map(transaction, (1, 2, 3))))))
    first, second, third = message.transactions
    party = second.parties[0]
    broken = replace(party, elements=(replace(party.elements[0], text=None),))
    second = replace(second, parties=(broken,))
    sent = Message(1, format="iso20022", kind=message.kind, transactions=(first, second, third))
    answers = list(engine.screen_payments([sent]))
    assert [answer.decision for answer in answers] == ["pass", "hold", "pass"]
    assert "could not be screened" in answers[1].reasons[0]
    assert "Unlisted" not in caplog.text
    assert "transaction 2" in caplog.text


def test_an_unknown_channel_is_refused(engine):
    with pytest.raises(InputError, match="no channel 'sct'"):
        engine.screen_payment(pacs008(transaction()), channel="sct")


@pytest.mark.parametrize("seconds", [0, -1.5])
def test_a_budget_without_time_is_refused(engine, seconds):
    with pytest.raises(InputError, match="is no time to answer in"):
        engine.screen_payment(pacs008(transaction()), budget=Budget(seconds=seconds))


def test_the_seconds_of_a_budget_begin_with_the_question(engine):
    new = pacs008(transaction(creditor="Nobody Else Has This Name", remittance="Invoice 98765"))
    answer = engine.screen_payment(new, budget=Budget(seconds=1e-9))
    assert answer.decision == "hold"
    assert "not answered within 1e-09 s" in "".join(answer.transactions[0].reasons)
