"""The roles that elements of messages have, of both formats: for policies, which name them."""

from __future__ import annotations

from functools import cache

from limen.payments.iso20022.role_table import role_table
from limen.payments.mt.tag_table import mt_table


@cache
def known_roles() -> frozenset[str]:
    """Return every role that the two tables of messages give."""
    iso, mt = role_table(), mt_table()
    tables = (iso.parties, iso.agents, iso.others, mt.parties, mt.agents, mt.texts)
    named = {role for table in tables for role in table.values()}
    accounts = {role for role in mt.accounts.values() if role}
    return frozenset({*named, *accounts, *_IN_CODE})


#: Roles that are given where a format is read, and not by its table.
_IN_CODE = ("account", "instructing_party", "message")
