"""A text is read as printed and in every way a person may; what is found has its printed place."""

from urllib.parse import quote

import pytest
from tests.worlds import a_list, listed, registry, world

from limen.mentions.text_readings import further_readings

LISTED = [
    listed("1", "PUTIN, Vladimir Vladimirovich", alias=("Владимир Путин",)),
    listed("2", "Sergei Borisovich IVANOV"),
    listed("3", "Rosneft Oil Company", "Company"),
    listed("4", "Russian Financial Corporation", "Company"),
    listed("5", "So-Called", "Company"),
    listed("6", "MORTAZAVI, Said"),
    listed("7", "Yuri ANDROPOV"),
]


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    lists = registry(a_list("eu_fsf", "EU", max_age_days=9_999))
    return world(tmp_path_factory.mktemp("readings"), lists, {"eu_fsf": {"2024-05-30": LISTED}})


def found(engine, text):
    return [each.text for each in engine.documents.finder.mentions(text)]


PRINTED = [
    (
        "We met Vladi\u200bmir P\u2060utin here.",
        "Vladi\u200bmir P\u2060utin",
        "invisible characters",
    ),
    ("We met V L A D I M I R   P U T I N here.", "V L A D I M I R   P U T I N", "spaced letters"),
    ("We met \u202enituP rimidalV\u202c here.", "\u202enituP rimidalV\u202c", "an override"),
    ("We met Vladimir Рutіn here.", "Vladimir Рutіn", "look-alikes"),
    ("We met Vlad1mir Put1n here.", "Vlad1mir Put1n", "digits for letters"),
    ("We met VladimirPutin here.", "VladimirPutin", "words run together"),
    (
        "We met V.l.a.d.i.m.i.r P.u.t.i.n here.",
        "V.l.a.d.i.m.i.r P.u.t.i.n",
        "marks between letters",
    ),
    ("We met Vladimir \\u0050utin here.", "Vladimir \\u0050utin", "escapes"),
    ("We met =56=6C=61dimir Putin here.", "=56=6C=61dimir Putin", "the encoding of mail"),
    ("We met &#86;ladimir Putin here.", "&#86;ladimir Putin", "an entity"),
    ("We met <b>Vladimir</b> Putin here.", "<b>Vladimir</b> Putin", "tags"),
    ("We met Vladimir+Putin here.", "Vladimir+Putin", "pluses"),
    ("We met Vladimir%20Putin here.", "Vladimir%20Putin", "URL encoding"),
    ("We met Vladimir_Putin here.", "Vladimir_Putin", "low lines"),
    ("Ð’Ð»Ð°Ð´Ð¸Ð¼Ð¸Ñ€ ÐŸÑƒÑ‚Ð¸Ð½", "Ð’Ð»Ð°Ð´Ð¸Ð¼Ð¸Ñ€ ÐŸÑƒÑ‚Ð¸Ð½", "a wrong encoding"),
    ("We met Vladimir Pu-\ntin here.", "Vladimir Pu-\ntin", "a hyphen at a line's end"),
    ("We met Vladi\u00ad\nmir Putin here.", "Vladi\u00ad\nmir Putin", "a soft hyphen there"),
    ("First name: Vladimir\nLast name: Putin\n", "Vladimir\nLast name: Putin", "labels"),
    ("we met vladimir putin here.", "vladimir putin", "small letters"),
    ("it was putin, vladimir.", "putin, vladimir", "small letters, surname first"),
    (
        "we met vladi\u00admir putin here.",
        "vladi\u00admir putin",
        "small letters with a soft hyphen",
    ),
    ("Signed: V. V. Putin.", "V. V. Putin", "initials"),
    ("Signed: Putin V.V.", "Putin V.V", "initials behind"),
    ("Подписал Ю. Андропов.", "Ю. Андропов", "an initial that is two letters in Latin"),
    ("shares of rosneft oil company fell", "rosneft oil company", "a company in small letters"),
]


@pytest.mark.parametrize(("text", "printed", "because"), PRINTED)
def test_a_name_is_found_where_it_is_printed(engine, text, printed, because):
    assert printed in found(engine, text), because
    answer = engine.screen_document(text, "2024-06-01")
    spans = {feature.span for finding in answer.findings for feature in finding.features}
    assert (text.index(printed), text.index(printed) + len(printed)) in spans, because


@pytest.mark.parametrize(
    "text",
    [
        "the so-called mortazavi said that the russian financial sector fell",
        "vladimir met sergei, and ivanov met andropov",
        "The V. V. Committee met A. B. Ivanov and W. Putin.",
        "AT&T, R&D; 100% of C++ and F16 at http://x.example/a?b=c&d=e",
    ],
)
def test_what_names_nobody_is_no_mention(engine, text):
    assert found(engine, text) == []


@pytest.mark.parametrize("text", ["Vladim\ufffdr P\ufffdtin", "Mu?oz Garc?a"])
def test_lost_letters_are_no_clear(engine, text):
    answer = engine.screen_document(f"The buyer is {text}, as agreed.", "2024-06-01")
    assert answer.outcome != "clear"
    assert "letters of it were lost" in " ".join(answer.reasons)


def test_a_plain_text_has_no_further_reading():
    text = "The café “Müller” said: 5% of B&B No. 3, see http://x.example/a?b=c.\n" * 3
    assert list(further_readings(text)) == []


def _entities(text):
    return "".join(f"&#{ord(char)};" for char in text)


def _spaced(text):
    return "   ".join(" ".join(word) for word in text.split())


@pytest.mark.parametrize(("disguise", "width"), [(_entities, 7), (quote, 6), (_spaced, 2)])
def test_a_name_at_the_cut_of_a_long_stretch_is_whole_in_one_reading(disguise, width):
    cut = 2_000 // width
    for letters in range(cut - 16, cut + 1):
        text = disguise(f"{'щ' * letters} Владимир Путин {'щ' * 400}")
        readings = list(further_readings(text))
        name = "Владимир Путин"
        (place, *_) = [
            reading.printed((at, at + len(name)))
            for reading in readings
            if (at := reading.text.find(name)) >= 0
        ]
        assert disguise(name) in text[slice(*place)]
        assert place[1] <= len(text)
