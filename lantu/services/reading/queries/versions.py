"""Two versions of a document: which promises were added, removed and changed."""

from dataclasses import dataclass
from datetime import datetime

from lantu.core.plans.drafts import title
from lantu.services.reading.models import Draft, Reading
from lantu.services.reading.queries.edit import Field, before
from lantu.services.reading.records import as_core

MOST = 300  # lines of a list; the desk pages through the rest


@dataclass(frozen=True, slots=True)
class Same:
    """A promise of the newer version, with what it changes."""

    pk: int
    code: str
    title: dict[str, str]
    quote: str
    state_name: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Gone:
    """A promise that was accepted and is not in the newer version."""

    code: str
    title: dict[str, str]
    quote: str


@dataclass(frozen=True, slots=True)
class Versions:
    """The difference of a document and the version before it."""

    older: str
    older_at: datetime  # when it was handed in: both may be called alike
    newer: str
    newer_at: datetime
    added: tuple[Same, ...]
    changed: tuple[Same, ...]
    removed: tuple[Gone, ...]
    counts: dict[str, int]


def versions(reading: Reading) -> Versions | None:
    """None for a document that amends none."""
    older = reading.older
    if older is None:
        return None
    rows = reading.drafts.exclude(change=Draft.Change.KEPT)
    added = rows.filter(change=Draft.Change.ADDED)
    changed = rows.filter(change=Draft.Change.CHANGED)
    gone = older.drafts.filter(code__in=reading.removed)
    return Versions(
        older=older.name,
        older_at=older.at,
        newer=reading.name,
        newer_at=reading.at,
        added=tuple(_same(row) for row in added[:MOST]),
        changed=tuple(_same(row) for row in changed[:MOST]),
        removed=tuple(_gone(row) for row in gone[:MOST]),
        counts={
            "added": added.count(),
            "changed": changed.count(),
            "removed": gone.count(),
            "kept": reading.drafts.filter(change=Draft.Change.KEPT).count(),
        },
    )


def _same(row: Draft) -> Same:
    core = as_core(row)
    return Same(
        row.pk, row.code, title(core), core.record.quote, row.get_state_display(), before(row)
    )


def _gone(row: Draft) -> Gone:
    core = as_core(row)
    return Gone(row.code, title(core), core.record.quote)
