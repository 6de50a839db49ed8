"""The pages that compare. They only join."""

from typing import Literal

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lantu.core.errors import ContentError
from lantu.core.plans.records import PlanFolder
from lantu.kernel.access.models import Zone
from lantu.kernel.access.queries import newest_act
from lantu.kernel.commitments.views import of_plan, version
from lantu.kernel.facts import queries as facts
from lantu.kernel.facts.export import table_response
from lantu.services.comparing.queries import asking, days, tables, zones
from lantu.ui.asking import Asked, asked
from lantu.ui.pages import draw, kept, language

FIELDS = ("from", "to", "as_of", "rules")


@require_safe
@kept(version)
@of_plan
def compare_days(request: HttpRequest, zone: Zone, plan: PlanFolder, ask: Asked) -> HttpResponse:
    """Which verdicts changed between two days of knowledge, and what made them change."""
    try:
        chosen = asking.days(request.GET.dict(), plan.period, localdate())
    except ContentError as error:
        return _fault(request, zone, plan, ask, error)
    as_of = ask.question.as_of if request.GET.get("as_of") else None
    if request.GET.get("export") == "figures":
        found = facts.arrived(zone, chosen.since, chosen.until)
        return _table(tables.FIGURE_HEADS, tables.figures(found), plan, chosen, "figures")

    def compared() -> days.Comparison:
        return days.comparison(zone, plan, chosen, as_of=as_of, rules=ask.question.rules)

    if request.GET.get("export"):
        return _table(tables.CHANGE_HEADS, tables.changes(compared()), plan, chosen, "verdicts")
    return draw(
        request,
        "comparing/days.html",
        zone=zone,
        view="compare_days",
        ask=ask,
        page=SimpleLazyObject(compared),
        chosen=chosen,
        asked=_asked(request, chosen.since.isoformat(), chosen.until.isoformat()),
        years=asking.years(plan.period, localdate()),
        exports={kind: _address(request, export=kind) for kind in ("csv", "figures")},
        kept_as=[version(zone.slug), language(), localdate(), chosen, as_of, ask.question.rules],
    )


def _fault(
    request: HttpRequest, zone: Zone, plan: PlanFolder, ask: Asked, error: ContentError
) -> HttpResponse:
    """Say what is wrong with the days, keep what was written, and offer what would be right."""
    written = _asked(request, "", "")
    turned = {"from": written["to"], "to": written["from"]}
    is_swapped = isinstance(error, asking.Swapped) and all(turned.values())
    return draw(
        request,
        "comparing/wrong_days.html",
        zone=zone,
        view="compare_days",
        status=400,
        ask=ask,
        error=error,
        asked=written,
        turned=_address(request, **turned) if is_swapped else "",
        years=asking.years(plan.period, localdate()),
    )


def _asked(request: HttpRequest, since: str, until: str) -> dict[str, str]:
    """What the form shows: as it was written, else the days that are compared."""
    written = {key: request.GET.get(key, "")[:40] for key in FIELDS}
    written["from"] = written["from"] or since
    written["to"] = written["to"] or until
    return written | {"since": written["from"], "until": written["to"]}


def _address(request: HttpRequest, **changed: str) -> str:
    """This very question with other values."""
    parameters = request.GET.copy()
    for key, value in changed.items():
        parameters[key] = value
    return f"?{parameters.urlencode()}"


def _table(
    heads: tuple[str, ...], rows: list[list[object]], plan: PlanFolder, chosen: asking.Days, of: str
) -> HttpResponse:
    name = f"{plan.name}-{of}-{chosen.since}-{chosen.until}"
    return table_response(heads, rows, kind="csv", name=name)


@require_safe
@kept(newest_act)
def compare_zones(request: HttpRequest) -> HttpResponse:
    """What the zones promise of one indicator, and how each stands; invented ones apart."""
    today = localdate()
    try:
        ask = asked(request.GET, start=today.year, end=today.year)
    except ContentError as error:
        return draw(request, "ui/bad_question.html", error=error, status=400)
    lang: Literal["zh", "en"] = "en" if language() == "en" else "zh"
    page = zones.page(request.GET.get("indicator", ""), ask.question, lang)
    if page is None:
        raise Http404(_("No plan promises anything of this indicator."))
    if kind := request.GET.get("export"):
        is_invented = kind == "invented"
        rows = tables.zones(page, ask.question, invented=is_invented)
        name = "zones-invented" if is_invented else "zones"
        return table_response(tables.ZONE_HEADS, rows, kind="csv", name=name)
    return draw(
        request,
        "comparing/zones.html",
        ask=ask,
        page=page,
        exports={kind: _address(request, export=kind) for kind in ("csv", "invented")},
    )
