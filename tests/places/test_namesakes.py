"""Which of several places with one name is meant: every size at its boundary."""

from __future__ import annotations

import pytest
from tests.places.small import Spot, gazetteer_of

from limen.places.decide.namesakes import Namesakes
from limen.places.gazetteer.gazetteer import CITY, FOREIGN, OTHER, TOWN, VILLAGE

KYIV = 80


def city(people: int, oblast: int = KYIV) -> Spot:
    return Spot(oblast, people, CITY)


def abroad(people: int, country: str = "pl") -> Spot:
    return Spot(0, people, FOREIGN, country)


def village(people: int = 0, oblast: int = KYIV) -> Spot:
    return Spot(oblast, people, VILLAGE)


LARGEST = [
    ([village(900), village(100)], [0, 1], "the size of a village never decides"),
    ([city(100_000), village(300)], [0], "a city and a village"),
    ([city(100_000), abroad(24_999)], [0], "not a quarter of the city: another is not meant"),
    ([city(100_000), abroad(25_000)], [0], "exactly a quarter"),
    ([city(100_000), abroad(25_001)], [0, 1], "more than a quarter counts too"),
    ([city(100_000), abroad(33_334)], [0, 1], "a third counts: four times is dominant, not three"),
    ([city(100_000), abroad(50_000), abroad(50_000)], [0, 1, 2], "as large as the others together"),
    (
        [city(100_000), abroad(50_000), abroad(50_001)],
        [0, 1, 2],
        "smaller than the others together",
    ),
    ([city(100_000), abroad(60_000), abroad(20_000), abroad(1_000)], [0, 1], "only the large ones"),
    ([abroad(12_000), abroad(700)], [0], "abroad a city has so many people"),
    ([abroad(11_999), abroad(700)], [0, 1], "one fewer is no city"),
    ([Spot(KYIV, 11_999, OTHER), village()], [0, 1], "another kind of place, one fewer"),
    ([Spot(KYIV, 90_000, TOWN), village()], [0, 1], "a town is no city, however large"),
    # a namesake that is itself a city where territories lie counts down to a twentieth
    ([abroad(400_000), city(20_000, 14)], [0], "exactly a twentieth"),
    ([abroad(400_000), city(20_001, 14)], [0, 1], "more than a twentieth"),
    ([abroad(400_000), city(20_001, 46)], [0], "the same outside the regions"),
    # villages in the regions, taken together
    ([abroad(20_001), village(1_000, 14)], [0], "more than twenty times"),
    ([abroad(20_000), village(1_000, 14)], [0], "exactly twenty times"),
    ([abroad(19_999), village(1_000, 14)], [0, 1], "less than twenty times: it stays open"),
    (
        [abroad(15_999), village(0, 14), village(0, 44)],
        [0, 1, 2],
        "uncounted villages are 400 each",
    ),
    ([abroad(16_000), village(0, 14), village(0, 44)], [0], "sixteen thousand is twenty times 800"),
    # ground under embargo on every day asks for fifty times
    ([abroad(50_000), village(1_000, 1)], [0], "exactly fifty times"),
    ([abroad(49_999), village(1_000, 1)], [0, 1], "less than fifty times"),
    ([abroad(49_999), village(1_000, 85)], [0, 1], "Sevastopol too"),
    ([abroad(49_999), village(1_000, 23)], [0], "elsewhere twenty times are enough"),
    ([city(49_999, 14), village(1_000, 1)], [0], "the city is in the regions itself"),
    ([city(100_000)], [0], "one place alone"),
    ([], [], "none"),
]


@pytest.mark.parametrize(("spots", "meant", "because"), LARGEST)
def test_the_city_among_namesakes(spots, meant, because):
    alike = Namesakes(gazetteer_of(*(spots or [village()])))
    assert list(alike.largest(tuple(range(len(spots))))) == meant, because


SUPPOSED = [
    (CITY, 0, 12_000, "a city without a count"), (CITY, 11_999, 12_000, "at least so many"),
    (CITY, 12_001, 12_001, "as counted"), (TOWN, 0, 3_000, "a town"), (TOWN, 2_999, 3_000, ""),
    (TOWN, 3_001, 3_001, ""), (VILLAGE, 0, 400, "a village"), (VILLAGE, 10, 10, "as counted"),
    (OTHER, 0, 400, "another"), (FOREIGN, 0, 700, "abroad"), (FOREIGN, 5, 5, "as counted"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "counted", "people", "because"), SUPPOSED)
