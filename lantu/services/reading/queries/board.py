"""The documents of a zone, and how far each one is."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from lantu.core.plans import wire
from lantu.core.reading.apart import STAGES
from lantu.core.reading.portions import Portion
from lantu.kernel.access.models import Zone
from lantu.services.reading.models import Draft, Reading
from lantu.services.reading.records import SILENT


@dataclass(frozen=True, slots=True)
class Line:
    """A document in the list."""

    pk: int
    name: str
    state: str
    state_name: str
    by: str
    at: datetime
    total: int
    decided: int
    accepted: int
    older: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the reading of a document is. `done` of `steps` stages."""

    line: Line
    done: int
    steps: int
    is_running: bool
    is_stuck: bool
    fault: tuple[str, ...]  # where, what, remedy
    portion: Portion  # of the stage that is going on
    share: float  # of the bar: stages that are done, and the part of the one that is going on


def board(zone: Zone) -> list[Line]:
    """All documents of a zone, the newest first."""
    return [_line(one) for one in _counted().filter(zone=zone)]


def find(zone: Zone, pk: int) -> Reading | None:
    """A document of the zone."""
    return Reading.objects.select_related("zone", "older", "by").filter(zone=zone, pk=pk).first()


def find_draft(reading: Reading, pk: int) -> Draft | None:
    """A draft of a document."""
    return reading.drafts.select_related("reading").filter(pk=pk).first()


def amendable(zone: Zone) -> list[Line]:
    """The documents of which an amended version may be handed in."""
    states = (Reading.State.CONFIRMED, Reading.State.REVIEW)
    return [_line(one) for one in _counted().filter(zone=zone, state__in=states)]


def progress(reading: Reading) -> Progress:
    """The stages that the reader has done."""
    done = STAGES.index(reading.stage) + 1 if reading.stage in STAGES else 0
    is_running = reading.state in (Reading.State.WAITING, Reading.State.READING)
    return Progress(
        _line(_counted().get(pk=reading.pk)),
        done,
        len(STAGES) + 1,
        is_running,
        is_running and timezone.now() - reading.beat > SILENT,
        tuple(reading.fault or ()),
        (portion := wire.load(Portion, reading.portion)),
        done + (min(1.0, portion.done / portion.of) if portion.of else 0.0),
    )


def _counted() -> Any:
    return Reading.objects.select_related("by", "older").annotate(
        total=Count("drafts"),
        left=Count("drafts", filter=Q(drafts__state=Draft.State.OPEN)),
        accepted=Count("drafts", filter=Q(drafts__state=Draft.State.ACCEPTED)),
    ).defer("text", "older__text")  # fmt: skip


def _line(one: Any) -> Line:
    return Line(
        pk=one.pk,
        name=one.name,
        state=one.state,
        state_name=one.get_state_display(),
        by=one.by.get_username(),
        at=one.at,
        total=one.total,
        decided=one.total - one.left,
        accepted=one.accepted,
        older="" if one.older is None else one.older.name,
        sha256=one.sha256,
    )
