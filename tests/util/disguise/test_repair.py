"""What hides a text is undone; what is plain stays as it is."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from limen.util.disguise.repair import Repaired, repair, repair_fully

HIDDEN = [
    ("Sim\u00adfe\u200bropol", "Simferopol", "soft hyphen and zero-width space"),
    ("P\u2060u\u2060t\u2060i\u2060n", "Putin", "word joiners between all letters"),
    ("Pu\u200dtin", "Putin", "a joiner between Latin letters"),
    ("Put\x00in", "Putin", "NUL"),
    ("Put\U000e0041in", "Putin", "a tag character"),
    ("\u2066Vladimir\u2069 Putin", "Vladimir Putin", "isolates"),
    ("&#86;ladimir &Pcy;utin", "Vladimir Пutin", "entities"),
    ("O&amp;#39;Brien", "O'Brien", "entities of entities"),
    ("<b>Vladimir</b> Putin", "Vladimir Putin", "tags"),
    ("Vladimir+Putin", "Vladimir Putin", "pluses of a query string"),
    ("Vladimir%20Putin", "Vladimir Putin", "percent signs"),
    ("%D0%9F%D1%83%D1%82%D0%B8%D0%BD", "Путин", "percent signs of UTF-8"),
    ("BÃ¼yÃ¼k", "Büyük", "UTF-8 read as Western"),
    ("ÐŸÑƒÑ‚Ð¸Ð½", "Путин", "Cyrillic UTF-8 read as Western"),
    ("РџСѓС‚РёРЅ", "Путин", "UTF-8 read as Windows Cyrillic"),
    ("V L A D I M I R   P U T I N", "VLADIMIR PUTIN", "spaced letters"),
    ("Ｐｕｔｉｎ", "Putin", "full-width"),
    ("𝐏𝐮𝐭𝐢𝐧", "Putin", "mathematical"),
    ("\u202enituP rimidalV\u202c", "Vladimir Putin", "right-to-left override"),
    ("РUТІN", "PUTIN", "look-alikes among Latin letters are another reading"),
    ("НАТО", "HATO", "a text of look-alikes alone"),
    ("PUT1N", "PUTiN", "a digit for a letter"),
    ("P4vl0v", "Pavlov", "digits for letters"),
    ("V14d1m1r", "Viadimir", "most letters are digits"),
    ("V.l.a.d.i.m.i.r. .P.u.t.i.n", "Vladimir Putin", "a dot between all letters"),
    ("J-A-I-S-H---I M-O", "JAISH-I MO", "a hyphen of the name among the marks"),
    ("R*I*, J*a*e I*l", "RI Jae Il", "a comma behind a word whose letters are marked out"),
    ("M-i-n M-i-n O-o", "Min Min Oo", "words of two and three letters"),
    ("S_e_i_n W_i_n", "Sein Win", "short words, all of them marked out"),
    ("P-u-t-i-n Vladimir", "Putin Vladimir", "one word marked out"),
    ("VladimirPutin", "Vladimir Putin", "words run together"),
    ("PUTINVladimir", "PUTIN Vladimir", "a surname in capitals run into the next word"),
    ("Vladi-\n mir Putin", "Vladimir Putin", "a word cut at the end of a line"),
    ("Vladimir\u2800Putin", "Vladimir Putin", "an empty Braille cell is a blank"),
    ("Vladimir\u3164Putin", "Vladimir Putin", "a Hangul filler is a blank"),
    ("=?utf-8?b?0J/Rg9GC0LjQvQ==?=", "Путин", "an encoded word of mail"),
    ("НАМАЅ Group я", "HAMAS Group я", "a Russian letter elsewhere hides no look-alikes"),
    ("Роман Aбрамович", "Роман Абрамович", "look-alikes in a Russian name stay Russian"),
    ("Vladimir\u200bPutin", "Vladimir Putin", "a blank without width between words"),
    ("=D0=9F=D1=83tin", "Пуtin", "quoted-printable"),
    ("\\u041f\\u0443\\u0442\\u0438\\u043d", "Путин", "escapes of JSON"),
    ("\\x50\\x75tin", "Putin", "escapes of bytes"),
    ("ꓑꓴꓔꓲꓠ", "PUTIN", "letters of Lisu look Latin"),
    ("Seiո Wiո", "Sein Win", "Armenian letters among Latin ones"),
    ("Пyтин", "Путин", "a Latin letter among Cyrillic ones"),
    ("BUTK4, Spir0", "BUTKa, Spiro", "a digit behind letters"),
    ("Lu'ai AL-4LI", "Lu'ai AL-aLI", "a digit behind a hyphen"),
    ("A1-Watan", "Al-Watan", "a digit before a hyphen"),
]


@pytest.mark.parametrize(("hidden", "shown", "because"), HIDDEN)
def test_what_hides_a_text_is_undone(hidden, shown, because):
    found = repair(hidden)
    assert shown in found.readings, because
    assert found.undone, because
    assert found.readings[0] == hidden


@pytest.mark.parametrize(
    "text",
    [
        "Vladimir Putin", "AT&T Inc.", "R&D; Works", "100% Cotton Ltd", "C++ Systems", "3M Company",
        "J P Morgan", "A B C D", "Jean-Paul O'Neil", "Müller", "Ænea", "Путин", "محمد\u200cرضا",
        "महात्मा", "Ångström", "7-Eleven", "Boeing 737", "ООО «Уральские самоцветы»", "Кафе «Причал» ТОВ",
        "Sea Star 11", "EP-GOX", "<info@bank.ru>", "McDonald", "Siemens GmbH", "DeAngelis",
        "J.R.R. Tolkien", "U.S.S.R.", "1st Bank", "4th Street", "A330",
        "x = 5", "C:\\unit", "Яндекс.Go",
    ],
)  # fmt: skip
def test_what_is_plain_stays_alone(text):
    assert repair(text).readings == (text,)
    assert not repair(text).undone


def test_words_parted_by_a_guess_are_marked():
    assert repair("SimCorp A/S").guessed == {"Sim Corp A/S"}
    assert not repair("OmskUnionIrtyshJSC").guessed
    assert not repair("Vladimir\u2800Putin").guessed
    assert not repair("Vladimir\u2800Putin").coded - {"Vladimir\u2800Putin"}


@pytest.mark.parametrize(
    ("text", "among"),
    [
        ("=D0=92=D0=BB=D0=B0=D0=B4 =D0=9F=D1=83=D1=82=D0=B8=D0=BD=D0", "Влад Путин\ufffd"),
        ("Vladimir \\u041f\\u0443\\u0442\\u0438\\u043d\\ud83d", "Vladimir Путин\ufffd"),
        ("\\x50\\x75\\x74\\x69\\x6e\\x92", "Putin\ufffd"),
    ],
)
def test_what_is_decoded_in_part_has_lost_letters(text, among):
    assert among in repair(text).readings
    assert repair(text).lost


def test_single_bytes_may_be_western_letters():
    assert "José Macías" in repair("Jos=E9 Mac=EDas").readings


@pytest.mark.parametrize("text", ["CN=ABRAMOVICH Roman", "Name=DERIPASKA", "Roman \\xABramovich"])
def test_what_is_no_encoding_is_not_decoded(text):
    assert text not in repair(text).coded


@pytest.mark.parametrize(
    "text", ["1" * 9_000, "a" * 9_000 + "ș", "\u2800a" * 4_500, "O" * 9_000 + "x1"]
)
def test_a_long_word_takes_no_quadratic_time(text):
    start = time.process_time()
    repair(text)
    assert time.process_time() - start < 0.5


def test_a_word_of_two_alphabets_that_nothing_explains_is_reported():
    assert repair("Жeлюд Wжw").lost
    assert not repair("Пyтин PJSC").lost


@pytest.mark.parametrize("text", ["Murm\ufffdnsk", "Mu?oz Garc?a", "Ã\ufffdvaro"])
def test_lost_letters_are_reported(text):
    assert repair(text).lost


@pytest.mark.parametrize("text", ["Who is there?", "Quo vadis ? no", "?"])
def test_a_question_mark_is_no_lost_letter(text):
    assert not repair(text).lost


@given(st.text(max_size=80))
def test_no_text_raises_and_the_text_is_its_first_reading(text):
    found = repair(text)
    assert found.readings[0] == text
    assert len(set(found.readings)) == len(found.readings)


@given(st.text(st.characters(categories=["Lu", "Ll"], max_codepoint=0x17F), min_size=4))
def test_an_invisible_character_between_letters_never_matters(text):
    plain = repair(text)
    hidden = repair("\u200b".join(text))
    assert set(plain.readings) <= {*hidden.readings, text}


#: Letters of every script that is read as plain, signs that belong to them, marks and look-alikes.
_LETTERS = st.one_of(
    st.text(st.characters(categories=["L", "M", "Z", "P"], max_codepoint=0xFFFF), max_size=8),
    st.text(st.characters(min_codepoint=0x370, max_codepoint=0x52F), max_size=8),
    st.text("СЕРОрсіҒ МашаÂÃž“” .'-Аа", max_size=8),
    st.text(st.characters(categories=["L"], max_codepoint=0x24F), max_size=8),
)


@given(st.lists(_LETTERS, max_size=3).map(" ".join))
def test_no_repair_that_is_left_out_of_a_plain_text_would_change_it(text):
    assert repair.__wrapped__(text) == repair_fully(text)


@pytest.mark.parametrize(
    "text",
    [
        "Иванова Мария",
        "محمد حسین",
        "김정은",
        "王小明",
        "रिया शर्मा",
        "นิติ บุตราช",
        "Žižek",
        "“Вымпел”",
    ],
)
def test_a_plain_text_of_any_script_has_one_reading(text):
    assert repair_fully(text) == Repaired((text,), text)
