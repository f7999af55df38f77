"""Plant a listed party in a payment: in a role, in a spelling, or by its number or place."""

from __future__ import annotations

import random
from functools import cache

from benchmarks.payments.messages import ROLES, Payment
from benchmarks.payments.people import Listed, Target, parts_of_person
from benchmarks.payments.spellings import SPELLINGS, in_capitals, written

#: What was planted: the payment, the role of its element, the spelling, the party.
Planted = tuple[Payment, str, str, Target]
#: Roles besides parties: what is planted is a BIC, a name or number in a text, or a place.
_BY_BIC, _TEXTS = ("creditor_agent", "intermediary_agent"), ("remittance", "instruction")
_PLACES = (
    "UL LENINA 5, SIMFEROPOL, CRIMEA", "PROSPEKT NAKHIMOVA 2, SEVASTOPOL",
    "KHIABAN VALIASR 10, TEHRAN, IRAN", "CALLE 23 NO 105, HAVANA, CUBA",
    "VUL ARTEMA 50, DONETSK, UKRAINE", "TONGIL STREET, PYONGYANG, NORTH KOREA",
    "UL OBORONNAYA 4, LUGANSK, LNR", "UL SOVETSKAYA 7, YALTA, KRYM",
)  # fmt: skip
_BEFORE = ("PAYMENT FOR ", "INVOICE 4711 ", "GOODS ORDERED BY ", "ON BEHALF OF ", "SALARY OF ")
_COUNTRIES = (
    "GOODS ORIGIN IRAN", "SUGAR FROM CUBA INV 12", "COAL CONTRACT 44 NORTH KOREA",
    "CONSULTING TEHRAN IRAN", "HOTEL HAVANA CUBA", "DELIVERY DPRK", "CARPETS ISFAHAN IRAN ORDER 7",
)  # fmt: skip
_CITIES = ("SIMFEROPOL CRIMEA", "SEVASTOPOL", "TEHRAN IRAN", "HAVANA CUBA", "PYONGYANG DPRK")
#: Elements that hold a reference, and their roles; an MT has none of the last two.
_REFERENCES = {
    "EndToEndId": "reference", "CdtrRefInf/Ref": "remittance", "RfrdDocInf/Nb": "remittance",
}  # fmt: skip
_XML = "pacs.008.001.08"
_MT = "MT103"


#: What is planted by turns, by its method; a kind that is there twice comes twice as often.
_KINDS = (
    *("party",) * 7, "short_person", "short_person", "initials", "cut_long", "eight_letters",
    "in_address", "bic", "bic", "customer_number", "reference", "vessel", "text", "text",
    "word_in_text", "short_in_text", "place", "place_in_name", "country", "reported_country",
    "iranian_account",
)  # fmt: skip


