"""``limen parties``: parties and their records on all lists."""

from limen.cli.commands.parties.party_commands import parties

__all__ = ["parties"]
