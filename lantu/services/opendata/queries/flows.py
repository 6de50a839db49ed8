"""All flows of this installation, and their observations."""

from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from itertools import islice

from django.utils import timezone

from lantu.kernel.access.models import Zone
from lantu.kernel.access.queries import zone_mark, zones
from lantu.services.opendata.queries import verdicts
from lantu.services.opendata.queries.facts import facts_flow, facts_rows
from lantu.services.opendata.queries.history import facts_history
from lantu.services.opendata.queries.verdicts import verdicts_flow, verdicts_rows
from lantu.services.opendata.sdmx.asking import Wanted
from lantu.services.opendata.sdmx.model import Flow, Row, series
from lantu.services.opendata.sdmx.sorting import in_order

_MAKERS = {"FACTS": facts_flow, "VERDICTS": verdicts_flow}


def flow(name: str) -> Flow | None:
    """The flow of that name; None where there is none."""
    kind, _, slug = name.partition("_")
    maker = _MAKERS.get(kind)
    found = [zone for zone in zones() if zone.slug.upper() == slug]
    return _flow(kind, found[0]) if maker is not None and found else None


def flows(zone: Zone | None = None) -> list[Flow]:
    """The flows of a zone or of all zones."""
    chosen = zones() if zone is None else [zone]
    return [_flow(kind, one) for one in chosen for kind in _MAKERS]


def flow_of_verdicts(zone: Zone) -> Flow:
    """The flow of a zone's verdicts."""
    return _flow("VERDICTS", zone)


def _flow(kind: str, zone: Zone) -> Flow:
    return _kept(kind, zone.pk, zone.slug, zone.zh, zone.en, zone_mark(zone))


@lru_cache(maxsize=64)
def _kept(kind: str, pk: int, slug: str, zh: str, en: str, mark: str) -> Flow:
    """A flow with its code lists, which stay until something in the zone changes.

    To list them goes through every figure of the zone, and every request needs them.
    """
    return _MAKERS[kind](Zone(pk=pk, slug=slug, zh=zh, en=en))


def state(zone: str | None = None) -> str:
    """The mark of what a zone holds, or all zones: no two states have one."""
    return " ".join(zone_mark(one) for one in zones() if zone in (None, one.slug))


def changed(zone: str | None = None) -> datetime:
    """When what is told of a zone or of all may have changed last."""
    today = timezone.localdate()
    of = [one for one in zones() if zone in (None, one.slug)]
    return max(verdicts.changed(one, today) for one in of) if of else verdicts.year_begun(today)


def rows(flow: Flow, wanted: Wanted) -> Iterator[Row]:
    """The observations that are wanted, series by series in order of time."""
    zone = Zone.objects.get(slug=flow.zone)
    found = (
        facts_rows(zone, flow, wanted)
        if flow.kind == "facts"
        else verdicts_rows(zone, wanted, timezone.localdate())
    )
    if wanted.values or wanted.marks:
        found = (row for row in found if wanted.fits(row))
    if wanted.first is not None or wanted.last is not None:
        found = _ends(found, wanted)
    if wanted.order:
        found = iter(in_order(flow, found, wanted.order, by_time=wanted.by_time))
    if wanted.skipped or wanted.most is not None:
        end = None if wanted.most is None else wanted.skipped + wanted.most
        found = islice(found, wanted.skipped, end)
    return found


def history(flow: Flow, wanted: Wanted) -> list[tuple[str, list[Row]]] | None:
    """The observations by the moment from which each was known; None for what is computed."""
    if flow.kind != "facts":
        return None
    return facts_history(Zone.objects.get(slug=flow.zone), flow, wanted)


def _ends(found: Iterator[Row], wanted: Wanted) -> Iterator[Row]:
    """The first and the last observations of each series."""
    for _key, rows in series(found):
        head = rows[: wanted.first] if wanted.first is not None else []
        tail = rows[-wanted.last :] if wanted.last is not None else []
        yield from head
        yield from (row for row in tail if row not in head)
