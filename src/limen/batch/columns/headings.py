"""Find what a heading means: the words portfolios use for each FollowTheMoney property.

A heading is compared without case, accents, blanks and punctuation, and once more without
the words that only name the owner (``customer_``, ``counterparty``). A new word is a line in
the table.
"""

from __future__ import annotations

from functools import cache

from limen.model.schemata import MATCHABLE, properties
from limen.util.text import squash

#: Targets that are no property: the row's own key, the kind of party, and a part of an address.
ID = "id"
SCHEMA = "schema"
ADDRESS_PART = "address_part"

#: The parts of a name, in the order in which they are joined, and the dates of a party.
NAME_PARTS = ("firstName", "secondName", "middleName", "fatherName", "lastName")
DATES = ("birthDate", "incorporationDate", "deathDate", "dissolutionDate")

_WORDS = {
    ID: "id ref reference key uid internalid recordid customernumber clientnumber kundennummer",
    SCHEMA: "schema type kind category partytype entitytype subjecttype ftmschema",
    "name": (
        "name fullname wholename legalname displayname companyname organisationname "
        "organizationname entityname personname vesselname shipname customer client "
        "counterparty party vendor supplier beneficiary company firm nom nomcomplet "
        "raisonsociale firma firmenname bezeichnung nombre nombrecompleto razonsocial "
        "denominazione nomecompleto nome nazwa naam accounttitle accountname "
        "imeiprezime 姓名 имя фио наименование название"
    ),
    "alias": "alias aliases aka alsoknownas othername othernames tradingname tradename dba",
    "previousName": "formername previousname maidenname fka geburtsname",
    "firstName": "firstname givenname givennames forename forenames prenom vorname imie nombres",
    "secondName": "secondname",
    "middleName": "middlename middlenames",
    "fatherName": "fathername patronymic отчество",
    "lastName": (
        "lastname surname familyname nomdefamille nachname familienname apellido apellidos "
        "cognome nazwisko фамилия"
    ),
    "birthDate": (
        "birthdate dateofbirth dob birthday born birth datedenaissance naissance geburtsdatum "
        "geburtstag fechadenacimiento datadinascita dataurodzenia датарождения"
    ),
    "incorporationDate": "incorporationdate dateofincorporation founded foundingdate",
    "birthPlace": "birthplace placeofbirth pob lieudenaissance geburtsort lugardenacimiento",
    "birthCountry": "birthcountry countryofbirth",
    "country": (
        "country countrycode countryname countryofresidence residence residencecountry iso2 "
        "domicile pays land pais paese kraj страна"
    ),
    "nationality": "nationality nationalities nationalite staatsangehorigkeit nacionalidad",
    "citizenship": "citizenship citizenof гражданство",
    "jurisdiction": "jurisdiction countryofincorporation incorporationcountry registrationcountry",
    "gender": "gender sex geschlecht sexe sexo пол",
    "address": (
        "address fulladdress postaladdress residentialaddress registeredaddress location "
        "adresse anschrift direccion indirizzo adres адрес"
    ),
    ADDRESS_PART: (
        "street streetname streetaddress address1 address2 address3 addressline1 addressline2 "
        "addressline3 line1 line2 housenumber city town postcode postalcode zip zipcode state "
        "province region county rue ville codepostal strasse ort plz stadt calle ciudad"
    ),
    "passportNumber": "passport passportnumber passportno passnummer passeport паспорт",
    "idNumber": (
        "idnumber idno nationalid nationalidnumber identitycard identitynumber idcard pesel cnp "
        "personalausweis cedula dni"
    ),
    "socialSecurityNumber": "ssn socialsecuritynumber",
    "taxNumber": "taxnumber taxid taxno tin taxidentificationnumber steuernummer nif nit rfc",
    "vatCode": "vat vatnumber vatid vatcode ustid",
    "innCode": "inn инн",
    "ogrnCode": "ogrn огрн",
    "registrationNumber": (
        "registrationnumber registrationno companynumber companyregistrationnumber regno siren "
        "handelsregister registernumber krs"
    ),
    "leiCode": "lei leicode",
    "swiftBic": "bic swift swiftcode swiftbic biccode bankidentifiercode",
    "imoNumber": "imo imonumber imono",
    "mmsi": "mmsi",
    "callSign": "callsign",
    "flag": "flag flagstate",
    "cryptoAddress": "wallet walletaddress cryptoaddress cryptowallet blockchainaddress",
    "email": "email emailaddress mail",
    "phone": "phone phonenumber telephone mobile tel",
    "website": "website url homepage",
    "position": "position jobtitle occupation",
}

#: Words that say within a longer heading that it is one of names: ``Full Legal Name``. A company's
#: name may have ``Company`` or ``Party`` in it.
NAME_WORDS = frozenset(
    {
        *("name", "names", "nom", "nombre", "nombres", "nome", "naam", "nazwa", "имя", "фио"),
        *("наименование", "название", "apellido", "apellidos", "nachname", "vorname", "surname"),
    }
)

_OWNERS = (
    "customer", "client", "counterparty", "cpty", "party", "entity", "person", "company",
    "organisation", "organization", "subject", "beneficiary", "vendor", "supplier", "debtor",
    "creditor", "holder", "account", "owner", "vessel", "ship", "kunden", "kunde", "the",
)  # fmt: skip


#: Kinds of properties that are taken as headings by their own names too.
_COMPARED = ("name", "country", "identifier", "address", "gender", "email", "phone")


@cache
def _targets() -> dict[str, str]:
    found = {squash(name): name for name, kind in properties("Person").items() if kind in _COMPARED}
    for target, words in _WORDS.items():
        found.update({squash(word): target for word in words.split()})
    return found


@cache
def target_of(heading: str) -> str | None:
    """Return the property that a heading means, or ``ID``, ``SCHEMA`` or ``ADDRESS_PART``.

    Of ``customer.name``, the field of an inner object, the whole is tried first, then the last.
    """
    whole = _target_of_word(squash(heading))
    return whole or _target_of_word(squash(heading.rpartition(".")[2]))


def _target_of_word(word: str) -> str | None:
    targets = _targets()
    if word in targets:
        return targets[word]
    for owner in _OWNERS:
        rest = word.removeprefix(owner)
        if rest and rest != word and rest in targets:
            return targets[rest]
    return None


@cache
def all_properties() -> frozenset[str]:
    """Return every property that a column can be mapped to."""
    return frozenset(name for schema in MATCHABLE for name in properties(schema))
