"""Find the clause and the conditional of reported speech, which has no quotation marks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from limen.documents.conditions.conditionals import Conditional
from limen.documents.conditions.readings import reading_in
from limen.documents.document import Span
from limen.documents.speech.attribution import Saying
from limen.documents.text.sentences import Word


def around(text: str, words: Sequence[Word], span: Span, saying: Saying) -> Conditional | None:
    """Return the conditional of a divided sentence: ``If they wanted to, he said, they could``."""
    subject = saying.subject
    if subject is None:
        return None
    places = (subject.first, subject.last, saying.verb)
    head, tail = (words[place] for place in (min(places), max(places)))
    before, after = text[span[0] : head.start].rstrip(), text[tail.end : span[1]]
    if not before.endswith(",") or not after.startswith(","):
        return None
    both = f"{before} {after[1:].lstrip()}"
    found = reading_in(both, 0, len(both))
    return replace(found, span=span) if found else None


def clause_of(
    text: str, words: Sequence[Word], span: Span, saying: Saying, after: Saying | None
) -> Span:
    """Return the reported clause: before ``, he said``, or after ``he said that``.

    ``after`` is the next verb of speech of the sentence, where the clause ends.
    """
    verb = words[saying.verb]
    end = span[1]
    if after is not None:
        first = after.subject.first if after.subject else after.verb
        end = max(verb.end, words[max(first, saying.verb)].start)
    head = words[saying.subject.first].start if saying.subject else verb.start
    before = text[span[0] : min(head, verb.start)].rstrip(" ,—–-")
    rest = text[verb.end : end]
    if after is None and before and len(rest.split()) < 8 and len(before) > len(rest):
        return span[0], span[0] + len(before)
    that = re.search(r"\bthat\b", rest[:60])
    start = skip_blanks(text, verb.end + (that.end() if that else 0), end)
    cut = re.search(r"[\s,;—–-]*(?:\b(?:and|but|while|then)\s*)?\Z", text[start:end])
    return start, start + cut.start() if after is not None and cut else end


def skip_blanks(text: str, at: int, end: int) -> int:
    """Return the first offset from here on that is no blank."""
    while at < end and text[at].isspace():
        at += 1
    return at