class Planter:
    """Plants listed parties by turns: names in spellings, numbers, places, countries.

    Args:
        listed: the parties of the lists.
        seed: of the choice.
    """

    def __init__(self, listed: Listed, seed: int) -> None:
        self._listed = listed
        self._rng = random.Random(seed)

    def plant(self, payment: Payment, number: int) -> Planted:
        """Return the payment with what was planted."""
        return getattr(self, f"_{_KINDS[number % len(_KINDS)]}")(payment, number)

    def _party(self, payment: Payment, number: int) -> Planted:
        target = self._rng.choice(self._listed.targets)
        person = target.schema == "Person"
        spelling = self._rng.choice([each for each in SPELLINGS if person or each != "turned"])
        return _named(payment, number, written(target.name, spelling, self._rng), spelling, target)

    def _short_person(self, payment: Payment, number: int) -> Planted:
        target = self._rng.choice(self._listed.people)
        given, _, family = (in_capitals(part) for part in parts_of_person(target.name))
        name = self._rng.choice((f"{given} {family}", f"{family} {given}"))
        return _named(payment, number, name, "given and family name", target)

    def _initials(self, payment: Payment, number: int) -> Planted:
        target = self._rng.choice(self._listed.people)
        given, further, family = (in_capitals(part) for part in parts_of_person(target.name))
        shape = self._rng.choice(
            ("{f} {g} {m}", "{g}. {f}", "{f} {g}.{m}.", "{g} {m} {f}", "MR {g} {f}")
        )
        name = shape.format(f=family, g=given[0], m=further[:1])
        return _named(payment, number, name, "family name and initials", target)

    def _cut_long(self, payment: Payment, number: int) -> Planted:
        target = self._rng.choice(_long(self._listed))
        spelling = "cut at 30 to 140"
        return _named(payment, number, written(target.name, spelling, self._rng), spelling, target)

    def _eight_letters(self, payment: Payment, number: int) -> Planted:
        target = self._rng.choice(
            [each for each in self._listed.single_words if len(each.name) in (8, 11)]
        )
        payment.format = _MT
        return _named(payment, number, in_capitals(target.name), "8 or 11 letters of MT", target)

    def _in_address(self, payment: Payment, _: int) -> Planted:
        target = self._rng.choice(self._listed.targets)
        role = self._rng.choice(("debtor", "creditor"))
        before = self._rng.choice(("", "C/O ", "ATTN "))
        payment.addresses[role] = f"{before}{in_capitals(target.name)}"[:70].replace(",", " ")
        payment.names[role] = "HELLO TRADING LTD"
        return payment, role, "in an address line", target

    def _bic(self, payment: Payment, number: int) -> Planted:
        owner, bic = self._rng.choice(_numbers(self._listed, "swiftBic"))
        role = self._rng.choice(_BY_BIC)
        plain = "".join(filter(str.isalnum, bic)).upper()
        written_so = plain[:8] if self._rng.random() < 0.5 else f"{plain[:8]}XXX"
        small = number // len(_KINDS) % 3 == 0
        payment.bics[role] = written_so.lower() if small else written_so
        return (
            payment,
            role,
            "BIC in small letters" if small else "BIC",
            Target(owner, "Company", bic),
        )

    def _customer_number(self, payment: Payment, _: int) -> Planted:
        owner, inn = self._rng.choice(_numbers(self._listed, "innCode"))
        payment.format = _XML
        payment.further["Cdtr/Id/OrgId/Othr/Id"] = f"{self._rng.choice(('', 'INN'))}{inn}"
        return payment, "creditor", "INN under CUST", Target(owner, "Company", inn)

    def _reference(self, payment: Payment, _: int) -> Planted:
        element = self._rng.choice(tuple(_REFERENCES))
        target = self._rng.choice(
            self._listed.targets if self._rng.random() < 0.5 else self._listed.single_words
        )
        payment.format = _XML
        payment.further[element] = in_capitals(target.name)[:35]
        return payment, _REFERENCES[element], "in a reference", target

    def _vessel(self, payment: Payment, _: int) -> Planted:
        owner, imo = self._rng.choice(_numbers(self._listed, "imoNumber"))
        digits = "".join(filter(str.isdigit, imo))
        payment.texts["remittance"] = f"FREIGHT CHARGES VESSEL IMO {digits} VOYAGE 12"
        return payment, "remittance", "IMO number", Target(owner, "Vessel", imo)

    def _text(self, payment: Payment, _: int) -> Planted:
        return self._in_text(payment, self._rng.choice(self._listed.targets), "in a text")

    def _word_in_text(self, payment: Payment, _: int) -> Planted:
        return self._in_text(
            payment, self._rng.choice(self._listed.single_words), "one word in a text"
        )

    def _short_in_text(self, payment: Payment, _: int) -> Planted:
        target = self._rng.choice(self._listed.people)
        given, _further, family = parts_of_person(target.name)
        short = Target(target.id, target.schema, f"{given} {family}")
        return self._in_text(payment, short, "short name in a text")

    def _in_text(self, payment: Payment, target: Target, spelling: str) -> Planted:
        role = self._rng.choice(_TEXTS)
        payment.texts[role] = f"{self._rng.choice(_BEFORE)}{in_capitals(target.name)} REF 8812"
        return payment, role, spelling, target

    def _place(self, payment: Payment, _: int) -> Planted:
        role = self._rng.choice(("debtor", "creditor"))
        payment.addresses[role] = self._rng.choice(_PLACES)
        payment.countries.pop(role, None)
        return (
            payment,
            f"address of {role}",
            "place",
            Target("", "Address", payment.addresses[role]),
        )

    def _place_in_name(self, payment: Payment, _: int) -> Planted:
        role = self._rng.choice(("debtor", "creditor"))
        payment.names[role] = f"HELLO TRADING LTD {self._rng.choice(_CITIES)}"
        return payment, role, "place in a name", Target("", "Address", payment.names[role])

    def _country(self, payment: Payment, _: int) -> Planted:
        role = self._rng.choice(_TEXTS)
        payment.texts[role] = self._rng.choice(_COUNTRIES)
        return payment, role, "country in a text", Target("", "Address", payment.texts[role])

    def _reported_country(self, payment: Payment, _: int) -> Planted:
        payment.format = self._rng.choice((_XML, _MT))
        payment.further["RgltryRptg/Dtls/Ctry"] = code = self._rng.choice(("IR", "CU", "KP"))
        return payment, "regulatory", "country in reporting", Target("", "Address", code)

    def _iranian_account(self, payment: Payment, _: int) -> Planted:
        iban = _iban("IR", "".join(self._rng.choices("0123456789", k=22)))
        target = Target("", "Address", iban)
        if self._rng.random() < 0.5:
            payment.texts["remittance"] = f"FURTHER CREDIT ACC {iban}"
            return payment, "remittance", "IBAN in a text", target
        payment.format = self._rng.choice((_XML, _MT))
        payment.further["CdtrAcct/Id/Othr/Id"] = payment.ibans["creditor"] = iban
        return payment, "creditor", "IBAN as another account", target


def _named(payment: Payment, number: int, name: str, spelling: str, target: Target) -> Planted:
    """Plant a name in the role that a number gives."""
    roles = ROLES[payment.format]
    role = roles[(number // len(_KINDS)) % len(roles)]
    payment.names[role] = name
    payment.bics.pop(role, None)
    return payment, role, spelling, target


@cache
def _long(listed: Listed) -> list[Target]:
    return [each for each in listed.targets if len(in_capitals(each.name)) > 35]


def _iban(country: str, account: str) -> str:
    digits = "".join(str(int(each, 36)) for each in f"{account}{country}00")
    return f"{country}{98 - int(digits) % 97:02}{account}"


@cache
def _numbers(listed: Listed, field: str) -> list[tuple[str, str]]:
    return listed.numbers(field)
