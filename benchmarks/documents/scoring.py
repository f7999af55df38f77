"""Score reading against labels: quotations, speakers, conditionals, mentions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from limen.documents import DocumentReport, report_on
from limen.documents.readers import read_bytes

FOLDER = Path(__file__).parent


@dataclass
class Tally:
    """Right, invented, missed; and what went wrong, in words."""

    right: int = 0
    invented: int = 0
    missed: int = 0
    told: list[str] = field(default_factory=list)

    @property
    def f1(self) -> float:
        wrong = self.invented + self.missed
        return 2 * self.right / (2 * self.right + wrong) if self.right + wrong else 1.0


@dataclass
class Scores:
    quotes: Tally = field(default_factory=Tally)
    speakers: Tally = field(default_factory=Tally)
    attributions: Tally = field(default_factory=Tally)
    conditionals: Tally = field(default_factory=Tally)
    polarity: Tally = field(default_factory=Tally)


def texts(name: str) -> list[dict[str, Any]]:
    """The labelled texts of a file: ``"dev"`` or ``"unseen"``."""
    return yaml.safe_load((FOLDER / f"texts_{name}.yml").read_text(encoding="utf-8"))


def score(labelled: Sequence[dict[str, Any]]) -> Scores:
    """Read every text and compare with its labels."""
    scores = Scores()
    for each in labelled:
        report = report_on(read_bytes(each["text"].encode(), f"{each['id']}.txt"))
        _quotes(scores, each, report)
        _conditionals(scores, each, report)
    return scores


def _plain(text: str) -> str:
    return " ".join(text.split()).strip(" ,.")


def _quotes(scores: Scores, label: dict[str, Any], report: DocumentReport) -> None:
    found = {_plain(each.quote): each for each in report.statements}
    wanted = {_plain(words): (who, how) for words, who, how in label["quotes"]}
    for words, (who, how) in wanted.items():
        each = found.pop(words, None)
        if each is None:
            scores.quotes.missed += 1
            scores.quotes.told.append(f"{label['id']}: missed {words!r}")
            continue
        scores.quotes.right += 1
        right = _same(each.speaker or "", who)
        _count(scores.speakers, right, f"{label['id']}: {words!r} by {each.speaker!r}, not {who!r}")
        right = each.attribution == how
        _count(
            scores.attributions, right, f"{label['id']}: {words!r} {each.attribution}, not {how}"
        )
    for words in found:
        scores.quotes.invented += 1
        scores.quotes.told.append(f"{label['id']}: invented {words!r}")


def _same(said: str, wanted: str) -> bool:
    """Whether the speaker is the one labelled: every word of the label stands in the name."""
    low = set(re.findall(r"[\w.]+", said.lower()))
    return set(re.findall(r"[\w.]+", wanted.lower())) <= low or (
        bool(said) and low <= set(re.findall(r"[\w.]+", wanted.lower())) and len(low) > 1
    )


def _count(tally: Tally, right: bool, told: str) -> None:
    if right:
        tally.right += 1
    else:
        tally.missed += 1
        tally.told.append(told)


def _conditionals(scores: Scores, label: dict[str, Any], report: DocumentReport) -> None:
    found = [
        (each.quote, each.reading)
        for each in (*report.statements, *report.reported)
        if each.reading
    ] + [(each.text, each.reading) for each in report.conditionals]
    for words, polarity in label["conditionals"]:
        hit = next((each for each in found if _touches(each, words)), None)
        if hit is None:
            scores.conditionals.missed += 1
            scores.conditionals.told.append(f"{label['id']}: missed {words!r}")
            continue
        found.remove(hit)
        scores.conditionals.right += 1
        told = f"{label['id']}: {words!r} is {hit[1].polarity}, not {polarity}"
        _count(scores.polarity, hit[1].polarity == polarity, told)
    for text, reading in found:
        scores.conditionals.invented += 1
        scores.conditionals.told.append(f"{label['id']}: invented {reading.cue}: {text[:80]!r}")


def _touches(found: tuple[str, Any], words: str) -> bool:
    text, reading = found
    plain = _plain(words).lower()
    return (
        plain in _plain(text).lower()
        or plain in f"{reading.cue} {reading.condition} {reading.consequence}".lower()
    )


def accuracy(tally: Tally) -> float:
    """The share that is right."""
    total = tally.right + tally.missed
    return tally.right / total if total else 1.0


def lines(scores: Scores) -> list[str]:
    """The scores, one a line."""
    return [
        (
            f"quotation spans F1     {scores.quotes.f1:.3f}  ({scores.quotes.right} right, "
            f"{scores.quotes.missed} missed, {scores.quotes.invented} invented)"
        ),
        f"speaker accuracy       {accuracy(scores.speakers):.3f}",
        f"attribution accuracy   {accuracy(scores.attributions):.3f}",
        (
            f"conditionals F1        {scores.conditionals.f1:.3f}  "
            f"({scores.conditionals.right} right, {scores.conditionals.missed} missed, "
            f"{scores.conditionals.invented} invented)"
        ),
        f"polarity accuracy      {accuracy(scores.polarity):.3f}",
    ]
