"""The small world of the golden answers: parties of every kind, and the queries about them."""

from __future__ import annotations

from pathlib import Path

from tests.worlds import Span, a_list, listed, registry, world

from limen.engine import Engine

#: The versions of the lists. OFAC's is dated so that its age is exact on the days of the queries.
JANUARY, FEBRUARY, MARCH, MAY = "2022-01-21", "2022-02-17", "2022-03-01", "2022-05-06"

STEEL = listed(
    "101",
    "Konstantin Arkadyevich Steelmanov",
    alias=("Константин Аркадьевич Стилманов", "Kostya Steelman"),
    weakAlias=("The Locksmith", "Lock"),
    previousName=("Konstantin Ferrum",),
    birthDate=("1961-04-09", "1962"),
    birthPlace="Gorlovka, Donetsk region, Ukraine",
    nationality="Russia",
    gender="male",
    passportNumber=("721045 119",),
    idNumber="770-112-339",
    address="14 Prospekt Mira, Moscow, Russia",
    programmes=("UKRAINE-EO13660", "RUSSIA-EO14024"),
    acts=("Executive Order 13660",),
    listed_on="2014-03-17",
)
WIFE = listed(
    "102",
    "Olga Steelmanova",
    birthDate="1968-10",
    nationality=("Russia", "Cyprus"),
    gender="female",
    programmes=("RUSSIA-EO14024",),
)
BANK = listed(
    "103",
    "Kestrel Harbour Bank PJSC",
    "Company",
    alias=("ПАО Кестрел Харбор Банк", "KHB"),
    swiftBic="KHBARUMM",
    leiCode="253400V1H6ART1UQ0N98",
    innCode="7744000912",
    registrationNumber="1027739019142",
    incorporationDate="1995-05-12",
    jurisdiction="Russia",
    address="10 Smirnovskaya Street, Moscow",
    programmes=("RUSSIA-EO14024",),
    listed_on="2022-02-22",
)
SHIP = listed(
    "104", "SEA HERON", "Vessel", previousName=("GRACE 7",), imoNumber="9074729", mmsi="273317640",
    flag="Russia", programmes=("SYRIA",),
)  # fmt: skip
PLANE = listed("105", "RA-73025", "Airplane", serialNumber="9905", programmes=("RUSSIA-EO14024",))
ONLY_A_FORM = listed("106", "LLC", "Company", country="Russia", programmes=("SYRIA",))
COMMON = listed("107", "Mohammed Ali", birthDate="1970-01-01", nationality="Syria")
CORPS = listed(
    "108", "Guard Corps of the Islamic Revolution", "Organization", abbreviation=("GCIR",),
    country="Iran", programmes=("SDGT",),
)  # fmt: skip
DONETSK = listed(
    "109", "Donbas Coal Trading LLC", "Company", address="Artema Street 51, Donetsk, 83001",
    country="Ukraine", registrationNumber="31831942", programmes=("UKRAINE-EO13685",),
)  # fmt: skip
GONE = listed("110", "Baltasar Quillfeather", birthDate="1955-07-30", programmes=("SDGT",))
BACK = listed(
    "110", "Baltasar Quillfeather", birthDate="1955-07-30", programmes=("UKRAINE-EO13661",)
)
LATER = listed(
    "101",
    "Konstantin Arkadyevich Steelmanov",
    alias=("Константин Аркадьевич Стилманов", "K. A. Steelman"),
    birthDate="1961-04-09",
    nationality="Russia",
    gender="male",
    passportNumber=("721045119", "75 0012345"),
    programmes=("RUSSIA-EO14024",),
    acts=("Executive Order 14024",),
    listed_on="2014-03-17",
)
EU_STEEL = listed(
    "EU.1", "Konstantin Arkadievich STILMANOV", birthDate="1961-04-09", nationality="ru",
    programmes=("UKR",), measures=("Asset freeze",), acts=("2022/332 (OJ L53)",),
    listed_on="2022-02-25",
)  # fmt: skip
EU_GONE = listed(
    "EU.2", "Rosalind Thackerberry", listed_on="2014-05", delisted_on="2022-03", programmes=("UKR",),
)  # fmt: skip
UN_ALI = listed("UN.1", "MOHAMMED ALI", alias=("محمد علي",), birthDate="1970", nationality="Syria")

