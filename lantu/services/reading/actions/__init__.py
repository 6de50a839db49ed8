"""Acts at the reading desk: to hand in a document, to read it, to review, to load what stands."""

from lantu.services.reading.actions.adding import add, split
from lantu.services.reading.actions.loading import describe, load, would_change
from lantu.services.reading.actions.receiving import begin, read, receive, start
from lantu.services.reading.actions.reviewing import (
    accept,
    accept_all,
    edit,
    merge,
    reject,
    reject_all,
    reopen,
    undo,
)

__all__ = [
    "accept",
    "accept_all",
    "add",
    "begin",
    "describe",
    "edit",
    "load",
    "merge",
    "read",
    "receive",
    "reject",
    "reject_all",
    "reopen",
    "split",
    "start",
    "undo",
    "would_change",
]
