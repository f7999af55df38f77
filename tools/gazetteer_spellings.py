"""Spell a Ukrainian place name as the world writes it: Russian by rule, Latin by standard.

Russian names of villages stand in no free source, but follow the Ukrainian ones by rule
(``-івка`` is ``-овка`` or ``-евка``, ``-ське`` is ``-ское``, ``-ів`` is ``-ов``). The rules
give several candidates, and each is a spelling to be found by; none is shown to anybody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice, product

MOST_RUSSIAN = 10

_WORDS = {
    "нова": "новая", "нове": "новое", "новий": "новый", "нові": "новые",
    "велика": "большая|великая", "велике": "большое|великое", "великий": "большой|великий",
    "великі": "большие|великие",
    "мала": "малая", "мале": "малое", "малий": "малый", "малі": "малые",
    "верхня": "верхняя", "верхнє": "верхнее", "верхній": "верхний", "верхні": "верхние",
    "нижня": "нижняя", "нижнє": "нижнее", "нижній": "нижний", "нижні": "нижние",
    "стара": "старая", "старе": "старое", "старий": "старый", "старі": "старые",
    "середня": "средняя", "середнє": "среднее", "середній": "средний",
    "біла": "белая", "біле": "белое", "білий": "белый", "білі": "белые",
    "перше": "первое", "перша": "первая", "перший": "первый",
    "друге": "второе", "друга": "вторая", "другий": "второй",
    "третє": "третье", "третя": "третья", "третій": "третий",
    "червоне": "красное|червоное", "червона": "красная|червоная",
    "червоний": "красный|червоный", "зелене": "зеленое", "зелена": "зеленая",
    "золота": "золотая", "золоте": "золотое", "гола": "голая", "крута": "крутая",
    "довге": "долгое", "довга": "долгая", "гостре": "острое", "чисте": "чистое",
    "багата": "богатая", "яр": "яр", "балка": "балка", "станиця": "станица",
    "залізне": "зализное", "часів": "часов",
}  # fmt: skip
#: Parts of words, in order; alternatives by a bar. The first is the likeliest.
_PARTS: tuple[tuple[str, str], ...] = (
    (r"[’'ʼ]ян", "ян|ен|ьян"), (r"[’'ʼ]ї", "ьи|ъи"), (r"[’'ʼ]є", "ье|ъе"), (r"[’'ʼ]", "ь|ъ|"),
    (r"слов", "слав|слов"), (r"^білo|^біл", "бел"), (r"черво", "красно|черво"),
    (r"верхньо", "верхне"), (r"нижньо", "нижне"), (r"дніпр", "днепр|днипр"),
    (r"вільн", "вольн"), (r"сніж", "снеж"), (r"піщан", "песчан"), (r"піск", "песк"),
    (r"ліс", "лес"), (r"світл", "светл"), (r"дібров", "дубров|дибров"), (r"річ", "реч"),
    (r"кам(?=ен)", "кам"), (r"сім", "семи|сим"), (r"пів", "пол|пив"), (r"міст", "мест"),
    (r"степ", "степ"), (r"вітр", "ветр"), (r"хліб", "хлеб"), (r"звір", "звер"),
    (r"первом", "первом"), (r"жовтнев", "октябрьск|жовтнев"), (r"лютнев", "февральск"),
    (r"травнев", "майск"), (r"перемож", "победн|перемож"), (r"радянськ", "советск"),
    (r"залізничн", "железнодорожн|зализничн"), (r"гірськ", "горск"), (r"гірн", "горн"),
    (r"підгор", "подгор"), (r"підг", "подг"), (r"під", "под|пид"), (r"міжг", "межг"),
    (r"їївк", "еевк"), (r"іївк", "еевк|иевк"), (r"ївк", "евк"), (r"лівк", "ловк|левк"),
    (r"([жчшщц])івк", r"\1евк|\1овк"), (r"івк", "овк|евк"), (r"івц", "овц"),
    (r"ська$", "ская"), (r"цька$", "цкая"), (r"ське$", "ское"), (r"цьке$", "цкое"),
    (r"івськ", "овск|евск"), (r"ївськ", "евск"), (r"ськ", "ск"), (r"цьк", "цк"), (r"зьк", "зк"),
    (r"ів$", "ов|ев"), (r"їв$", "ев"), (r"піль", "поль"), (r"нь(?=к)", "нь"),
    (r"ці$", "цы"), (r"ки$", "ки"), (r"ий$", "ый|ий"), (r"ій$", "ий"),
    (r"ове$", "ово|овое"), (r"еве$", "ево"), (r"єве$", "ево|иево"), (r"ине$", "ино|иное"),
    (r"іне$", "ино|ине"), (r"їне$", "ино"), (r"нє$", "нее"),
    (r"([стнлдрвмбпзк])е$", r"\1ое|\1о"), (r"ще$", "ще"), (r"ля$", "ля"),
    (r"ія$", "ия"), (r"и", "и|ы"), (r"і", "и|е"), (r"ї", "и"), (r"є", "е"), (r"ґ", "г"),
)  # fmt: skip


def russian(name: str) -> tuple[str, ...]:
    """Candidates for the Russian name of a place with this Ukrainian name, the likeliest first."""
    words = re.split(r"([\s-]+)", name.casefold())
    options = [_word(word) for word in words]
    return tuple(dict.fromkeys("".join(each) for each in islice(product(*options), MOST_RUSSIAN)))


def _word(word: str) -> list[str]:
    if word in _WORDS:
        return _WORDS[word].split("|")
    found = [""]
    at = 0
    while at < len(word):
        replaced, length = _part(word, at)
        found = [head + tail for tail in replaced for head in found]
        at += length
    return found[:MOST_RUSSIAN]


def _part(word: str, at: int) -> tuple[list[str], int]:
    for pattern, replacement in _COMPILED:
        if (match := pattern.match(word, at)) and match.end() > at:
            return match.expand(replacement).split("|"), match.end() - at
    return [word[at]], 1


_COMPILED = tuple((re.compile(pattern), replacement) for pattern, replacement in _PARTS)

_UK_KMU = dict(zip("абвгґдежзиіклмнопрстуфхцчшщьʼ'’", [
    "a", "b", "v", "h", "g", "d", "e", "zh", "z", "y", "i", "k", "l", "m", "n", "o", "p", "r", "s",
    "t", "u", "f", "kh", "ts", "ch", "sh", "shch", "", "", "", ""], strict=True))  # fmt: skip
_RU_BGN = dict(zip("абвгдежзийклмнопрстуфхцчшщъыьэюяё", [
    "a", "b", "v", "g", "d", "e", "zh", "z", "i", "y", "k", "l", "m", "n", "o", "p", "r", "s", "t",
    "u", "f", "kh", "ts", "ch", "sh", "shch", "", "y", "", "e", "yu", "ya", "yo"],
    strict=True))  # fmt: skip
_GERMAN = {"в": "w", "ж": "sch", "з": "s", "х": "ch", "ц": "z", "ч": "tsch", "ш": "sch",
           "щ": "schtsch", "й": "i", "я": "ja", "ю": "ju"}  # fmt: skip
_POLISH = {"в": "w", "ж": "z", "х": "ch", "ц": "c", "ч": "cz", "ш": "sz", "щ": "szcz", "й": "j",
           "я": "ja", "ю": "ju", "є": "je", "ї": "ji"}  # fmt: skip
_SCIENCE = {"ж": "z", "х": "ch", "ц": "c", "ч": "c", "ш": "s", "щ": "sc", "й": "j", "я": "ja",
            "ю": "ju", "є": "je", "ї": "ji"}  # fmt: skip
_FRENCH = {"у": "ou", "ч": "tch", "ш": "ch", "ж": "j", "щ": "chtch", "й": "i"}


def latin_ukrainian(name: str, *, all_standards: bool) -> Iterator[str]:
    """A Ukrainian name in Latin letters, by resolution 55/2010 first."""
    yield _spelt(name, _UK_KMU, {"я": "ia", "ю": "iu", "є": "ie", "ї": "i", "й": "i"}, initial=True)
    yield _spelt(name, _UK_KMU, {"я": "ya", "ю": "yu", "є": "ye", "ї": "yi", "й": "y"})
    yield _spelt(name, _UK_KMU, {"я": "ya", "ю": "yu", "є": "ye", "ї": "i", "й": "y", "и": "i"})
    if all_standards:
        yield _spelt(name, _UK_KMU, _SCIENCE)
        yield _spelt(name, _UK_KMU, _POLISH)
        yield _spelt(name, _UK_KMU, _GERMAN | {"є": "je", "ї": "ji"})
        yield _spelt(
            name, _UK_KMU, {"я": "ya", "ю": "yu", "є": "ye", "ї": "yi", "й": "y", "г": "g"}
        )


def latin_russian(name: str, *, all_standards: bool) -> Iterator[str]:
    """A Russian name in Latin letters, by BGN/PCGN first."""
    yield _spelt(name, _RU_BGN, {})
    soft = re.sub(r"ый$|ий$", "y", name)
    yield _spelt(re.sub(r"(?<=[аеёиоуыэюя])е", "je", soft).replace("je", "ye"), _RU_BGN, {})
    yield _spelt(soft, _RU_BGN, {"я": "ia", "ю": "iu", "й": "i"})
    if all_standards:
        yield _spelt(name, _RU_BGN, _SCIENCE)
        yield _spelt(name, _RU_BGN, _POLISH)
        yield _spelt(name, _RU_BGN, _GERMAN)
        yield _spelt(name, _RU_BGN, _FRENCH)
        yield _spelt(soft, _RU_BGN, {"ы": "i"})


def _spelt(
    name: str, table: dict[str, str], special: dict[str, str], *, initial: bool = False
) -> str:
    text = name.casefold().replace("зг", "zgh") if initial else name.casefold()
    if initial:  # at the start of a word these four are written with a y
        for letter, written in (("я", "ya"), ("ю", "yu"), ("є", "ye"), ("ї", "yi"), ("й", "y")):
            text = re.sub(rf"(?<![\w’'ʼ]){letter}", written, text)
    chosen = table | special
    return "".join(chosen.get(char, char) for char in text)


def spellings(name_uk: str, *, level: int) -> Iterable[str]:
    """Every spelling a place is looked up by.

    Args:
        name_uk: the official name.
        level: 0 for a village where nothing is at stake, 1 for a village of the five
            regions, 2 for their towns.
    """
    found = [name_uk.casefold()]
    russians = russian(name_uk)[: (1, 4, MOST_RUSSIAN)[level]]
    found.extend(russians)
    uk = list(latin_ukrainian(name_uk, all_standards=level == 2))
    found.extend(uk if level else uk[:2])
    for each in russians:
        latin = list(latin_russian(each, all_standards=level == 2))
        found.extend(latin if level == 2 else latin[: level + 1])
    return dict.fromkeys(found)
