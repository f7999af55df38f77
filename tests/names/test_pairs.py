"""What is one name and what is two: the failure corpus, and the customs of names."""

from __future__ import annotations

import pytest

from limen.names import DEFAULT_THRESHOLD, compare, score

ONE_NAME = [
    # enforcement cases: each was a true party that a screen let through
    ("Company", "SIS DOO", "SIS d.o.o.", "Apple 2019: the legal form was written apart"),
    ("Company", "Almaz Antey", "JSC Almaz-Antey", "Cobham 2018: all-word matching"),
    ("Person", "Dmitrii Ovsiannikov", "Dmitriy Ovsyannikov", "OFSI 2026: passport spelling"),
    ("Person", "Dmitry Ovsyannikov", "Dmitriy Vladimirovich Ovsyannikov", "middle name missing"),
    ("LegalEntity", "Huawei", "HUAWEI TECHNOLOGIES CO., LTD.", "one word that few names have"),
    # scripts
    ("Person", "Сергей Шойгу", "Sergei Shoigu", "Cyrillic"),
    ("Person", "حسین موسوی", "Hussein Mousavi", "Persian consonants"),
    ("Person", "أسامة بن لادن", "Osama bin Laden", "Arabic consonants"),
    ("Person", "习近平", "Xi Jinping", "Chinese, family name first"),
    ("Person", "김정은", "Kim Jong Un", "Korean"),
    ("Person", "Бaрaк Обама", "Barack Obama", "Latin a in Cyrillic words"),
    ("Company", "ООО Велесстрой", "Velesstroy LLC", "OOO is a limited company"),
    ("Company", "Акционерное общество Газпром", "Gazprom JSC", "a form in words"),
    # spelling
    ("Person", "Usama bin Ladin", "Osama bin Laden", "Arabic spellings"),
    ("Person", "Nooruddin Turabi", "Noor ud-Din Turabi", "written together or apart"),
    ("Person", "Abdurrahman Yasin", "Abd al-Rahman Yassin", "abd- is one part"),
    ("Person", "VladimirPutin", "Vladimir Putin", "blank lost"),
    ("Person", "V. Putin", "Vladimir Putin", "initial"),
    ("Person", "Bill Clinton", "William Clinton", "nickname"),
    ("Person", "PUTIN, Vladimir", "Vladimir Putin", "order"),
    ("Person", "Mr. Vladimir Putin", "Vladimir Putin", "title"),
    ("Organization", "IRGC", "Islamic Revolutionary Guard Corps", "acronym"),
    (
        "Organization",
        "ISLAMIC REPUBLIC OF IRAN SHIPPING L",
        "Islamic Republic of Iran Shipping Lines",
        "cut at 35 characters",
    ),
    ("Organization", "Brigade Forty Four", "Brigade 44", "numbers in words"),
    ("Organization", "Al-Qa'ida/Islamic Army", "Al Qaeda", "two names in one"),
    # slips
    ("Person", "Ahma dShafai", "Ahmad Shafai", "a blank moved"),
    ("Company", "LIMITED LIAVILTIY COMPANY MEEHANITE", "Meehanite LLC", "a form misspelt"),
    ("Company", "JIANDI HKLIMITED", "Jiandi HK Limited", "a form written together"),
    ("Company", "EDINYFAKTOR OOO International", "EDINYFAKTOR OOO", "a word after the form"),
    ("Organization", "UAC", "United Aircraft Corporation", "the form is a letter of it"),
    ("Person", "Yu. Gagarin", "Юрий Гагарин", "an initial of two letters"),
    ("Person", "रतन टाटा", "Ratan Tata", "an a that is not written"),
    ("Person", "しんぞう あべ", "Shinzo Abe", "kana"),
    (
        "Company",
        "北京开封机械有限公司",
        "Beijing Kaifeng Machinery Co Ltd",
        "words and a form in Han",
    ),
    ("Vessel", "MV SUEZ RAJAN", "Suez Rajan", "a ship's prefix"),
]
TWO_NAMES = [
    ("Company", "EMMA LLC", "LLC", "a legal form is not a name"),
    ("Company", "AJAX CORP", "11420 CORP.", "watchman 483: the number is the name"),
    ("Person", "George Bush", "George Habbash", "watchman 338: a common first name"),
    ("Company", "Fund 5 LP", "Fund 8 LP", "numbers decide"),
    ("Company", "VTB Capital", "VTB Leasing", "sister companies"),
    ("Person", "Sergey Viktorovich Lavrov", "Sergey Ivanovich Lavrov", "father's name replaced"),
    ("Person", "Viktor Yakunin", "Vladimir Yakunin", "first name replaced"),
    ("Person", "Rustam Kadyrov", "Rustam Aselderov", "family name replaced"),
    ("Person", "N.N.", "Nursultan Nazarbayev", "initials alone"),
    ("Person", "习近平", "习近朋", "another character is another name"),
    ("Person", "سلام معيد", "Salim Majdi Ahmad", "a long vowel is not another"),
    ("Person", "준혁 김", "Kim Jin Hyok", "a syllable is read in one way"),
    ("Vessel", "Pacific Venture", "VENTURE", "a word more is another ship"),
    ("LegalEntity", "Kim Services Ltd", "Kim Jong Un", "a company is nobody"),
]


