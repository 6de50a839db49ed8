"""A place of a document with what stands around it."""

from dataclasses import dataclass

from lantu.core.plans.records import PlanCommitment
from lantu.kernel.access.models import Zone
from lantu.kernel.commitments import queries as commitments
from lantu.services.reading.models import Reading

AROUND = 240  # letters before and after: a paragraph or two


@dataclass(frozen=True, slots=True)
class Place:
    """The letters from `start` to `end`, and those around them, as the document was read."""

    reading: Reading
    before: str
    phrase: str
    after: str
    cut_before: bool
    cut_after: bool


def place(zone: Zone, sha256: str, start: int, end: int) -> Place | None:
    """None where the zone holds no document of that checksum, or none so long."""
    found = Reading.objects.filter(zone=zone, sha256=sha256).exclude(text="").first()
    if found is None or not start < end <= len(found.text):
        return None
    first, last = max(start - AROUND, 0), end + AROUND
    return Place(
        found,
        found.text[first:start],
        found.text[start:end],
        found.text[end:last],
        first > 0,
        last < len(found.text),
    )


def promised_at(zone: Zone, sha256: str, start: int, end: int) -> list[PlanCommitment]:
    """What the zone's plan promises by these letters of its document."""
    plan = commitments.current_plan(zone)
    if plan is None or plan.document.sha256 != sha256:
        return []
    return [one for one in plan.commitments if (one.place.start, one.place.end) == (start, end)]
