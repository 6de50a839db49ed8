"""The invented city and province in which the invented zone lies. No real zone is placed for it."""

from pathlib import Path
from typing import Final

from lantu.core.errors import Refused
from lantu.core.rollup.territory import read
from lantu.kernel.access.models import User, Zone
from lantu.kernel.places.actions import take_territory
from lantu.kernel.places.models import Placing

FILE: Final = Path(__file__).with_name("sample_areas.yaml")


def load(zone: Zone, *, by: User | None = None) -> None:
    """Place the invented zone as the file says; nothing where somebody placed it before."""
    if not zone.invented:
        raise Refused("Invented records belong in an invented zone only.")
    found = read(FILE)
    named = {lying.zone for one in found.areas for lying in one.zones}
    if zone.slug in named and not Placing.objects.filter(zone=zone).exists():
        take_territory(found, by=by)
