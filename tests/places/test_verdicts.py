"""The verdict on a place and a territory: state of control x kind of territory x date."""

from __future__ import annotations

import pytest
from tests.places.small import Spot, judge_of, lines_of

from limen.model import Instant
from limen.places.decide.evidence_model import Where
from limen.places.verdict.territories import Territory

FIXED = Territory("f", "Fixed", "fixed", oblasts=(1, 85))
CONTROL = Territory(
    "c", "Held", "control", oblasts=(14, 44), region="dnr", claimed_from="2022-09-30"
)
NAMED = Territory("n", "Named", "named_region", oblasts=(14,), line="2022-02-21", region="dnr")
COUNTRY = Territory("k", "Iran", "fixed", country="ir")
END = "2025-07-01"
INSIDE, OUTSIDE, CANNOT = "inside", "outside", "cannot_say"

# places by position, with what held them
FREE, OCCUPIED, PARTLY, FOUGHT_OVER, FREED, TAKEN_LATER, SINCE_2014, CRIMEA, KYIV, TEHRAN = range(
    10
)
SPOTS = [Spot()] * 7 + [Spot(oblast=1), Spot(oblast=80), Spot(oblast=0, country="ir", kind=4)]
STRETCHES = [
    (OCCUPIED, 0, "2022-03-10", ""),
    (PARTLY, 1, "2022-03-10", ""),
    (FOUGHT_OVER, 2, "2022-03-10", ""),
    (FREED, 0, "2014-04-07", "2022-09-10"),
    (TAKEN_LATER, 0, "2022-04-20", ""),
    (SINCE_2014, 0, "2014-04-07", ""),
]


def standing(territory, places=(), as_of="2023-01-15", known_at="2026-01-01", **where):
    judge = judge_of(SPOTS, STRETCHES, territory, END)
    place = Where(places=tuple(places), **where)
    return judge.placement(place, territory, Instant.parse(as_of), Instant.parse(known_at))


STATES = [
    # territory by control on the day
    (CONTROL, FREE, "2023-01-15", OUTSIDE, "under the government's control"),
    (CONTROL, OCCUPIED, "2022-03-09", OUTSIDE, "the day before it was taken"),
    (CONTROL, OCCUPIED, "2022-03-10", INSIDE, "the day it was taken"),
    (CONTROL, FREED, "2022-09-09", INSIDE, "the last day it was held"),
    (CONTROL, FREED, "2022-09-10", OUTSIDE, "the day it was freed"),
    (CONTROL, PARTLY, "2022-03-09", OUTSIDE, "before any part was taken"),
    (CONTROL, PARTLY, "2022-03-10", CANNOT, "a part of it is not all of it, and not nothing"),
    (CONTROL, FOUGHT_OVER, "2023-01-15", OUTSIDE, "fought over on the government's side"),
    (CONTROL, FOUGHT_OVER, END, OUTSIDE, "the last day of the official list"),
    (CONTROL, FOUGHT_OVER, "2025-07-02", CANNOT, "fought over when the list ends: who knows"),
    (CONTROL, FREE, "2025-07-02", OUTSIDE, "far from the fighting when the list ends"),
    (CONTROL, OCCUPIED, "2025-07-02", INSIDE, "held when the list ends"),
    (CONTROL, KYIV, "2023-01-15", OUTSIDE, "another oblast"),
    # a region that is named and not drawn: what it held on its day, and what was taken since
    (NAMED, SINCE_2014, "2023-01-15", INSIDE, "held then and now"),
    (NAMED, FREED, "2022-09-09", INSIDE, "held then and still"),
    (NAMED, FREED, "2022-09-10", OUTSIDE, "held then and freed since"),
    (NAMED, TAKEN_LATER, "2022-04-19", OUTSIDE, "not taken yet"),
    (NAMED, TAKEN_LATER, "2022-04-20", CANNOT, "taken later: the act does not draw the region"),
    (NAMED, PARTLY, "2023-01-15", CANNOT, "a part of it"),
    (NAMED, FREE, "2023-01-15", OUTSIDE, "never held"),
    (NAMED, FOUGHT_OVER, "2025-07-01", OUTSIDE, "the last day of the official list"),
    (NAMED, FOUGHT_OVER, "2025-07-02", CANNOT, "fought over when the list ends"),
    (NAMED, KYIV, "2023-01-15", OUTSIDE, "another oblast"),
    # the same ground always
    (FIXED, CRIMEA, "2014-12-19", INSIDE, "in the oblast"),
    (FIXED, FREE, "2023-01-15", OUTSIDE, "another oblast"),
    # a whole country
    (COUNTRY, TEHRAN, "2023-01-15", INSIDE, "in the country"),
    (COUNTRY, KYIV, "2023-01-15", OUTSIDE, "in another"),
]