def test_how_many_people_are_supposed(kind, counted, people, because):
    gazetteer = gazetteer_of(Spot(KYIV, counted, kind))
    assert gazetteer.population(0) == people, because
    assert gazetteer.known_population(0) == counted


WEIGHTS = [
    (abroad(12_000), 3.0), (abroad(11_999), 2.0), (abroad(3_000), 2.0), (abroad(2_999), 0.5),
    (city(0), 3.0), (Spot(KYIV, 0, TOWN), 2.0), (village(), 0.5),
]  # fmt: skip


@pytest.mark.parametrize(("spot", "weight"), WEIGHTS)
def test_what_a_place_weighs(spot, weight):
    assert Namesakes(gazetteer_of(spot)).weight((0,)) == weight


def test_of_several_places_the_largest_weighs():
    assert Namesakes(gazetteer_of(village(), abroad(12_000), village())).weight((0, 1, 2)) == 3.0


NOTABLE = [
    (village(4_000, 14), True, "large enough, in the regions"),
    (village(3_999, 14), False, "one fewer"),
    (city(10, 14), True, "a city is notable"),
    (city(500_000, KYIV), False, "outside the regions nothing is at stake"),
    (abroad(100_000, "ir"), True, "an embargoed country's city"),
    (abroad(99_999, "ir"), False, "one fewer"),
    (abroad(5_000_000, "pl"), False, "a country without embargo"),
]


@pytest.mark.parametrize(("spot", "notable", "because"), NOTABLE)
def test_which_names_stand_against_a_country(spot, notable, because):
    assert Namesakes(gazetteer_of(spot)).is_notable(0) == notable, because


@pytest.mark.parametrize("oblast", [1, 14, 23, 44, 65, 85])
def test_the_regions_where_territories_lie(oblast):
    assert Namesakes(gazetteer_of(city(10, oblast))).is_city_at_stake(0)
    assert not Namesakes(gazetteer_of(village(9_000, oblast))).is_city_at_stake(0)
    assert not Namesakes(gazetteer_of(city(10, oblast + 1))).is_city_at_stake(0)


@pytest.mark.parametrize("country", ["cu", "ir", "kp", "sy", "sd"])
def test_countries_under_embargo(country):
    assert Namesakes(gazetteer_of(abroad(100_000, country))).is_notable(0)


SIZES = [
    ([city(20_000), village()], "city", [0]),
    ([city(20_000), village()], "town", [1]),
    ([city(20_000), village()], "village", [1]),
    ([city(20_000), village()], "", [0, 1]),
    ([village(), village()], "city", [0, 1]),
    ([abroad(12_000), abroad(11_999)], "city", [0]),
]


@pytest.mark.parametrize(("spots", "size", "left"), SIZES)
def test_a_word_for_its_size(spots, size, left):
    alike = Namesakes(gazetteer_of(*spots))
    assert list(alike.of_size(tuple(range(len(spots))), size)) == left


NARROWED = [
    ([(14,)], set(), set(), [0], True, "a region"),
    ([(46,)], set(), set(), [0, 1, 2], False, "a region that has none changes nothing"),
    ([], {7}, set(), [1, 2], True, "a raion"),
    ([], {9}, set(), [0, 1, 2], False, "a raion that has none"),
    ([], set(), {2}, [2], True, "a postcode"),
    ([], set(), {5}, [0, 1, 2], False, "a postcode of another place"),
    ([(14, 44)], {7}, set(), [1], True, "a region and a raion of it"),
    ([(14,), (44,)], set(), set(), [0], True, "of two regions the first that has one"),
]


@pytest.mark.parametrize(("bounds", "raions", "exact", "left", "met", "because"), NARROWED)
def test_other_clues_narrow_the_places(bounds, raions, exact, left, met, because):
    spots = [Spot(14, raion=3), Spot(44, raion=7), Spot(65, raion=7)]
    found = Namesakes(gazetteer_of(*spots)).narrow((0, 1, 2), bounds, raions, exact)
    assert (list(found[0]), found[1]) == (left, met), because
