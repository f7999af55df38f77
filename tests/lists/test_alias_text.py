"""The several names one printed alias may hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from limen.lists.parsing.alias_text import names_in


@pytest.mark.parametrize(
    ("printed", "note", "names"),
    [
        ("Frank Kakorere", "", ("Frank Kakorere",)),
        ("Abdul Rehman; Abd Ur-Rehman", "", ("Abdul Rehman", "Abd Ur-Rehman")),
        ("El Harrachi (الحراشي)", "", ("El Harrachi", "الحراشي")),
        ("حسن غول (Hassan Ghul; Hassan Gul)", "", ("حسن غول", "Hassan Ghul", "Hassan Gul")),
        ("Abubakar (original script: Абубакар)", "", ("Abubakar", "Абубакар")),
        ("Sever", "original script: Север", ("Sever", "Север")),
        ("شيخ يونس", "Yunis al-Mauritani; Younis", ("شيخ يونس", "Yunis al-Mauritani", "Younis")),
        ("El Para (combat name)", "", ("El Para",)),
        ("Валентина МАТВИЕНКО (born ТЮТИНА)", "", ("Валентина МАТВИЕНКО",)),
        ("Wafiq (a.k.a. Wafeeq) NASSER", "", ("Wafiq NASSER",)),
        ("Abdul Baqi", "previously listed as", ("Abdul Baqi",)),
        ("Khirullah, born in Kandahar on 01 Jan.1967", "", ("Khirullah",)),
        ("Юрий ЛЕОНОВ / Юрiй ЛЕОНОВ", "", ("Юрий ЛЕОНОВ", "Юрiй ЛЕОНОВ")),
        (
            "Акционерное Общество «Ангстрем» (АО «Ангстрем»)",
            "",
            ("Акционерное Общество «Ангстрем»", "АО «Ангстрем»"),
        ),
        ("Al-Haramain (Ethiopia branch)", "", ("Al-Haramain (Ethiopia branch)",)),
        ("Lom-ali Butayev (Butaev)", "", ("Lom-ali Butayev (Butaev)",)),
        ("Rossiya RTR / Planeta", "", ("Rossiya RTR / Planeta",)),
    ],
)
def test_names_in_one_alias(printed, note, names):
    assert names_in(printed, note) == names


@given(st.text(max_size=60), st.text(max_size=30))
def test_any_text_can_be_read(text, note):
    for name in names_in(text, note):
        assert name == name.strip()
