"""What every page about a zone's plan begins with: the zone, its plan, the question."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate

from lantu.core.errors import ContentError
from lantu.kernel.access.models import Zone
from lantu.kernel.access.queries import read_once, zone_version
from lantu.kernel.commitments import queries
from lantu.ui.asking import Asked, asked
from lantu.ui.pages import draw

View = Callable[..., HttpResponse]
YEARS_WITHOUT_PLAN = 5  # whose ends are offered where no plan says which matter


def zone_named(slug: str) -> Zone:
    """A zone by its short name. Raises Http404."""
    return read_once(("zone", slug), lambda: get_object_or_404(Zone, slug=slug))


def version(zone: str, **_: Any) -> str:
    """What the pages of a zone depend on."""
    return f"{zone}:{zone_version(zone_named(zone))}"


def of_plan(view: View) -> View:
    """Give a view the zone, its newest plan and the question; or say what is wrong."""

    @wraps(view)
    def wrapped(request: HttpRequest, zone: str, **kwargs: Any) -> HttpResponse:
        found = zone_named(zone)
        plan = queries.current_plan(found)
        if plan is None:
            return draw(request, "commitments/no_plan.html", zone=found)
        try:
            ask = asked(request.GET, start=plan.period.start, end=plan.period.end)
        except ContentError as error:
            return draw(request, "ui/bad_question.html", zone=found, error=error, status=400)
        return view(request, found, plan, ask, **kwargs)

    return wrapped


def of_day(view: View) -> View:
    """Give a view the zone and the question about the day, also where there is no plan."""

    @wraps(view)
    def wrapped(request: HttpRequest, zone: str | Zone, **kwargs: Any) -> HttpResponse:
        found = zone if isinstance(zone, Zone) else zone_named(zone)
        try:
            ask = asked_of(found, request.GET)
        except ContentError as error:
            return draw(request, "ui/bad_question.html", zone=found, error=error, status=400)
        return view(request, found, ask=ask, **kwargs)

    return wrapped


def asked_of(zone: Zone, parameters: Mapping[str, str]) -> Asked:
    """The question about the day; without parameters that of today. Raises ContentError."""
    plan, today = queries.current_plan(zone), localdate()
    start, end = today.year - YEARS_WITHOUT_PLAN, today.year
    if plan is not None:
        start, end = plan.period.start, plan.period.end
    return asked(parameters, start=start, end=end)