@pytest.mark.parametrize(("territory", "place", "as_of", "outcome", "because"), STATES)
def test_a_place_on_a_day(territory, place, as_of, outcome, because):
    assert standing(territory, [place], as_of).outcome == outcome, because
    assert standing(territory, area=(place,), as_of=as_of).outcome == outcome, because


WHYS = [
    (CONTROL, OCCUPIED, "it was outside the government's control", ""),
    (CONTROL, FREE, "it was under the government's control", ""),
    (CONTROL, PARTLY, "a part of it was outside the government's control", "the street"),
    (NAMED, FREED, "it was held on 21 February 2022 and freed since", ""),
    (FIXED, CRIMEA, "it lies in the territory", ""),
]


@pytest.mark.parametrize(("territory", "place", "why", "settles"), WHYS)
def test_a_verdict_says_why_and_what_would_settle_it(territory, place, why, settles):
    found = standing(territory, [place])
    assert (found.why, found.settles) == (why, settles)


CLOCKS = [
    ("2022-05-01", "2022-03-09", OUTSIDE, "what was known then had it free"),
    ("2022-05-01", "2022-03-10", INSIDE, "known on the day it was taken"),
    ("2022-03-09", "2026-01-01", OUTSIDE, "later knowledge does not date it back"),
]


@pytest.mark.parametrize(("as_of", "known_at", "outcome", "because"), CLOCKS)
def test_control_is_asked_on_the_earlier_clock(as_of, known_at, outcome, because):
    assert standing(CONTROL, [OCCUPIED], as_of, known_at).outcome == outcome, because


SEVERAL = [
    ([OCCUPIED, SINCE_2014], INSIDE, "all inside"),
    ([FREE, KYIV], OUTSIDE, "all outside"),
    ([OCCUPIED, FREE], CANNOT, "one inside, one outside"),
    ([PARTLY, FREE], CANNOT, "one in part"),
    ([PARTLY, OCCUPIED], CANNOT, "one in part, one inside"),
]


@pytest.mark.parametrize(("places", "outcome", "because"), SEVERAL)
def test_several_places_of_one_name(places, outcome, because):
    found = standing(CONTROL, places)
    assert found.outcome == outcome, because
    if because == "one in part":
        assert found.settles == "the street"
    elif outcome == CANNOT:
        assert found.settles == "an oblast, raion or postcode"


def test_what_may_not_be_meant_is_never_inside():
    found = standing(CONTROL, [OCCUPIED], doubtful=True)
    assert (found.outcome, found.why) == (CANNOT, "the name is carried by other places too")
    assert standing(CONTROL, [FREE], doubtful=True).outcome == OUTSIDE


HELD = [
    (CONTROL, FREE, ("dnr",), CANNOT, "the address gives it to those who hold the region"),
    (CONTROL, FREE, ("lnr",), OUTSIDE, "another region's word"),
    (CONTROL, OCCUPIED, ("dnr",), INSIDE, "both say so"),
    (FIXED, FREE, ("dnr",), OUTSIDE, "a territory that no region word names"),
]


@pytest.mark.parametrize(("territory", "place", "held", "outcome", "because"), HELD)
def test_a_word_for_who_holds_it(territory, place, held, outcome, because):
    assert standing(territory, [place], held=held).outcome == outcome, because


OBLASTS = [
    (CONTROL, (80,), (), OUTSIDE, "another oblast"),
    (CONTROL, (14,), (), CANNOT, "the territory is a part of the oblast"),
    (CONTROL, (14,), ("dnr",), INSIDE, "the address names who holds it"),
    (CONTROL, (14,), ("lnr",), CANNOT, "it names another holder"),
    (FIXED, (1,), (), INSIDE, "the oblast is in the territory"),
    (FIXED, (1, 85), (), INSIDE, "both are"),
    (FIXED, (1, 14), (), CANNOT, "the area reaches beyond it"),
    (COUNTRY, (14,), (), OUTSIDE, "an oblast is in Ukraine"),
]


@pytest.mark.parametrize(("territory", "oblasts", "held", "outcome", "because"), OBLASTS)
def test_an_oblast(territory, oblasts, held, outcome, because):
    found = standing(territory, oblasts=oblasts, held=held)
    assert found.outcome == outcome, because
    assert bool(found.settles) == (outcome == CANNOT)