LISTS = registry(
    a_list("us_ofac_sdn", "US", max_age_days=10),
    a_list("eu_fsf", "EU", max_age_days=30),
    a_list("un_sc", "UN", max_age_days=60, service=Span(until=None)),
    a_list("uk_fcdo", "UK"),
)
VERSIONS = {
    "us_ofac_sdn": {
        JANUARY: [STEEL, SHIP, PLANE, ONLY_A_FORM, COMMON, CORPS, GONE],
        FEBRUARY: [STEEL, WIFE, SHIP, PLANE, ONLY_A_FORM, COMMON, CORPS, DONETSK, GONE],
        MARCH: [STEEL, WIFE, BANK, SHIP, PLANE, ONLY_A_FORM, COMMON, CORPS, DONETSK],
        MAY: [LATER, WIFE, BANK, SHIP, PLANE, ONLY_A_FORM, COMMON, CORPS, DONETSK, BACK],
    },
    "eu_fsf": {JANUARY: [EU_GONE], MARCH: [EU_STEEL, EU_GONE]},
    "un_sc": {FEBRUARY: [UN_ALI]},
}


def golden_world(home: Path) -> Engine:
    """The engine over the small world, compiled for real."""
    return world(home, LISTS, VERSIONS)


def _person(name: str | list[str], **properties: str | list[str]) -> dict:
    return {"schema": "Person", "properties": {"name": name, **properties}}


def _company(name: str, **properties: str | list[str]) -> dict:
    return {"schema": "Company", "properties": {"name": name, **properties}}


