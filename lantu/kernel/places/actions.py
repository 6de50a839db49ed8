"""Acts on areas, and on the outlines of zones."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction

from lantu.core.errors import ContentError
from lantu.core.plans.outline import Shape, stored
from lantu.core.rollup.territory import AreaEntry, Lying, Territory
from lantu.kernel.access.actions import record
from lantu.kernel.access.models import User, Zone
from lantu.kernel.places.models import Area, Outline, Placing


@transaction.atomic
def take_territory(found: Territory, *, by: User | None) -> int:
    """Make areas as a file names them, and place its zones. How many things changed.

    What the file does not name stays as it is; taking it again changes nothing. Raises
    ContentError for a zone that is not there, where real and invented would mix, and where a zone
    moves without a day.
    """
    changed = sum(_area(one, found.invented, by) for one in found.areas)
    areas = {one.slug: one for one in Area.objects.filter(invented=found.invented)}
    for one in found.areas:
        changed += _under(one, areas, by)
    for one in found.areas:
        changed += sum(_place(lying, areas[one.slug], by) for lying in one.zones)
    return changed


def _area(one: AreaEntry, invented: bool, by: User | None) -> int:
    names = {"zh": one.zh, "en": one.en}
    area, is_new = Area.objects.get_or_create(
        slug=one.slug, defaults={**names, "invented": invented}
    )
    if area.invented != invented:
        raise ContentError(
            one.where,
            f"The area {one.slug} holds {'invented' if area.invented else 'real'} zones.",
            "Real and invented never mix: name another area.",
        )
    before = {"zh": area.zh, "en": area.en}
    if not is_new and before == names:
        return 0
    area.zh, area.en = one.zh, one.en
    area.save(update_fields=["zh", "en"])
    _told(area, "create" if is_new else "rename", None if is_new else before, names, by)
    return 1


def _under(one: AreaEntry, areas: dict[str, Area], by: User | None) -> int:
    """Put an area below the one that the file names."""
    area, upper = areas[one.slug], areas[one.upper] if one.upper else None
    if area.upper == upper:
        return 0
    before = {"upper": area.upper.slug if area.upper else None}
    area.upper = upper
    area.save(update_fields=["upper"])
    _told(area, "move", before, {"upper": one.upper}, by)
    return 1


def _told(area: Area, act: str, before: object, after: object, by: User | None) -> None:
    record(
        zone=None, by=by, act=act, object_type="area", object_key=area.slug,
        before=before, after=after,
    )  # fmt: skip


def _place(lying: Lying, area: Area, by: User | None) -> int:
    zone = Zone.objects.filter(slug=lying.zone).first()
    if zone is None:
        raise ContentError(
            lying.where, f"There is no zone {lying.zone}.", "Make it first: lantu zones add."
        )
    if zone.invented != area.invented:
        raise ContentError(
            lying.where,
            f"The zone {zone.slug} is {'invented' if zone.invented else 'real'}, "
            f"the area {area.slug} is not.",
            "Real and invented never mix: name another area.",
        )
    subject = lying.subject or zone.zh
    last = Placing.objects.filter(zone=zone, until__isnull=True).select_related("area").first()
    if last is not None and (last.area_id, last.subject) == (area.pk, subject):
        return 0
    before = None if last is None else _ended(last, lying)
    Placing.objects.create(zone=zone, area=area, subject=subject, since=lying.since)
    after = {"area": area.slug, "subject": subject, "since": _iso(lying.since)}
    record(
        zone=zone, by=by, act="place", object_type="zone", object_key=zone.slug,
        before=before, after=after,
    )  # fmt: skip
    return 1


def _ended(last: Placing, lying: Lying) -> dict[str, str | None]:
    """The placing before ends on the day before the new one begins."""
    refusal = ContentError(
        lying.where,
        f"The zone {lying.zone} lies in {last.area.slug} so far.",
        "Say since when it lies elsewhere, on a later day: since: 2027-01-01.",
    )
    _end(last, lying.since, refusal)
    return {"area": last.area.slug, "subject": last.subject, "since": _iso(last.since)}


def _end(last: Placing | Outline, since: date | None, refusal: ContentError) -> None:
    """What holds so far ends on the day before the new begins; without a later day, the refusal."""
    if since is None or (last.since is not None and since <= last.since):
        raise refusal
    last.until = since - timedelta(days=1)
    last.save(update_fields=["until"])


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


@transaction.atomic
def take_outline(zone: Zone, shapes: Sequence[Shape], *, by: User | None) -> int:
    """Keep the outlines of a zone as a file has them. How many are new or have moved.

    What the file does not name stays, and taking it again changes nothing. Raises ContentError
    where a border moves without a day since when, for then pages of past days would move too.
    """
    changed = [shape.code for place, shape in enumerate(shapes) if _drawn(zone, shape, place)]
    if changed:
        record(
            zone=zone, by=by, act="outline", object_type="zone", object_key=zone.slug,
            before=None, after={"outlines": changed},
        )  # fmt: skip
    return len(changed)


def _drawn(zone: Zone, shape: Shape, place: int) -> bool:
    """Whether the outline is new or has moved."""
    terms = {
        "kind": shape.kind, "zh": shape.name["zh"], "en": shape.name["en"],
        "polygons": stored(shape), "source": shape.source, "place": place,
    }  # fmt: skip
    last = Outline.objects.filter(zone=zone, code=shape.code, until__isnull=True).first()
    if last is not None:
        if all(getattr(last, key) == value for key, value in terms.items()):
            return False
        if last.polygons == terms["polygons"]:  # only its words or its place in the file changed
            Outline.objects.filter(pk=last.pk).update(**terms)
            return True
        refusal = ContentError(
            shape.where,
            f"The outline {shape.code} of {zone.slug} had another border so far.",
            "Say since when it has this one, on a later day: since: 2027-01-01.",
        )
        _end(last, shape.since, refusal)
    Outline.objects.create(zone=zone, code=shape.code, since=shape.since, **terms)
    return True