COUNTRIES = [
    (COUNTRY, "ir", "2023-01-15", INSIDE, "the country itself"),
    (COUNTRY, "de", "2023-01-15", OUTSIDE, "another"),
    (COUNTRY, "", "2023-01-15", CANNOT, "nothing was read"),
    (CONTROL, "ua", "2023-01-15", CANNOT, "Ukraine, and no more"),
    (CONTROL, "ru", "2022-09-29", OUTSIDE, "the day before Russia claims it"),
    (CONTROL, "ru", "2022-09-29T23:59:59Z", OUTSIDE, "the second before"),
    (CONTROL, "ru", "2022-09-30T00:00:00Z", CANNOT, "the first second"),
    (CONTROL, "ru", "2022-09-30", CANNOT, "from the day Russia claims it its addresses say Russia"),
    (NAMED, "ru", "2023-01-15", OUTSIDE, "no one claims it as Russia"),
    (CONTROL, "ru-proper", "2023-01-15", OUTSIDE, "a region of Russia"),
    (CONTROL, "de", "2023-01-15", OUTSIDE, "another country"),
    (CONTROL, "", "2023-01-15", CANNOT, "nothing was read"),
]


@pytest.mark.parametrize(("territory", "country", "as_of", "outcome", "because"), COUNTRIES)
def test_a_country_alone(territory, country, as_of, outcome, because):
    assert standing(territory, as_of=as_of, country=country).outcome == outcome, because


LAYERS = [
    (OCCUPIED, "2023-01-15", (False, True, True)),
    (SINCE_2014, "2022-09-29", (True, True, False)),
    (SINCE_2014, "2022-09-30", (True, True, True)),
    (FREED, "2023-01-15", (True, False, True)),
    (PARTLY, "2023-01-15", (False, None, True)),
    (FREE, "2023-01-15", (False, False, True)),
]


@pytest.mark.parametrize(("place", "as_of", "expected"), LAYERS)
def test_the_three_layers_are_never_mixed(place, as_of, expected):
    judge = judge_of(SPOTS, STRETCHES, CONTROL, END)
    found = judge.layers(place, CONTROL, Instant.parse(as_of))
    assert (found.controlled_on_2022_02_21, found.controlled, found.claimed) == expected


def test_there_are_no_layers_outside_ukraine():
    judge = judge_of(SPOTS, STRETCHES, CONTROL, END)
    assert judge.layers(TEHRAN, CONTROL, Instant.parse("2023-01-15")) is None
    assert judge.layers(OCCUPIED, COUNTRY, Instant.parse("2023-01-15")) is None


def test_states_are_bits_over_half_open_spans():
    lines = lines_of(2, (0, 0, "2022-03-10", "2022-03-12"), (0, 2, "2022-03-11", ""))
    states = [int(lines.states(Instant.parse(f"2022-03-{day:02}"))[0]) for day in range(9, 14)]
    assert states == [0, 1, 1 | 4, 4, 4]
    assert lines.states(Instant.parse("2022-03-11"))[1] == 0


@pytest.mark.parametrize(
    ("city", "oblast"),
    [
        ("Simferopol", "Crimea"), ("Vinnytsia", "Vinnytsia"), ("Lutsk", "Volyn"),
        ("Dnipro", "Dnipropetrovsk"), ("Donetsk", "Donetsk"), ("Zhytomyr", "Zhytomyr"),
        ("Uzhhorod", "Zakarpattia"), ("Zaporizhzhia", "Zaporizhzhia"),
        ("Ivano-Frankivsk", "Ivano-Frankivsk"), ("Bila Tserkva", "Kyiv"),
        ("Kropyvnytskyi", "Kirovohrad"), ("Luhansk", "Luhansk"), ("Lviv", "Lviv"),
        ("Mykolaiv", "Mykolaiv"), ("Odesa", "Odesa"), ("Poltava", "Poltava"), ("Rivne", "Rivne"),
        ("Sumy", "Sumy"), ("Ternopil", "Ternopil"), ("Kharkiv", "Kharkiv"), ("Kherson", "Kherson"),
        ("Khmelnytskyi", "Khmelnytskyi"), ("Cherkasy", "Cherkasy"), ("Chernivtsi", "Chernivtsi"),
        ("Chernihiv", "Chernihiv"), ("Kyiv", "Kyiv city"), ("Sevastopol", "Sevastopol"),
    ],
)  # fmt: skip
def test_every_oblast_has_its_name(locate, city, oblast):
    assert locate(f"{city}, Ukraine").place.oblast == oblast


def test_the_days_of_change_are_those_of_the_law_and_of_control_there(places):
    law = places.statutes.days()
    kherson = set(places.days_of_change("Kherson, Ukraine"))
    assert {day.isoformat() for day in kherson - law} >= {"2022-11-11"}
    assert set(places.days_of_change("Lviv, Ukraine")) == law
