"""The two errors that are for people. Everything else is a bug and rises."""

from dataclasses import dataclass


class ForPeople(Exception):
    """An error whose text a person can act on."""


@dataclass
class ContentError(ForPeople):
    """Something that was handed in cannot be used.

    `where` is a place a person can open (file and line, sheet and row), `what` names the actual
    value, `remedy` says what to do.
    """

    where: str
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.where}\n  {self.what}\n  {self.remedy}"


class Refused(ForPeople):
    """A rule forbids what was asked. The text says which, and what is possible instead."""
