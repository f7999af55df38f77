"""Disguises of a text: what files, forms, web pages and those who hide do to letters."""

from __future__ import annotations

import html
import random
import urllib.parse
from collections.abc import Callable
from email.header import Header

_INVISIBLE = "\u200b\u2060\ufeff\u00ad\u200c\u200d\u2066\u2069\u200e\u0000\u0007\U000e0041"
_CYRILLIC = dict(zip("aceiopxyABCEHIKMOPTXys", "асеіорхуАВСЕНІКМОРТХуѕ", strict=True))
_GREEK = dict(zip("ABEZHIKMNOPTYXo", "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", strict=True))
_DIGITS = dict(zip("oOlISEAB", "0011534 8".replace(" ", ""), strict=True))

Disguise = Callable[[str, random.Random], str]


def invisible_in_a_word(text: str, chance: random.Random) -> str:
    """Put one invisible character into the middle of the longest word."""
    word = max(text.split(), key=len)
    at = len(word) // 2
    return text.replace(word, word[:at] + chance.choice(_INVISIBLE) + word[at:], 1)


def invisible_everywhere(text: str, chance: random.Random) -> str:
    """Put the same invisible character between all letters."""
    return chance.choice(_INVISIBLE[:6]).join(text)


def letter_spaced(text: str, _: random.Random) -> str:
    """Space all letters out: ``V L A D I M I R   P U T I N``."""
    return "   ".join(" ".join(word) for word in text.split())


def reversed_by_override(text: str, _: random.Random) -> str:
    """Write it backwards behind a right-to-left override, which shows it forwards."""
    return "\u202e" + text[::-1] + "\u202c"


def some_look_alikes(text: str, chance: random.Random) -> str:
    """Replace about half of the letters that have a Cyrillic look-alike."""
    return "".join(
        _CYRILLIC[char] if char in _CYRILLIC and chance.random() < 0.5 else char for char in text
    )


def all_look_alikes(text: str, chance: random.Random) -> str:
    """Replace every letter that has a look-alike in one other alphabet."""
    table = chance.choice((_CYRILLIC, _GREEK))
    return "".join(table.get(char, char) for char in text)


def digits_for_letters(text: str, _: random.Random) -> str:
    """Write one digit for a letter in each long word: ``PUT1N``."""
    return " ".join(_one_digit(word) for word in text.split())


def _one_digit(word: str) -> str:
    at = next((place for place, char in enumerate(word) if place and char in _DIGITS), None)
    if at is None or len(word) < 5:
        return word
    return word[:at] + _DIGITS[word[at]] + word[at + 1 :]


def full_width(text: str, _: random.Random) -> str:
    """Write ASCII in full-width forms."""
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text)


def mathematical(text: str, _: random.Random) -> str:
    """Write ASCII letters in mathematical bold."""
    return "".join(_bold(char) for char in text)


def _bold(char: str) -> str:
    if "A" <= char <= "Z":
        return chr(0x1D400 + ord(char) - ord("A"))
    if "a" <= char <= "z":
        return chr(0x1D41A + ord(char) - ord("a"))
    return char


def entities(text: str, _: random.Random) -> str:
    """Write every third letter as an HTML entity."""
    return "".join(f"&#{ord(c)};" if i % 3 == 0 else html.escape(c) for i, c in enumerate(text))


def tags(text: str, _: random.Random) -> str:
    """Wrap the words in HTML tags."""
    first, *rest = text.split(" ")
    return f"<b>{first}</b> " + "<br/>".join(rest)


def url_encoded(text: str, _: random.Random) -> str:
    """Write it as a query string does."""
    return urllib.parse.quote_plus(text)


def mojibake(text: str, chance: random.Random) -> str:
    """Read its UTF-8 bytes as a Western code page."""
    page = chance.choice(("cp1252", "latin-1"))
    return text.encode("utf-8").decode(page, errors="replace")


