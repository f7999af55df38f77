"""Read the box of the first page into a question.

What is written in a field is compared or queried: nothing is left out of a question without
a word at the field.
"""

from __future__ import annotations

from collections.abc import Mapping

from limen.batch.columns.dates import portfolio_date
from limen.batch.columns.kinds import schema_for
from limen.batch.columns.values import property_of
from limen.model import InputError, read_party
from limen.model.countries import country_codes, country_words
from limen.server.service.saved_questions import ADDRESS, TEXT, SavedQuestion
from limen.server.service.snapshot_service import ServedSnapshot
from limen.util.suggest import did_you_mean

#: What each field of the box's form holds.
Form = Mapping[str, str | list[str]]

#: Characters of the longest text that the box takes; longer ones are uploaded as files.
LONGEST_TEXT = 200_000
#: Characters of the longest name: listed names stay below it, and paragraphs exceed it.
_LONGEST_NAME = 200
#: Properties that a number in the box can be.
_NUMBERS = frozenset({"leiCode", "cryptoAddress", "imoNumber", "swiftBic", "idNumber"})


def read_form(served: ServedSnapshot, form: Form) -> SavedQuestion:
    """Read the form into a question that can be answered.

    Raises:
        InputError: it cannot, or a field would be left out of the comparison; says which.
    """
    what = str(form["what"]).strip()
    kind = str(form["kind"])
    if what and kind == ADDRESS:
        given = {"full": [what], "country": [_country(served, str(form["country"]))]}
        return _settled(served, form, ADDRESS, given)
    if what and (kind == TEXT or (kind == "Thing" and _is_text(what))):
        return _settled(served, form, TEXT, {"text": [what]})
    if not what and (kind in (ADDRESS, TEXT) or not str(form["number"]).strip()):
        raise InputError("write a name, a number, an address or a text", where="what")
    schema, properties = _party_fields(served, form)
    question = _settled(served, form, schema, properties)
    read_party(question.party, where="party")
    return question


def as_form(question: SavedQuestion) -> Form | None:
    """Return a question as the box would hold it, or nothing where the box has no field for it."""
    rest = {name: list(values) for name, values in question.party["properties"].items()}
    taken = {
        "what": rest.pop("name", []),
        "birth_date": rest.pop("birthDate", []) or rest.pop("incorporationDate", []),
        "country": rest.pop("country", []),
        "number": next((rest.pop(name) for name in list(rest) if name in _NUMBERS), []),
    }
    if rest.get("address") == taken["what"]:  # what may be a name or an address is both
        del rest["address"]
    if rest or any(len(values) > 1 for values in taken.values()):
        return None
    texts: dict[str, str | list[str]] = {name: "".join(found) for name, found in taken.items()}
    schema = question.party["schema"]
    return texts | {"kind": schema, "as_of": question.as_of[:10], "authority": []}


def _party_fields(served: ServedSnapshot, form: Form) -> tuple[str, dict[str, list[str]]]:
    """Return the schema and the properties that the form gives of a party."""
    what, number = str(form["what"]).strip(), str(form["number"]).strip()
    schema = str(form["kind"])
    born = "birthDate" if schema in ("Person", "Thing") else "incorporationDate"
    properties = {
        "name": [what],
        born: [_date(str(form["birth_date"]))],
        "country": [_country(served, str(form["country"]))],
        "address": [what] if schema == "Thing" and _may_be_address(what) else [],
    }
    if schema == "Thing" and form["birth_date"]:
        schema = "Person"
    if number:
        properties[property_of(number)] = [number]
        if schema == "Thing":
            schema = schema_for({name for name, values in properties.items() if any(values)})
    return schema, properties


def _date(text: str) -> str:
    """Return a date as ISO text; what reads as two dates is refused, not guessed.

    Raises:
        InputError: it is no date, or one in two orders.
    """
    if not text.strip():
        return ""
    try:
        return portfolio_date(text, None)
    except ValueError as error:
        raise InputError(
            str(error), where="born or founded", hint="write 1962, 1962-11 or 1962-11-23"
        ) from error


def _country(served: ServedSnapshot, text: str) -> str:
    """Return a country, or a place that the gazetteer knows, as it was written.

    Raises:
        InputError: neither has that name or code.
    """
    if text.strip() and not country_codes(text) and not served.engine.locate(text).clues:
        raise InputError(
            f"{text.strip()!r} is no country",
            where="country",
            hint=did_you_mean(text.strip(), country_words()),
        )
    return text


def _is_text(what: str) -> bool:
    """Return whether a whole text was pasted: a name has no paragraphs and fewer letters."""
    return "\n" in what or len(what) > _LONGEST_NAME


def _may_be_address(what: str) -> bool:
    """Return whether a name may be an address too, and is located: it has parts and numbers."""
    return "," in what and any(char.isdigit() for char in what)


def _settled(
    served: ServedSnapshot, form: Form, schema: str, properties: Mapping[str, list[str]]
) -> SavedQuestion:
    """Return the question with both clocks settled, so that its address always means the same.

    Raises:
        InputError: a day that is none or has not come yet, or an unknown authority.
    """
    scope = served.engine.scope(
        str(form["as_of"]) or None, None, tuple(form["authority"]), None, served.allow_stale
    )
    given = {name: [text for text in texts if text] for name, texts in properties.items()}
    return SavedQuestion(
        party={
            "schema": schema,
            "properties": {name: texts for name, texts in given.items() if texts},
        },
        as_of=str(scope.question.as_of),
        known_at=str(scope.question.known_at),
        authorities=scope.question.authorities,
    )
