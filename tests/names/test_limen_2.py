"""``limen-2``: what its measures may do, the kinds of names it must tell apart, and its tables."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.names.test_laws import names, quick

from limen.names import compare, matcher_named, score
from limen.names.kernels.evidence.weigh import MEASURES
from limen.names.matchers import limen_2_tables
from limen.names.matchers.limen_2_tables import COMPILED, build, encoded, tables

THRESHOLD = 0.7
#: Any string, lone surrogates and unassigned planes with it.
anything = st.text(st.characters(), max_size=60)
schemas = st.sampled_from(["Person", "Company", "Organization", "Vessel", "Thing"])


def test_the_compiled_tables_are_those_of_the_reviewed_files():
    assert COMPILED.read_bytes() == encoded(build()), (
        "run python -m limen.names.matchers.limen_2_tables"
    )


def test_every_measure_has_a_slope_and_none_raises_a_score():
    assert [len(column) for column in tables().slopes] == [MEASURES] * len(limen_2_tables.COLUMNS)
    assert all(slope >= 0 for column in tables().slopes for slope in column)


@quick
@given(one=anything, two=anything, schema=schemas)
def test_a_score_is_symmetric_and_never_fails(one, two, schema):
    found = score(one, two, schema, "limen-2")
    assert 0 <= found <= 1
    assert found == score(two, one, schema, "limen-2")


@pytest.mark.parametrize(
    ("schema", "one", "two"),
    [
        ("Company", "Rosneft Oil", "Open Joint Stock Company Rosneft Oil Company"),
        ("Company", "VTB Bank", "VTB BANK PJSC"),
        ("Company", "Huawei", "HUAWEI TECHNOLOGIES CO., LTD."),
        ("Company", "Rosoboronexport OJSC", "ROSOBORONEXPORT"),
        ("Company", "Islamic Revolutionary Guard Corps", "IRGC"),
        ("Person", "Vladimir Putin", "PUTIN, Vladimir Vladimirovich"),
        ("Person", "Mohammad Ahmed", "AHMAD, Mohamed"),
        ("Person", "Юрий Ковальчук", "KOVALCHUK, Yuri"),
        ("Vessel", "ADRIAN DARYA 1", "Adrian Darya-1"),
        ("Company", "ABC Company", "A.B.C. Co."),
        ("Company", "SiemensAG", "Siemens AG"),
        ("Company", "Exxor Mobil Corporation", "Exxon Mobil Corporation"),
        ("Person", "RezaPARSAEI", "PARSAEI, Reza"),
        ("Person", "Shoigu Sergey Shoigu", "Sergey Shoigu"),
        ("Person", "I. Sechin", "Igor Ivanovich SECHIN"),
        ("Person", "Wladimir Solowjow", "Vladimir Rudolfovich SOLOVYOV"),
        ("Person", "Vladimir Poutine", "PUTIN, Vladimir Vladimirovich"),
        ("Person", "Nikita Chruszczow", "Nikita Khrushchev"),
        ("Person", "박근혜", "Park Geun-hye"),
        ("Vessel", "M/S Madhav", "MADHAV"),
        ("Vessel", "Mr. STALINGRAD", "STALINGRAD"),
        ("Company", "Sberbnak", "Sberbank"),
        ("Company", "Appel Inc.", "Apple Inc."),
        ("Company", "NIOC", "National Iranian Oil Company (NIOC)"),
        ("Company", "National Iranian Oil Company (NIOC)", "National Iranian Oil Company"),
        ("Person", "بخت گل", "BAKHT GUL"),
        ("Person", "محمد حسن رحمانی", "MOHAMMAD HASAN RAHMANI"),
        ("Person", "عبد الحق وثيق", "Abdul-Haq Wassiq"),
        ("Person", "عباسعلی محمدیان", "Abbas-Ali Mohammadian"),
        ("Person", "حسن رحیم پور ازغدی", "Hasan Rahimpour Azghadi"),
        ("Person", "خيرالله خيرخواه", "Khairullah Khairkhwah"),
        ("Person", "رامي مخلوف", "Rami MAKHLUF"),
        ("Person", "משה שרביט", "Moshe Sharvit"),
        ("Person", "KIM SKO CHOL", "KIM SOK CHOL"),
        ("Person", "ADBUL BARI AKHUND", "ABDUL BARI AKHUND"),
        ("Person", "SABAWI IBRAHIM AL-TIKRITI, SA'D", "SA'D SABAWI IBRAHIM AL-TIKRITI"),
    ],
)  # fmt: skip
def test_one_party(schema, one, two):
    assert score(one, two, schema, "limen-2") >= THRESHOLD


@pytest.mark.parametrize(
    ("schema", "one", "two", "because"),
    [
        ("Company", "Fresenius Medical Care", "Iran Medical Care Research Centre",
         "general words alone are no match"),
        ("Company", "G.A. Holdings Limited", "GOLFRATE HOLDINGS (ANGOLA) LDA",
         "letters are no companies' words"),
        ("Company", "Choice Trading Company", "Element Trading Company", "another brand"),
        ("Company", "Argun", "ARGON OOO", "five letters bear no error"),
        ("Vessel", "OCEAN STAR 5", "OCEAN STAR 6", "another number is another ship"),
        ("Vessel", "KAPITAN DOLGIKH", "KAPITAN DOLGOV", "one word of two is another ship"),
        ("Person", "Ebrahim Khan", "KHAN, Dilawar", "a family name alone"),
        ("Person", "Abdullah Abdullah", "Abdullah", "one word of two"),
        ("Company", "APOLLO COSMETIC SURGICAL CENTER P L",
         "Общество с Ограниченной Ответственностью «Центр»", "a letter is no legal form"),
        ("Company", "KKR & Co. Inc.", "KINGTAIM KHEDMAN RUS", "three letters are many names'"),
        ("Person", "William W. Frost", "Frost, William G.", "another initial is another person"),
        ("Company", "KPL Services P L", "POLYUS SERVICES", "a letter is no company's word"),
        ("Company", "C.B.A. Trading", "A.B.C. Trading", "letters have an order"),
        ("Company", "C.B.A.", "A.B.C.", "letters have an order"),
        ("Person", "SALMAN BIN MUHAMMAD AL-RAWI", "MUHAMMAD BIN SALMAN AL-RAWI",
         "the son is not the father"),
        ("Person", "이재형", "이재명", "another syllable is another name"),
        ("Organization", "Military Unit 26165", "Military Unit 74455", "units are numbers"),
    ],
)  # fmt: skip
def test_two_parties(schema, one, two, because):
    assert score(one, two, schema, "limen-2") < THRESHOLD, because


@quick
@given(one=names | anything, two=names | anything, schema=schemas)
def test_contributions_are_signed_and_sum_to_the_score(one, two, schema):
    found = compare(one, two, schema, "limen-2")
    if found.alignment:
        assert sum(pair.contribution for pair in found.alignment) == pytest.approx(found.score)
    for pair in found.alignment:
        if (
            found.score >= THRESHOLD
            and not (pair.query and pair.listed)
            and pair.kind not in ("initial", "joined", "legal_form")
        ):
            assert pair.contribution <= 0.0001, "what is left on one side adds nothing"


@pytest.mark.parametrize(
    ("one", "two", "kind"),
    [("IRGC", "Islamic Revolutionary Guard Corps", "initial"),
     ("Al maz Ant ey", "Almaz Antey", "joined")],
)  # fmt: skip
def test_no_word_of_an_acronym_is_a_conflict(one, two, kind):
    found = compare(one, two, "Company", "limen-2")
    assert kind in {pair.kind for pair in found.alignment}
    assert "conflict" not in {pair.kind for pair in found.alignment}


@pytest.mark.parametrize(
    ("schema", "raw", "name"),
    [
        ("Person", "1/DERIPASKA OLEG 2/UL MOLODEZHNAYA 3/RU/KRASNODAR", "DERIPASKA OLEG"),
        ("Person", "Igor Sechin PASSPORT 530001", "Igor Sechin"),
        ("Person", "Igor Sechin DOB 07.09.1960", "Igor Sechin"),
        ("Person", "/RU123456 Igor Sechin", "Igor Sechin"),
        ("Company", "/INS/SBERBANK OF RUSSIA PJSC REF 4412", "SBERBANK OF RUSSIA PJSC"),
        ("Company", "OJSC BELARUSKALI KORZHA STR 5 SOLIGORSK 223710", "OJSC BELARUSKALI"),
        ("Company", "ROSNEFT OIL COMPANY 26/1 SOFIYSKAYA EMB MOSCOW", "ROSNEFT OIL COMPANY"),
        ("Vessel", "M/Y DILBAR", "DILBAR"),
        ("Vessel", "M.V. OCEAN STAR (IMO 9187629)", "OCEAN STAR"),
    ],
)  # fmt: skip
def test_a_name_is_read_out_of_what_surrounds_it(schema, raw, name):
    assert name in matcher_named("limen-2").readings(raw, schema)
    assert score(raw, name, schema, "limen-2") == 1


@pytest.mark.parametrize(
    ("schema", "name"),
    [("Person", "My Linh Nguyen"), ("Company", "Air 2000 Ltd"), ("Company", "Stena 5 Line")],
)
def test_a_name_that_is_only_like_a_prefix_stays_whole(schema, name):
    assert matcher_named("limen-2").readings(name, schema) == (name,)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("ROMAN ABRAMOVICH", "ABRAMOVICH, Roman Arkadyevich"),
        ("VIKTOR BOUT", "BOUT, Viktor Anatolijevitch"),
        ("NICOLAS MADURO", "MADURO MOROS, Nicolas"),
        ("MIKHAIL FRIDMAN", "FRIDMAN, Mikhail Maratovich"),
        ("ALI LARIJANI", "LARIJANI, Ali Ardashir"),
        ("ABRAMOVICH R A", "ABRAMOVICH, Roman Arkadyevich"),
    ],
)
def test_a_given_and_a_rare_family_name_are_a_full_name(one, two):
    assert score(one, two, "Person", "limen-2") >= 0.85


@pytest.mark.parametrize(
    ("one", "two", "because"),
    [
        ("YURI KOVALCHUK", "KOVALCHUK, Yuri Valentinovich", "a family name of many"),
        ("MIKHAIL IVANOV", "IVANOV, Mikhail Petrovich", "a family name of many"),
        ("I. SECHIN", "SECHIN, Igor Ivanovich", "the given name is a letter"),
    ],
)
def test_a_full_name_of_many_people_is_a_weak_match(one, two, because):
    assert THRESHOLD <= score(one, two, "Person", "limen-2") < 0.85, because


@pytest.mark.parametrize(
    ("one", "two", "because"),
    [
        ("Roman Arkadyevich", "ABRAMOVICH, Roman Arkadyevich", "a father's name is no family name"),
        ("Roman Abramovich", "ABRAMOVICH, Ivan Arkadyevich", "another given name"),
        ("Muhammad Afzal", "MOHAMMAD AFZAL, Rahmatullah", "two given names of many"),
    ],
)
def test_words_in_common_that_are_no_full_name(one, two, because):
    assert score(one, two, "Person", "limen-2") < THRESHOLD, because
