"""The pages of air, water and energy. They only join."""

from calendar import monthrange
from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lantu.core.errors import ForPeople, Refused
from lantu.kernel.access.models import User, Zone
from lantu.kernel.commitments.views import of_day, version
from lantu.services.environment import actions, drawing, origins, queries
from lantu.services.environment import water as waters
from lantu.services.environment.forms import HoursForm, SamplesForm
from lantu.services.environment.models import Station
from lantu.ui.asking import Asked
from lantu.ui.pages import draw, kept, language


def _year(request: HttpRequest) -> int | None:
    text = request.GET.get("year", "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) == 4 and text >= "1990"):
        raise Http404(_("Write the year as 2025."))
    return int(text)


def _may_import(request: HttpRequest, zone: Zone) -> bool:
    return request.user.has_perm("environment.import", zone)


@require_safe
@kept(version)
@of_day
def air(request: HttpRequest, zone: Zone, ask: Asked) -> HttpResponse:
    """The zone's year: calendar, classes, stations."""
    page = queries.air(zone, _year(request), ask.then)
    return draw(
        request, "environment/air.html", zone=zone, view="air", ask=ask, page=page, tab="air",
        calendar=SimpleLazyObject(lambda: drawing.calendar(page.days)),
        may_import=_may_import(request, zone),
        kept_as=f"{version(zone.slug)}:{language()}:{page.year}:{ask.query}",
    )  # fmt: skip


@require_safe
@kept(version)
@of_day
def station(request: HttpRequest, zone: Zone, ask: Asked, code: str) -> HttpResponse:
    """One station: its year, and a month of hours with what is doubtful."""
    one = get_object_or_404(Station, zone=zone, code=code, medium="air")
    page = queries.air(zone, _year(request), ask.then, one)
    first, last = _month(request, page, ask)
    # What people who are signed in see below the tabs is the same for all, so it is kept as well.
    return draw(
        request, "environment/station.html", zone=zone, view="air", ask=ask, page=page, tab="air",
        station=one, first=first, months=sorted({day.day.month for day in page.days}),
        calendar=SimpleLazyObject(lambda: drawing.calendar(page.days)),
        month=SimpleLazyObject(lambda: _hours(zone, one, first, last, ask.question.known_on)),
        days=[day for day in page.days if first <= day.day <= last],
        kept_as=f"{version(zone.slug)}:{language()}:{code}:{first}:{ask.query}",
    )  # fmt: skip


def _hours(
    zone: Zone, one: Station, first: date, last: date, known_on: date | None
) -> dict[str, Any]:
    """The hours of a month: how many, the doubtful ones, and a chart of those that count."""
    hours = queries.hours(zone, one, first, last, known_on=known_on)
    rows = [
        {"hour": hour.hour.isoformat(), "series": queries.HOURLY[hour.item],
         "value": None if hour.flag else hour.value}
        for hour in hours if hour.item in ("pm25", "pm10", "o3")
    ]  # fmt: skip
    chart = drawing.lines(rows, x="hour", kind="temporal", unit="μg/m³")
    return {"count": len(hours), "doubtful": queries.flagged(hours), "chart": chart}


def _month(request: HttpRequest, page: queries.Air, ask: Asked) -> tuple[date, date]:
    """The first day of the month that is shown and the last, which is none after the day."""
    text = request.GET.get("month", "")
    known = sorted({day.day.month for day in page.days}) or [1]
    month = int(text) if text.isascii() and text.isdigit() and len(text) < 3 else known[-1]
    if not 1 <= month <= 12:
        raise Http404(_("There are twelve months."))
    first = date(page.year, month, 1)
    if ask.is_past and first > ask.question.as_of:
        first = ask.question.as_of.replace(day=1)
    last = first.replace(day=monthrange(first.year, first.month)[1])
    return first, min(last, ask.question.as_of) if ask.is_past else last


@require_safe
@kept(version)
@of_day
def day(request: HttpRequest, zone: Zone, ask: Asked, day: str, code: str = "") -> HttpResponse:
    """How the index of a day came about, step by step."""
    one = get_object_or_404(Station, zone=zone, code=code, medium="air") if code else None
    try:
        wanted = date.fromisoformat(day)
    except ValueError as error:
        raise Http404(_("Write the day as 2025-01-31.")) from error
    if ask.is_past and wanted > ask.question.as_of:
        raise Http404(_("That day lies after the day asked about."))
    if queries.is_forgotten(zone, wanted, ask.question.known_on):
        raise Http404(_("Its hourly values came in later; what was computed before is not kept."))
    page = queries.explained(zone, one, wanted)
    if page is None:
        raise Http404(_("Nothing was measured on that day."))
    return draw(
        request, "environment/day.html", zone=zone, view="air", ask=ask, page=page, tab="air",
        stations=[] if one else origins.stations_of(zone, wanted),
        batches=origins.batches_of(zone, wanted),
        names_people=request.user.has_perm("ledger.read", zone),
    )  # fmt: skip


@require_safe
@kept(version)
@of_day
def water(request: HttpRequest, zone: Zone, ask: Asked) -> HttpResponse:
    """Sections by month with class and deciding items."""
    page = waters.water(zone, _year(request), ask.then)
    return draw(
        request, "environment/water.html", zone=zone, view="air", ask=ask, page=page, tab="water",
        may_import=_may_import(request, zone),
    )  # fmt: skip


@require_safe
@kept(version)
@of_day
def water_sample(
    request: HttpRequest, zone: Zone, ask: Asked, code: str, month: str
) -> HttpResponse:
    """What was measured at a section in a month, and from which file it came."""
    try:
        wanted = date.fromisoformat(f"{month}-01")
    except ValueError as error:
        raise Http404(_("Write the month as 2025-01.")) from error
    page = origins.sample_of(zone, code, wanted, ask.then)
    if page is None:
        raise Http404(_("Nothing was measured there in that month."))
    return draw(
        request, "environment/sample.html", zone=zone, view="air", ask=ask, page=page, tab="water",
        names_people=request.user.has_perm("ledger.read", zone),
    )  # fmt: skip


@require_safe
@kept(version)
@of_day
def energy(request: HttpRequest, zone: Zone, ask: Asked) -> HttpResponse:
    """Energy as standard coal, intensity, and its decline."""
    years = waters.energy(zone, ask.then)
    rows = [
        {"year": str(one.year), "series": _("Energy per output"), "value": one.intensity}
        for one in years if one.intensity is not None
    ]  # fmt: skip
    return draw(
        request, "environment/energy.html", zone=zone, view="air", ask=ask, years=years,
        tab="energy", inputs=waters.inputs(years),
        chart=drawing.lines(rows, x="year", kind="ordinal", unit=_("tce / CNY 10,000")),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def import_page(request: HttpRequest, zone: str) -> HttpResponse:
    """Choose a file of hourly values; then the report, row by row."""
    found = get_object_or_404(Zone, slug=zone)
    if not _may_import(request, found):
        raise PermissionDenied
    form = HoursForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"zone": found, "view": "air", "tab": "import", "may_import": True}
    if request.method != "POST" or not form.is_valid():
        return draw(request, "environment/import.html", form=form, **context)
    file = form.cleaned_data["file"]
    try:
        report = actions.import_hours(
            found, file.read(), name=file.name[:120], by=_person(request),
            ends=form.cleaned_data["ends"], corrects=form.cleaned_data["corrects"],
            dry_run=form.cleaned_data["dry_run"],
        )  # fmt: skip
    except ForPeople as error:
        return draw(request, "environment/import.html", form=form, fault=error, status=400,
                    **context)  # fmt: skip
    return draw(request, "environment/report.html", report=report, **context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def water_import(request: HttpRequest, zone: str) -> HttpResponse:
    """Choose a file of water samples; then the report, row by row."""
    found = get_object_or_404(Zone, slug=zone)
    if not _may_import(request, found):
        raise PermissionDenied
    form = SamplesForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"zone": found, "view": "air", "tab": "water_import"}
    context |= {"sections": Station.objects.filter(zone=found, medium__in=("river", "lake")),
                "may_import": True}  # fmt: skip
    if request.method != "POST" or not form.is_valid():
        return draw(request, "environment/water_import.html", form=form, **context)
    file = form.cleaned_data["file"]
    try:
        report = actions.import_samples(
            found, file.read(), name=file.name[:120], by=_person(request),
            corrects=form.cleaned_data["corrects"], dry_run=form.cleaned_data["dry_run"],
        )  # fmt: skip
    except ForPeople as error:
        return draw(request, "environment/water_import.html", form=form, fault=error, status=400,
                    **context)  # fmt: skip
    return draw(request, "environment/report.html", report=report, **context)


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


@login_required
@require_POST
def publish(request: HttpRequest, zone: str) -> HttpResponse:
    """Publish the share of good days of a year, which the plan's promises read."""
    found = get_object_or_404(Zone, slug=zone)
    if not _may_import(request, found):
        raise PermissionDenied
    text = request.POST.get("year", "")
    if not (text.isascii() and text.isdigit() and len(text) == 4):
        raise Http404(_("Write the year as 2025."))
    try:
        value = actions.publish_good_days(found, int(text), by=_person(request), subject=found.zh)
        messages.info(request, _("Published: %(value)s%%") % {"value": value})
    except Refused as error:
        messages.error(request, str(error) if language() == "en" else _refusal(str(error)))
    return redirect(f"/z/{found.slug}/air/?year={text}")


def _refusal(text: str) -> str:
    from lantu.core.wording import in_chinese

    return in_chinese(text)
