"""The patterns of English conditionals: marks, inversions, and nouns that are conditions."""

from __future__ import annotations

import re

_MODAL = (
    r"(?:would|will|shall|could|may|might|can|must|won['’]t|wouldn['’]t|cannot|can['’]t|"
    r"['’]ll|['’]d|should)"
)
CLAUSE_END = re.compile(r"[.?!;](?:\s|$)|\s[–—-]{1,2}\s|$")
IF = re.compile(
    r"\b(?P<mark>(?:only |even |and |but )?if|unless|in the event (?:that|of)|in case(?: of)?|"
    r"(?<!extent )(?<!as )(?<!otherwise )provided(?: that)?(?! (?:by|in|under|for|to|with|at|on|"
    r"herein|above|below|and|or|from|as)\b)|providing(?: that)?"
    r"|as long as|so long as|on (?:the )?condition that|as soon as|the moment|the minute|the "
    r"instant|the day"
    r"|once|assuming(?: that)?|in the absence of|failing|absent|where|when|whenever|until|"
    r"upon|every time|each time|any time|barring|short of|but for|without)\b",
    re.IGNORECASE,
)
CERTAIN_MARKS = (
    "if", "only if", "even if", "and if", "but if", "unless", "in the event that",
    "in the event of", "in case", "in case of", "provided", "provided that", "providing",
    "providing that", "as long as", "so long as",
    "on condition that", "on the condition that", "assuming", "assuming that",
)  # fmt: skip
SHOULD = re.compile(
    r"(?<![\w’'])(?P<mark>[Ss]hould)\s+(?P<c>(?:(?!not\b)(?:the|any|a|an|this|that|these|those|"
    r"it|he|she|they|we|you|either|one|there|such|[A-Z][\w’'-]*)\b))"
)
INVERTED = re.compile(
    r"(?<!\w)(?P<mark>[Ww]ere)\s+(?:the\s+)?[\w’'-]+(?:\s[\w’'-]+){0,5}?\s+to\s+[a-z]"
)
#: ``Had ministers listened, ...``; ``... would have closed had ministers listened``.
HAD = re.compile(
    r"(?P<mark>(?:(?<!.)|(?<=[.;:,“\"‘(—]\s)|(?<=[“\"‘(]))Had(?=\s+[\w’'-])|"
    r"(?<=\w\s)had(?=\s+(?:the|it|he|she|they|we|you|this|that|those|these|[A-Z])))"
)
#: What would have followed, had something else been.
UNREAL = re.compile(r"\b(?:would|could|might)\b")
#: ``Only if Russia withdraws will sanctions be lifted``.
TURNED = re.compile(r"\s(?:will|would|can|could|shall|may|must|do|does|is|are)\s")
#: Behind these an ``if`` begins a clause of its own, with its consequence behind a comma.
THAT = re.compile(r"\b(?:that|and|but|because|said|says|warned|added|noted)\Z", re.IGNORECASE)
#: Marks of one instant; what follows may stand in the present: ``The moment they move, we move``.
AT_ONCE = ("the moment", "the minute", "the instant", "as soon as")
PAST = re.compile(r"\b(?:was|were|had|did|came|went|said|took|made|\w{3,}ed)\b", re.IGNORECASE)
#: What a reader of a page is invited to do.
INVITING = re.compile(
    r"(?:please )?(?:contact|e-?mail|click|visit|subscribe|sign up|follow us|read|write to|get in "
    r"touch|reach out|let us know|send us|download|see (?:the|our)|refresh|log in)\b",
    re.IGNORECASE,
)
#: Turns of phrase that state no condition.
IDLE = re.compile(
    r"if (?:anything|ever|at all|you (?:will|like)|I (?:may|might)|memory serves)\b", re.IGNORECASE
)
#: What makes a clause behind ``where`` a state of things and no place.
STATE = re.compile(
    r"\b(?:is|are|has|have|such|it|they|necessary|required|strictly|\w+ed)\b", re.IGNORECASE
)
#: Words for what is done in answer; with ``further`` or ``new`` they are a plan, no condition.
PLANNED = re.compile(
    r"(?:further|additional|new|such|renewed)\s+(?:\w+\s+){0,2}?(?:sanctions?|measures?|packages?|"
    r"restrictions?|designations?|listings?|talks|details|announcements?|rounds?|guidance|"
    r"licen[cs]es?|meetings?|discussions?|negotiations?|aid|support|funding|weapons|assistance|"
    r"information|tariffs?|bans?|controls|penalties|consequences|government|president|"
    r"administration|minister|rules?|law|bill|legislation|reports?|chapter|owners?)\b",
    re.IGNORECASE,
)
WHETHER = re.compile(
    r"\b(?:ask(?:ed|s|ing)?|wonder(?:ed|s|ing)?|know|knows|knew|known|see|saw|unclear|unsure|"
    r"sure|doubt|doubts|question(?:ed)?|"
    r"decide[ds]?|determine[ds]?|check(?:ed)?|tell|told|clear|say|matter|(?:let )?(?:me|us|"
    r"you) know|having issues with"
    r"|find out|remains to be seen|pressed(?: on)?|as|what|not)\s*,?\s*$",
    re.IGNORECASE,
)
_ADVERBS = (
    r"(?:also |not |never |only |again |have |(?:in |by )?(?:itself|themselves) |on (?:its|their) "
    r"own |automatically |immediately |therefore |clearly )*"
)
_BRINGS = (
    r"bring|carry|trigger|mean|lead|result|constitut|amount|prompt|cause|come|incur|provoke|attract|"
    r"cost|represent|draw|face|cross|invite|elicit|entail|expose|activate|invoke"
)
_NOMINAL = re.compile(
    r"(?P<c>(?:\b(?:[Aa]ny|[Ff]urther|[Aa]nother|[Rr]enewed|[Aa] single)\b|\b[Aa] (?:minor|major|"
    r"limited|full-scale|further|new|large(?:-scale)?)\b)[^.;:,]{3,140}?)\s{1,3}"
    r"(?P<q>(?:would|will|shall)\s+"
    + _ADVERBS
    + r"(?:be |have |make|not|end|set|put|require|count|"
    + _BRINGS
    + r")\w*[^.;]*)"
)
#: ``Such a move would be met with ...``: a plan, unless it brings something.
_SUCH = re.compile(
    r"(?P<c>\b(?:[Ss]uch|[Nn]ew|[Aa]dditional|[Tt]hose)\b[^.;:,]{3,140}?)\s{1,3}"
    r"(?P<q>(?:would|will|shall)\s+" + _ADVERBS + r"(?:be (?:met|seen|considered|treated|regarded|"
    r"viewed|deemed|answered)|" + _BRINGS + r")\w*[^.;]*)"
)
#: ``The first toecap across the line means the package is triggered``.
_MEANS = re.compile(
    r"(?P<c>\b(?:any|every|each|another|further|a (?:single|further|second)|one more|the "
    r"(?:first|slightest|smallest|mere))\b[^.;:,]{3,140}?)\s{1,3}"
    r"(?P<q>(?:means?|triggers?|brings?|ends?|invites?|activates?|constitutes?|amounts? to|sets? "
    r"off|leads? to|results? in|(?:is|are) met with)\b[^.;]*)",
    re.IGNORECASE,
)
#: ``withdraw or face the consequences``.
_OR_FACE = re.compile(
    r"(?P<c>[^.;:,“”\"]{3,140}?),?\s{1,3}or\s+(?:else\s+)?(?P<q>(?:to\s+)?(?:face|risk|suffer|"
    r"pay a|pay "
    r"the|be (?:cut off|sanctioned|designated|listed))\b[^.;]*)",
    re.IGNORECASE,
)
_GERUND = re.compile(
    r"(?P<c>[^.;:,“”\"]{0,120}?\b(?!(?:no|some|any|every)thing|during|morning|evening|being)"
    r"\w{3,}ing\b[^.;:,“”\"]{0,120}?)\s{1,3}"
    r"(?P<q>(?:would|wouldn['’]t|will|won['’]t)\s+(?:not\s+)?(?:(?:in |by )?(?:itself|"
    r"themselves) |on (?:its|their) own |necessarily |automatically |also |clearly |alone "
    r")*(?:be|trigger|constitute|amount|mean|count|cross|represent|lead|result|bring|prompt|"
    r"violate|breach|qualify|cause|invite|require)\b[^.;]*)"
)
_TRIGGERING = re.compile(
    r"(?P<c>[^.;:“”\"]{3,200}?)\s{1,3}(?P<q>(?:would|will|could|does|do|did|may|might|"
    r"shall)(?:n['’]t)?\s+(?:not |never |only |(?:in |by )?(?:itself|themselves) |on (?:its|"
    r"their) own |automatically |also |immediately |likely |necessarily |alone )*"
    r"(?:trigger|set off|be met with|be considered|be treated|be regarded as|be seen as|be "
    r"viewed as|be a new step|be deemed|constitute|amount to|prompt|provoke|result in|lead to|"
    r"draw|activate|cross (?:a|the|our) (?:red )?line)\b[^.;]*)"
)
_RESPOND = re.compile(
    r"(?P<q>\b(?:would|will|shall|ready to|prepared to|stands? ready to|vow(?:s|ed) to|"
    r"pledge[ds]? to)\s+(?:not\s+)?(?:be |\w+ly |also )*(?:respond|react|retaliate|answer|"
    r"reply)\w*\b[^.;]{0,160}?)\s{1,3}"
    r"(?:to|against|in the event of|in the face of)\s+(?P<c>(?:any |further |additional |"
    r"another |renewed |new |more |such |a |an |the )[^.;]{3,160}|[A-Z][\w’'-]+ (?:aggression|"
    r"invasion|attack|incursion)[^.;]{0,100})"
)
_FACE = re.compile(
    r"(?P<q>(?:massive|severe|serious|swift|heavy|grave|"
    r"devastating)[^.;]{0,80}?\b(?:consequences?|costs?|price|sanctions|response)\b[^.;]{0,60}?)\s{1,3}"
    r"(?:for|in response to|in the event of|in case of)\s+(?P<c>(?:any|further|a|another|"
    r"renewed)\s[^.;]{3,120})"
)
_DEPENDS = re.compile(
    (
        r"(?P<q>[^.;,]{3,120}?)\s{1,3}(?:depends?|would depend|will depend|hinges?|conditional|"
        r"contingent|predicated)\s+(?:up)?on\s+(?P<c>[^.;]{3,160})"
    ),
    re.IGNORECASE,
)
CONSEQUENT = re.compile(
    (
        rf"\b(?:{_MODAL}|is|are|it['’]s|that['’]s|there['’]s|means?|stands?|remains?|am|going "
        rf"to|ready|prepared|have to|has to|need|needs|changes?|faces?|becomes?|ceases?|"
        rf"terminates?|applies|apply|lapses?|expires?|comes?|goes|[a-z]+s)\b"
    ),
    re.IGNORECASE,
)
FUTURE = re.compile(
    (
        r"\b(?:will|would|shall|must|may|won['’]t|wouldn['’]t|['’]ll|going to|can|cannot|"
        r"could|might)\b"
    ),
    re.IGNORECASE,
)
QUALIFIERS = re.compile(
    (
        r"\b(any|assembled|further|again|additional|minor|major|significant|aggressive|"
        r"full-scale|full-fledged|fully fledged|limited|single|renewed|first|more|large "
        r"numbers?|large-scale|new|only|material|substantial)\b"
    ),
    re.IGNORECASE,
)