def replacement_character(text: str, _: random.Random) -> str:
    """Lose one letter of the longest word to U+FFFD."""
    word = max(text.split(), key=len)
    at = len(word) // 2
    return text.replace(word, word[:at] + "\ufffd" + word[at + 1 :], 1)


def capitals(text: str, _: random.Random) -> str:
    """Write it in capitals."""
    return text.upper()


def small(text: str, _: random.Random) -> str:
    """Write it in small letters."""
    return text.lower()


def no_break_spaces(text: str, chance: random.Random) -> str:
    """Put other blanks between the words."""
    return chance.choice(("\u00a0", "\u2009", "\u3000", "\t", "\n", "_", "  ")).join(text.split())


def quoted(text: str, chance: random.Random) -> str:
    """Put it in quotation marks of some kind."""
    left, right = chance.choice(('""', "''", "«»", "“”", "‘’", "()", "[]"))
    return f"{left}{text}{right}"


def trailing_noise(text: str, chance: random.Random) -> str:
    """Add what exports add: punctuation and marks."""
    return text + chance.choice((" *", ";", ".", " -", "\\", " |", " ?", " (new)", " #"))


def marks_between_letters(text: str, chance: random.Random) -> str:
    """Put one mark between all letters of each word."""
    mark = chance.choice(".-_*/|·")
    return " ".join(mark.join(word) for word in text.split())


def run_together(text: str, _: random.Random) -> str:
    """Leave the blanks out, and begin each word with a capital."""
    return "".join(word[:1].upper() + word[1:].lower() for word in text.split())


def cut_at_a_line(text: str, _: random.Random) -> str:
    """Cut the longest word at the end of a line."""
    word = max(text.split(), key=len)
    at = len(word) // 2
    return text.replace(word, f"{word[:at]}-\n{word[at:]}", 1)


def blank_look_alikes(text: str, chance: random.Random) -> str:
    """Put characters between the words that only look blank."""
    return chance.choice("\u2800\u3164\uffa0").join(text.split())


def escaped(text: str, chance: random.Random) -> str:
    """Write every letter as programs escape it."""
    return "".join(
        chance.choice((f"\\u{ord(char):04x}", char)) if char.isalpha() else char for char in text
    )


def encoded_for_mail(text: str, chance: random.Random) -> str:
    """Write it as the header or the body of a mail does."""
    if chance.random() < 0.5:
        return Header(text, "utf-8", maxlinelen=10_000).encode()
    return "".join(f"={byte:02X}" for byte in text.encode("utf-8"))


def labelled(text: str, chance: random.Random) -> str:
    """Write it behind a label, in a tag or in front of a mail address."""
    forms = (
        "Name: {}",
        "name={}",
        '{{"name": "{}"}}',
        "<name>{}</name>",
        '"{}" <info@example.com>',
    )
    return chance.choice(forms).format(text)


#: Disguises of a name. What only accents or other scripts show is left to the drawing.
DISGUISES: dict[str, Disguise] = {
    "as listed": lambda text, _: text,
    "capitals": capitals,
    "small letters": small,
    "other blanks": no_break_spaces,
    "quotation marks": quoted,
    "trailing marks": trailing_noise,
    "invisible character in a word": invisible_in_a_word,
    "invisible characters everywhere": invisible_everywhere,
    "letter-spaced": letter_spaced,
    "right-to-left override": reversed_by_override,
    "some look-alikes": some_look_alikes,
    "look-alikes throughout": all_look_alikes,
    "digits for letters": digits_for_letters,
    "full-width": full_width,
    "mathematical letters": mathematical,
    "HTML entities": entities,
    "HTML tags": tags,
    "URL encoding": url_encoded,
    "mojibake": mojibake,
    "replacement character": replacement_character,
    "marks between letters": marks_between_letters,
    "run together": run_together,
    "cut at a line": cut_at_a_line,
    "characters that look blank": blank_look_alikes,
    "escapes": escaped,
    "encoded for mail": encoded_for_mail,
    "labelled": labelled,
}
