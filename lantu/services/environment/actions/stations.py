"""Acts on stations and sections: the places where air and water are measured."""

from datetime import date

from django.db import transaction

from lantu.core.errors import Refused
from lantu.kernel.access.actions import record
from lantu.kernel.access.models import User, Zone
from lantu.services.environment.models import Station


@transaction.atomic
def ensure_station(
    zone: Zone, code: str, *, zh: str, en: str, medium: str, since: date, by: User | None
) -> Station:
    """The station of that code, made if there is none."""
    station, is_new = Station.objects.get_or_create(
        zone=zone, code=code, defaults={"zh": zh, "en": en, "medium": medium, "since": since}
    )
    if is_new:
        after = {"zh": zh, "medium": medium, "since": since.isoformat()}
        record(zone=zone, by=by, act="create", object_type="station", object_key=code, after=after)
    return station


@transaction.atomic
def add_station(
    zone: Zone, code: str, *, zh: str, en: str, medium: str, since: date, by: User | None
) -> Station:
    """A new station. Raises Refused where the code is taken or the medium unknown."""
    if medium not in Station.MEDIA:
        raise Refused(f"{medium} is no medium. Use one of: {', '.join(Station.MEDIA)}.")
    if Station.objects.filter(zone=zone, code=code).exists():
        raise Refused(f"There is already a station {code}. Choose another code.")
    return ensure_station(zone, code, zh=zh, en=en, medium=medium, since=since, by=by)