#: What words of a sentence begin with: one of every group has to stand in it.
Hints = tuple[tuple[str, ...], ...]

_AHEAD = ("would", "will", "shall", "won't", "won’t")
_MODAL_HINTS = (*_AHEAD, "could", "does", "do ", "did", "don", "may", "might")
#: The words a form cannot do without, the form, and what to call it.
FORMS: tuple[tuple[Hints, re.Pattern[str], str], ...] = (
    (
        (
            ("respon", "react", "retaliat", "answer", "repl"),
            (*_AHEAD, "ready", "prepared", "vow", "pledge"),
        ),
        _RESPOND,
        "response",
    ),
    (
        (
            ("any", "further", "another", "renew", "single", "a new", "minor", "major", "limit",
             "full", "large"),
            _AHEAD,
        ),
        _NOMINAL,
        "nominal",
    ),
    (
        (
            ("trigger", "set off", "met with", "considered", "treated", "regarded", "seen as",
             "viewed", "new step", "deemed", "constitut", "amount", "prompt", "provok",
             "result in", "lead to", "draw", "activat", "line"),
            _MODAL_HINTS,
        ),
        _TRIGGERING,
        "trigger",
    ),
    ((("such", "new", "addition", "those"), _AHEAD), _SUCH, "nominal"),
    ((("ing ",), _AHEAD), _GERUND, "gerund"),
    (
        (
            ("any", "every", "each", "another", "further", "single", "one more", "first",
             "slightest", "smallest", "mere", "second"),
            ("mean", "trigger", "bring", "end", "invite", "activate", "constitute", "amount",
             "set", "lead", "result", "met with"),
        ),
        _MEANS,
        "nominal",
    ),
    (
        ((" or ",), ("face", "risk", "suffer", "pay", "be cut", "be sanction", "be desig",
                     "be listed")),
        _OR_FACE,
        "or",
    ),
    (
        (
            ("massive", "severe", "serious", "swift", "heavy", "grave", "devastating"),
            ("consequence", "cost", "price", "sanctions", "response"),
        ),
        _FACE,
        "response",
    ),
    ((("depend", "hinge", "conditional", "contingent", "predicated"),), _DEPENDS, "depends"),
)  # fmt: skip
#: Without one of these no sentence states a condition, behind a mark or by inversion.
MARKED: Hints = (
    (
        "if", "unless", "should", "were ", "had ", "in the event", "in case", "provid", "as long",
        "so long", "condition", "as soon", "the moment", "the minute", "the instant", "the day",
        "once", "assuming", "absen", "failing", "without", "barring", "short of", "but for",
        "where", "when", "until", "upon", " time",
    ),
)  # fmt: skip


def hinted(hints: Hints, low: str) -> bool:
    """Return whether words of every group stand in a sentence in small letters."""
    return all(any(word in low for word in group) for group in hints)
