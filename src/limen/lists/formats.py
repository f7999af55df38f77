"""The formats that lists are published in: a name, the files it takes, and its reader.

A reader is a generator, bytes in and entries out. It takes the sources of one version by role,
and an audit that counts the fields it leaves. A new format is one more row in this table.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import cast

from limen.lists.audit import Audit
from limen.lists.source import Source
from limen.model import WHOLE, Entry, RegistryError
from limen.util.suggest import did_you_mean

_WORD = re.compile(r"\w+")

Sources = Mapping[str, Source]
Reader = Callable[[Sources, Audit], Iterator[Entry]]
DayOf = Callable[[Sources], str | None]


@dataclass(frozen=True, slots=True)
class Format:
    """The layout of a list in files.

    Attributes:
        name: the word used in ``lists.yml``: ``"ofac_legacy_csv"``.
        parts: the parts of an entry, the leading one first (see :class:`limen.model.Entry`).
        required: roles that must be there.
        optional: roles that may be missing.
        reader: ``"module:function"`` below ``limen.lists.readers``, loaded when used.
        day_of: ``"module:function"`` that reads the publication day out of the file itself
            (ISO), or ``None`` where the file has none.
        open_roles: whether further roles are accepted (the EU journal: a file per act).
    """

    name: str
    parts: tuple[str, ...]
    required: tuple[str, ...]
    optional: tuple[str, ...] = ()
    reader: str = ""
    day_of: str | None = None
    open_roles: bool = False

    def read(self, sources: Sources, audit: Audit) -> Iterator[Entry]:
        """Read the entries of one version."""
        return cast("Reader", _load(self.reader))(sources, audit)

    def misfit(self, roles: Collection[str], carried: Collection[str] = ()) -> str:
        """Return why files in these roles do not make a version; ``""`` when they do.

        ``carried`` are parts that were not available, and are carried forward from earlier
        versions. Every part must be given or carried: one left out silently would read as a
        part that lost all its entries.
        """
        known = (*self.required, *self.optional)
        for role in roles:
            if self.open_roles and not _WORD.fullmatch(role):
                return f"{role!r} is no name for a file's role"
            if role not in known and not self.open_roles:
                return f"{self.name} has no file {role!r}; {did_you_mean(role, known)}"
        follow_on = [part for part in self.parts if part not in (WHOLE, self.parts[0])]
        for part in carried:
            if part not in follow_on or part in roles:
                return f"{part} cannot be carried forward: it leads, is unknown, or is given"
        needed = (*self.required, *follow_on)
        absent = [name for name in needed if name not in roles and name not in carried]
        if absent:
            return f"{self.name} lacks {', '.join(dict.fromkeys(absent))}"
        return "" if roles else "no file at all"

    def published_on(self, sources: Sources) -> str | None:
        """Return the day printed in the file itself, ``None`` if it has none."""
        return cast("DayOf", _load(self.day_of))(sources) if self.day_of else None


def _load(path: str) -> object:
    module, _, function = path.partition(":")
    return getattr(import_module(f"limen.lists.readers.{module}"), function)


_FORMATS: tuple[Format, ...] = (
    Format(
        "ofac_legacy_csv",
        parts=("sdn", "alt", "add"),
        required=("sdn",),
        optional=("alt", "add", "comments"),
        reader="ofac.legacy:read",
    ),
    Format(
        "ofac_legacy_pip",
        parts=("sdn", "alt", "add"),
        required=("sdn",),
        optional=("alt", "add", "comments"),
        reader="ofac.legacy:read_pip",
    ),
    Format(
        "ofac_xml", ("record",), ("xml",), reader="ofac.classic:read", day_of="ofac.classic:day"
    ),
    Format(
        "ofac_advanced_xml",
        ("record",),
        ("xml",),
        reader="ofac.advanced:read",
        day_of="ofac.advanced:day",
    ),
    Format(
        "ofac_enhanced_xml",
        ("record",),
        ("xml",),
        reader="ofac.enhanced:read",
        day_of="ofac.enhanced:day",
    ),
    Format("un_xml", ("record",), ("xml",), reader="un:read", day_of="un:day"),
    Format("eu_fsf_xml", ("record",), ("xml",), reader="eu.fsf_xml:read", day_of="eu.fsf_xml:day"),
    Format("eu_fsf_csv", ("record",), ("csv",), reader="eu.fsf_csv:read", day_of="eu.fsf_csv:day"),
    Format("eu_journal_csv", ("record",), (), reader="eu.journal:read", open_roles=True),
    Format(
        "uk_fcdo_csv", ("record",), ("csv",), reader="uk.fcdo_csv:read", day_of="uk.fcdo_csv:day"
    ),
    Format(
        "uk_fcdo_xml", ("record",), ("xml",), reader="uk.fcdo_xml:read", day_of="uk.fcdo_xml:day"
    ),
    Format(
        "uk_ofsi_csv", ("record",), ("csv",), reader="uk.ofsi_csv:read", day_of="uk.ofsi_csv:day"
    ),
    Format("us_csl_csv", ("record",), ("csv",), reader="csl.csl:read"),
    Format("ca_sema_xml", ("record",), ("xml",), reader="ca.sema:read"),
    Format("au_dfat_xlsx", ("record",), ("xlsx",), reader="au.dfat:read"),
    Format("ch_seco_xml", ("record",), ("xml",), reader="ch.seco:read", day_of="ch.seco:day"),
    Format("ftm_jsonl", ("record",), ("jsonl",), reader="ftm.ftm:read"),
    Format("ftm_simple_csv", ("record",), ("csv",), reader="ftm.simple:read"),
    Format("limen_csv", ("record",), ("csv",), reader="own_csv:read"),
)

FORMATS: Mapping[str, Format] = {layout.name: layout for layout in _FORMATS}


def format_named(name: str) -> Format:
    """Return the format of that name.

    Raises:
        RegistryError: there is none.
    """
    layout = FORMATS.get(name)
    if layout is None:
        raise RegistryError(f"unknown format {name!r}", hint=did_you_mean(name, FORMATS))
    return layout
