"""What loading a document changes in the plan of the zone, as a page shows it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lantu.kernel.commitments.difference import Change
from lantu.services.reading.models import Reading

MOST = 200  # lines of each act


@dataclass(frozen=True, slots=True)
class Part:
    """A field that changes."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Told:
    """A record that is added, changed or removed."""

    act: str
    code: str
    title: Mapping[str, str]
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """All changes by act, with their counts; long lists are cut."""

    added: tuple[Told, ...]
    changed: tuple[Told, ...]
    removed: tuple[Told, ...]
    counts: Mapping[str, int]
    total: int


def told_changes(changes: Sequence[Change]) -> Changes:
    counts = Counter(change.act for change in changes)

    def of(act: str) -> tuple[Told, ...]:
        return tuple(_told(one) for one in [one for one in changes if one.act == act][:MOST])

    return Changes(of("add"), of("change"), of("remove"), dict(counts), len(changes))


def _told(change: Change) -> Told:
    before, after = change.before or {}, change.after or {}
    parts = (
        Part(name, _plain(before.get(name)), _plain(after.get(name)))
        for name in (change.fields if change.act == "change" else ())
        if name != "place"  # where it stands moves with every line that is added
    )
    return Told(change.act, change.code, (after or before).get("title", {}), tuple(parts))


def _plain(value: Any) -> str:
    if isinstance(value, Mapping):
        return "，".join(f"{key}: {_plain(item)}" for key, item in value.items())
    return "—" if value is None else str(value)


def guessed(reading: Reading) -> dict[str, Any]:
    """What the text itself says of the plan: its first line, and the years it plans."""
    older = {} if reading.older is None else reading.older.head
    if older:
        return dict(older)
    lines = (line.strip("# \t") for line in reading.text.splitlines())
    title = next((line for line in lines if line), reading.name)[:200]
    start = None if reading.end is None else reading.end - 4
    return {"zh": title, "start": start, "end": reading.end}