@pytest.mark.parametrize(("schema", "one", "two", "because"), ONE_NAME)
def test_one_name(schema, one, two, because):
    assert score(one, two, schema) >= DEFAULT_THRESHOLD, because


@pytest.mark.parametrize(("schema", "one", "two", "because"), TWO_NAMES)
def test_two_names(schema, one, two, because):
    assert score(one, two, schema) < DEFAULT_THRESHOLD, because


def test_a_rare_name_says_more_than_a_common_one():
    common = score("Mohammed Ali", "Mohammed Ali", "Person")
    rare = score("Yevgeny Prigozhin", "Yevgeny Prigozhin", "Person")
    assert DEFAULT_THRESHOLD <= common < rare


def test_what_is_missing_costs_less_than_what_contradicts():
    missing = score("Igor Sechin", "Igor Ivanovich Sechin", "Person")
    contradicted = score("Igor Petrovich Sechin", "Igor Ivanovich Sechin", "Person")
    assert contradicted < DEFAULT_THRESHOLD <= missing


def test_a_comparison_names_what_met_what():
    found = compare("V. Putin", "PUTIN, Vladimir Vladimirovich", "Person")
    kinds = {(pair.query, pair.listed): pair.kind for pair in found.alignment}
    assert kinds[("Putin", "PUTIN")] == "identical"
    assert ("V", "Vladimir") in kinds or ("V", "Vladimirovich") in kinds
    assert "missing_query" in kinds.values()
    assert found.score == score("V. Putin", "PUTIN, Vladimir Vladimirovich", "Person")
    assert "Putin" in found.sentence


def test_a_comparison_points_into_the_raw_text():
    one, two = "Mr.  Сергей  ШОЙГУ", "SHOIGU, Sergei"
    for pair in compare(one, two, "Person").alignment:
        if pair.query_span:
            assert one[slice(*pair.query_span)] == pair.query
        if pair.listed_span:
            assert two[slice(*pair.listed_span)] == pair.listed


def test_a_miss_says_what_would_have_made_it_a_match():
    assert "Petrovich" in compare("Igor Petrovich Sechin", "Igor Ivanovich Sechin", "Person").flips


#: Companies that share a general word, a short legal form or a first letter, and nothing else.
STRANGERS = (
    ("VTB Bank PJSC", "IS BANK, AO"),
    ("Blomqvist Engineering B.V.", "VEB ENGINEERING LLC"),
    ("Hayashibara Ceramics K.K.", "KALASHNIKOV CONCERN"),
    ("Conservas del Cantábrico, S.L.", "STROYGAZMONTAZH"),
    ("Modern Varna Finance Corp.", "M-Finance"),
    ("Bergen Capital S.L.", "LIMITED LIABILITY COMPANY SBERBANK CAPITAL"),
    ("Development Bank of the Highlands", "Black Sea Bank for Development and Reconstruction"),
    ("Timber Company of Denver", "TIMBER CORPORATION"),
    ("Ross A.S.", "RIHS"),
    ("TANGO DREAM", "TANGO"),
)


@pytest.mark.parametrize(("one", "two"), STRANGERS)
def test_general_words_make_no_company_another(one, two):
    assert score(one, two, "Company") < DEFAULT_THRESHOLD
