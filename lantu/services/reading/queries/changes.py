"""What loading a document changes in the plan of the zone, as a page shows it."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lantu.core.plans.drafts import title
from lantu.kernel.commitments.difference import Change
from lantu.services.reading.models import Draft, Reading
from lantu.services.reading.records import as_core

MOST = 200  # lines of each act
FIRST = 2_000  # letters within which a document says how it is called
_NUMBER = re.compile(r".{0,20}[\[〔（(]\s*20\d\d\s*[\]〕）)]\s*\d+\s*号")
_TITLE = re.compile(r"规划|纲要|计划|方案")
_ISSUED = re.compile(r"印发《([^》]{4,120})》")  # by a notice that carries the plan


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


@dataclass(frozen=True, slots=True)
class Late:
    """An accepted draft that is due outside the years of its plan."""

    pk: int
    title: Mapping[str, str]
    year: int


def outside(reading: Reading) -> list[Late]:
    """What must be put right before loading: targets due before, or after, the plan's years."""
    head = reading.head
    if not head:
        return []
    last = max(head["end"], head["outlook"] or 0)
    found = []
    for row in reading.drafts.filter(state=Draft.State.ACCEPTED, kind="target"):
        core = as_core(row)
        year = core.record.target_year
        if year is not None and not head["start"] <= year <= last:
            found.append(Late(row.pk, title(core), year))
    return found[:MOST]


def guessed(reading: Reading) -> dict[str, Any]:
    """What the text itself says of the plan: its title, its number, and the years it plans."""
    older = {} if reading.older is None else reading.older.head
    if older:
        return dict(older)
    lines = [line.strip("# \t") for line in reading.text[:FIRST].splitlines()]
    number = next((line for line in lines if _NUMBER.fullmatch(line)), "")
    titles = [line for line in lines if line and line != number]
    called = next((line for line in titles if _TITLE.search(line)), (titles or [reading.name])[0])
    issued = _ISSUED.search(reading.text[:FIRST].replace("\n", ""))
    called = (
        re.sub(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])", "", issued[1]) if issued else called
    )
    start = None if reading.end is None else reading.end - 4
    return {
        "zh": called[:200], "number": number[:80], "start": start, "end": reading.end,
        "outlook": _outlook(reading),
    }  # fmt: skip


def _outlook(reading: Reading) -> int | None:
    """The furthest year that an accepted promise names beyond the plan's last."""
    accepted = reading.drafts.filter(state=Draft.State.ACCEPTED, kind="target")
    years = (as_core(row).record.target_year for row in accepted)
    beyond = [year for year in years if year and reading.end and year > reading.end]
    return max(beyond, default=None)
