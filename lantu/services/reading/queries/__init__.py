"""What the pages of the reading desk show."""

from lantu.services.reading.queries.asked import KINDS, SURE, Asked, asked, listed
from lantu.services.reading.queries.board import Line, amendable, board, find, find_draft, progress
from lantu.services.reading.queries.changes import Changes, guessed, outside, told_changes
from lantu.services.reading.queries.desk import Card, Desk, after, desk
from lantu.services.reading.queries.edit import Field, Page, page_of
from lantu.services.reading.queries.place import Place, place, promised_at
from lantu.services.reading.queries.versions import Gone, Versions, versions

__all__ = [
    "KINDS",
    "SURE",
    "Asked",
    "Card",
    "Changes",
    "Desk",
    "Field",
    "Gone",
    "Line",
    "Page",
    "Place",
    "Versions",
    "after",
    "amendable",
    "asked",
    "board",
    "desk",
    "find",
    "find_draft",
    "guessed",
    "listed",
    "outside",
    "page_of",
    "place",
    "progress",
    "promised_at",
    "told_changes",
    "versions",
]
