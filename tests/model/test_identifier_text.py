"""Numbers as forms, exports and lists write them: each gives its key, or says why it has none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from limen.model import Party
from limen.model.identifier_text import is_placeholder, plain_digits, read_number
from limen.model.identifiers import SCHEMES, identifiers, read_identifiers

READ = [
    ("imo", "Flag 12, IMO 7406784", "7406784"),
    ("imo", "7406784.0", "7406784"),
    ("imo", "７４０６７８４", "7406784"),
    ("imo", "٧٤٠٦٧٨٤", "7406784"),
    ("imo", "IMO:7406784 (ex)", "7406784"),
    ("mmsi", "MMSI 273123456", "273123456"),
    ("lei", "LEI:529900T8BM49AURSDO55", "529900T8BM49AURSDO55"),
    ("lei", "5299 00T8 BM49 AURS DO55", "529900T8BM49AURSDO55"),
    ("bic", "SWIFT: VTBRRUMM", "VTBRRUMM"),
    ("bic", "sabr ru mm xxx", "SABRRUMM"),
    ("wallet", "XBT 1BoatSLRHtKNngkdXEeobR76b53LETtpyT", "1BoatSLRHtKNngkdXEeobR76b53LETtpyT"),
    ("wallet", "bitcoin:1BoatSLRHtKNngkdXEeobR76b53LETtpyT", "1BoatSLRHtKNngkdXEeobR76b53LETtpyT"),
    ("wallet", "0xAB5801A7D398351B8BE11C439E05C5B3259AEC9B", "0xab5801a7d398351b8be11c439e05c5b3259aec9b"),
    ("wallet", "AB5801A7D398351B8BE11C439E05C5B3259AEC9B", "0xab5801a7d398351b8be11c439e05c5b3259aec9b"),
    ("document", "Passport No. 530001234", "530001234"),
    ("document", "530001234.0", "530001234"),
    ("document", "53\u200b0001234", "530001234"),
    ("document", "53\ue0000001234", "530001234"),
    ("document", "53\u200c0001\u200d234", "530001234"),
    ("document", "53\u28000001\U000e0041234", "530001234"),
    ("imo", "918\ufe0f7629", "9187629"),
    ("imo", "918\x857629", "9187629"),
    ("wallet", "1Boat\u3164SLRHtKNngkdXEeobR76b53LETtpyT", "1BoatSLRHtKNngkdXEeobR76b53LETtpyT"),
    ("document", "№ 4509 123456", "4509123456"),
    ("document", "AB123456; CD654321", "CD654321"),
    ("document", "AB123456, CD654321", "AB123456"),
    ("document", "530001234 (Russia)", "530001234"),
    ("document", "0031479317", "31479317"),
    ("document", "31479O17", "31479017"),
    ("document", "3l479317", "31479317"),
    ("document", "2844OOOO526", "28440000526"),
    ("document", "ОКПО 0031479317", "31479317"),
    ("document", "В38НР2825", "B38HP2825"),
    ("mark", "UАLW", "UALW"),
    ("mark", "EP-PUS", "EPPUS"),
    ("mark", "3E4139", "3E4139"),
    ("mark", "C/S 3E4139", "3E4139"),
    ("mark", "Tail number EP-PUS", "EPPUS"),
    ("email", "mailto:Info@Bank.RU", "info@bank.ru"),
    ("email", "E-mail: <info@bank.ru>", "info@bank.ru"),
    ("phone", "+7 (495) 739-77-99", "74957397799"),
    ("phone", "Tel. 007 495 7397799", "74957397799"),
    ("website", "https://www.VTB.ru/en/", "vtb.ru"),
    ("website", "Website: vtb.ru", "vtb.ru"),
]  # fmt: skip


SPACED = [
    ("email", "i n f o @ v t b . r u", "info@vtb.ru"),
    ("website", "w w w . v t b . r u", "vtb.ru"),
    ("phone", "+ 7   4 9 5   7 3 9 - 7 7 - 9 9", "74957397799"),
    ("imo", "IMO 9 1 8 7 6 2 9", "9187629"),
    ("mmsi", "2 7 3 1 2 3 4 5 6", "273123456"),
    ("bic", "SWIFT V T B R R U M M", "VTBRRUMM"),
    ("lei", "L E I   5 2 9 9 0 0 T 8 B M 4 9 A U R S D O 5 5", "529900T8BM49AURSDO55"),
    ("wallet", "0 x " + " ".join("ab5801a7d398351b8be11c439e05c5b3259aec9b"),
     "0xab5801a7d398351b8be11c439e05c5b3259aec9b"),
]  # fmt: skip


@pytest.mark.parametrize(("space", "printed", "key"), [*READ, *SPACED])
def test_a_number_is_read_as_it_is_written(space, printed, key):
    found = read_number(space, printed)
    assert key in found.keys
    assert not found.unread


UNREAD = [
    ("imo", "12345"), ("imo", "9.18763E+06"), ("lei", "not a lei"), ("bic", "VTBRRUM"),
    ("bic", "VTBRRUMMXXXX"), ("document", "1.23457E+11"), ("document", "12345"), ("document", "Passport 03574"), ("email", "info"),
    ("phone", "123456"), ("website", "our site"), ("mark", "X-1"), ("mmsi", "12345678"),
]  # fmt: skip


@pytest.mark.parametrize(("space", "printed"), UNREAD)
def test_what_cannot_be_read_says_why(space, printed):
    assert read_number(space, printed).keys == ()
    assert read_number(space, printed).unread


@pytest.mark.parametrize(
    "text", ["Unknown", "NULL", "N/A", "n.a.", "NOTPROVIDED", "-", "None", "000000000", "xxx", ""]
)
def test_a_placeholder_is_no_value(text):
    assert is_placeholder(text)
    assert list(read_identifiers(Party("Person", {"passportNumber": (text,)}))) == []


@pytest.mark.parametrize("text", ["Nil Özdemir", "NA12345", "Unknown Ltd", "1234567", "00000001"])
def test_what_only_begins_like_a_placeholder_is_a_value(text):
    assert not is_placeholder(text)


def test_a_wallet_is_found_in_any_document_field():
    wallet = "0x" + "ab" * 20
    (number,) = identifiers(Party("Person", {"idNumber": (wallet,)}))
    assert ("wallet", wallet) in number.keys


def test_a_tail_number_is_compared_among_marks_whatever_the_schema():
    for schema in ("Airplane", "Company"):
        (number,) = identifiers(Party(schema, {"registrationNumber": ("EP-PUS",)}))
        assert ("mark", "EPPUS") in number.keys


@pytest.mark.parametrize(
    "printed", ["8-0788", "No. 8-0788", "Reg. No. 8-0788", "№ 8-0788 (ex)", "Tail number 8-0788"]
)
def test_words_before_a_short_number_leave_it_its_key(printed):
    for schema in ("Airplane", "Company"):
        (number,) = identifiers(Party(schema, {"registrationNumber": (printed,)}))
        assert ("mark", "80788") in number.keys


def test_words_alone_are_no_mark_of_a_company():
    (number,) = read_identifiers(Party("Company", {"registrationNumber": ("Register of London",)}))
    assert number.keys == ()


def test_wrong_check_digits_are_known():
    (number,) = identifiers(Party("Vessel", {"imoNumber": ("9074728",)}))
    assert number.is_valid() is False
    assert number.keys == (("imo", "9074728"),)


@given(st.sampled_from(sorted({scheme.space for scheme in SCHEMES.values()})), st.text(max_size=60))
def test_every_text_gives_keys_or_a_reason_or_is_a_placeholder(space, text):
    found = read_number(space, text)
    assert all(found.keys)
    assert is_placeholder(plain_digits(text)) or bool(found.keys) != bool(found.unread)


@given(
    st.from_regex(r"[A-Z]{2}[0-9]{6,9}", fullmatch=True), st.sampled_from([" ", "-", ".", "\u00ad"])
)
def test_what_stands_between_characters_never_matters(number, between):
    assert number in read_number("document", between.join(number)).keys