_STEEL = "Konstantin Steelmanov"
#: The queries, by what each is for.
SUBJECTS: dict[str, dict] = {
    "as listed": _person("Konstantin Arkadyevich Steelmanov"),
    "same day of birth": _person(_STEEL, birthDate="1961-04-09"),
    "day and month exchanged": _person(_STEEL, birthDate="1961-09-04"),
    "same month": _person(_STEEL, birthDate="1961-04"),
    "same year": _person(_STEEL, birthDate="1961"),
    "same year, another day": _person(_STEEL, birthDate="1961-11-30"),
    "the year before": _person(_STEEL, birthDate="1960-12-31"),
    "two years apart": _person(_STEEL, birthDate="1964-04-09"),
    "many years apart": _person(_STEEL, birthDate="1990-04-09"),
    "another country": _person(_STEEL, nationality="Peru"),
    "same country and another": _person(_STEEL, nationality=["Peru", "RU"]),
    "another gender": _person(_STEEL, gender="female"),
    "same gender": _person(_STEEL, gender="M"),
    "the wife": _person("Olga Steelmanova", birthDate="1968-10-02", gender="F", citizenship="CY"),
    "half of the birthplace": _person(_STEEL, birthPlace="Gorlovka"),
    "a little of the birthplace": _person(_STEEL, birthPlace="Gorlovka, oblast, raion, selo"),
    "same address": _person(_STEEL, address="Prospekt Mira 14, Moscow, Russia"),
    "another address": _person(_STEEL, address="1 Rue de Rivoli, Paris, France"),
    "everything agrees": _person(
        "K. Steelmanov", birthDate="1961-04-09", nationality="ru", gender="male",
        birthPlace="Gorlovka, Donetsk region, Ukraine", passportNumber="721045119",
    ),
    "everything contradicts": _person(
        _STEEL, birthDate="1985-01-01", nationality="Peru", gender="female",
    ),
    "a passport alone": _person("Leopold Different", passportNumber="721045-119"),
    "a passport and another birth": _person(_STEEL, passportNumber="721045119", birthDate="1990"),
    "another passport": _person(_STEEL, passportNumber="999888777"),
    "no name, a national id": {"schema": "Person", "properties": {"idNumber": "770112339"}},
    "the weak alias": _person("The Locksmith"),
    "the weak alias and birth": _person("The Locksmith", birthDate="1961-04-09"),
    "the weak alias and passport": _person("The Locksmith", passportNumber="721045119"),
    "Cyrillic": _person("Стилманов Константин Аркадьевич"),
    "a previous name": _person("Konstantin Ferrum"),
    "two names": _person(["Ottoline Known", "Kostya Steelman"]),
    "misspelt": _person("Konstantyn Stelmanov", birthDate="1961-04-09"),
    "first name replaced": _person("Arkady Steelmanov", birthDate="1961-04-09"),
    "the bank": _company("Kestrel Harbour Bank"),
    "the bank by its BIC": _company("Quite Another Bank", swiftBic="KHBARUMMXXX"),
    "the bank by LEI": _company("Kestrel Harbour", leiCode="253400V1H6ART1UQ0N98"),
    "the bank with another LEI": _company("Kestrel Harbour Bank", leiCode="549300GKFG0RYRRQ1414"),
    "the bank with a wrong INN": _company("Kestrel Bank", innCode="7744000912", country="Russia"),
    "the bank by an abbreviation": _company("KHB"),
    "the bank began then": _company("Kestrel Harbour Bank", incorporationDate="1995-05-12"),
    "the ship by number": {"schema": "Vessel", "properties": {"name": "LUCKY", "imoNumber": "IMO 9074729"}},
    "the ship by name": {"schema": "Vessel", "properties": {"name": "Sea Heron", "flag": "Panama"}},
    "the ship, another number": {"schema": "Vessel", "properties": {"name": "Sea Heron", "imoNumber": "9735335"}},
    "the ship by its old name": {"schema": "Vessel", "properties": {"name": "Grace 7"}},
    "the plane": {"schema": "Airplane", "properties": {"name": "RA-73025", "serialNumber": "9905"}},
    "only a legal form": _company("LLC"),
    "a common name": _person("Mohammed Ali"),
    "a common name and birth": _person("Mohammad Aly", birthDate="1970-01-01", nationality="SY"),
    "a common name, another birth": _person("Mohammed Ali", birthDate="1950-01-01"),
    "the corps by letters": {"schema": "Organization", "properties": {"name": "GCIR"}},
    "the corps, a word more": {"schema": "Organization", "properties": {"name": "Guard Corps of the Islamic Revolution Navy"}},
    "a thing of any kind": {"schema": "Thing", "properties": {"name": "Kestrel Harbour Bank"}},
    "removed and back": _person("Baltasar Quillfeather"),
    "removed by its own date": _person("Rosalind Thackerberry"),
    "a stranger": _person("Ximena Ollantaytambo", birthDate="1980-02-03", nationality="Peru"),
    "a stranger, in Donetsk": _company("Zephyrine Holdings", address="Universytetska 20, Donetsk, Ukraine"),
    "a stranger, in Crimea": _company("Zephyrine Holdings", address="ul. Kirova 3, Simferopol, Russia"),
    "a stranger, in Iran": _company("Zephyrine Holdings", country="Iran"),
    "a stranger, in Ukraine": _company("Zephyrine Holdings", country="Ukraine"),
    "a stranger, born in Yalta": _person("Ximena Ollantaytambo", birthPlace="Yalta, Crimea"),
    "an address object": {
        "schema": "Person",
        "properties": {
            "name": ["Ximena Ollantaytambo"],
            "addressEntity": [
                {"id": "a", "schema": "Address", "properties": {"city": ["Luhansk"], "country": ["ua"]}}
            ],
        },
    },
    "an empty name": _person(""),
    "only signs": _person("-- !!"),
    "only letters": _person("A. B. C."),
}  # fmt: skip

#: (as of, known at, further arguments): days on which lists are in time, late, empty of a party.
QUESTIONS: tuple[tuple[str, str | None, dict], ...] = (
    ("2022-03-02", None, {}),
    ("2022-02-23", "2022-02-23", {}),
    ("2022-05-10", None, {"lists": ["us_ofac_sdn"]}),
)
#: Instants at which only some are screened: those that came, went, changed or came back.
LIVES = ("2022-01-20", "2022-01-21", "2022-02-16", "2022-02-17", "2022-02-28", "2022-03-01",
         "2022-03-31", "2022-04-01", "2022-05-05", "2022-05-06", "2022-05-16", "2022-05-17")  # fmt: skip
LIVING = (
    "as listed",
    "removed and back",
    "removed by its own date",
    "the bank",
    "a passport alone",
)
