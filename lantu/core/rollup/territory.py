"""A territory file: which areas there are, what lies in what, and which zones lie in each."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from lantu.core import content
from lantu.core.content import Entry
from lantu.core.plans.commitments import CODE
from lantu.core.rollup.tree import grow

LONGEST: Final = 50  # letters of a short name


@dataclass(frozen=True, slots=True)
class Lying:
    """A zone within an area. `subject` is what sources call the zone; empty: by its own name."""

    where: str
    zone: str
    subject: str
    since: date | None


@dataclass(frozen=True, slots=True)
class AreaEntry:
    """An area with the one above it, none for the uppermost, and the zones directly in it."""

    where: str
    slug: str
    zh: str
    en: str
    upper: str | None
    zones: tuple[Lying, ...]


@dataclass(frozen=True, slots=True)
class Territory:
    """All of a file. Real and invented zones never lie in one."""

    invented: bool
    areas: tuple[AreaEntry, ...]


def read(path: Path) -> Territory:
    """Read a file of areas. Raises ContentError with the line of what cannot be used."""
    entry = content.read(path)
    entry.only({"invented", "areas"})
    invented = entry.get("invented")
    areas = tuple(_area(one) for one in entry.need("areas").items())
    _refuse_twice(entry, [one.slug for one in areas], "area")
    zones = {lying.zone: one.slug for one in areas for lying in one.zones}
    _refuse_twice(entry, [lying.zone for one in areas for lying in one.zones], "zone")
    grow({one.slug: one.upper for one in areas}, zones)
    return Territory(invented is not None and invented.truth(), areas)


def _refuse_twice(entry: Entry, names: list[str], kind: str) -> None:
    if twice := next((one for one in names if names.count(one) > 1), None):
        raise entry.fail(f"The {kind} {twice} is named twice.", "Name it once.")


def _area(entry: Entry) -> AreaEntry:
    entry.only({"slug", "zh", "en", "upper", "zones"})
    slug, upper, zones = entry.need("slug"), entry.get("upper"), entry.get("zones")
    if not CODE.fullmatch(slug.text()) or len(slug.text()) > LONGEST:
        raise slug.fail(
            f"{slug.text()[:60]!r} is no short name.",
            f"Use up to {LONGEST} lower-case letters, digits and hyphens.",
        )
    return AreaEntry(
        entry.where,
        slug.text(),
        entry.need("zh").text(),
        entry.need("en").text(),
        None if upper is None else upper.text(),
        () if zones is None else tuple(_lying(one) for one in zones.items()),
    )


def _lying(entry: Entry) -> Lying:
    entry.only({"slug", "subject", "since"})
    subject, since = entry.get("subject"), entry.get("since")
    return Lying(
        entry.where,
        entry.need("slug").text(),
        "" if subject is None else subject.text(),
        None if since is None else since.day(),
    )
