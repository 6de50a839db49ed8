"""The pages of areas. They only join."""

from dataclasses import replace
from datetime import date
from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lantu.core.errors import ContentError
from lantu.core.rollup.slots import Grain
from lantu.kernel.access.queries import newest_act
from lantu.kernel.facts.export import table_response
from lantu.services.totals import queries
from lantu.services.totals.queries import Asked, Page
from lantu.ui.pages import draw, kept

GRAINS = ("year", "quarter", "month")
HEADS = (
    "invented", "kind", "slug", "name_zh", "name_en", "depth", "indicator", "unit", "scope",
    "period", "total", "at_least", "known", "zones_known", "zones_partly_known", "zones",
)  # fmt: skip


@require_safe
@kept(newest_act)
def areas(request: HttpRequest) -> HttpResponse:
    """All areas, from the top down."""
    lines = queries.areas(localdate())
    sides = [[one for one in lines if one.area.invented == side] for side in (False, True)]
    return draw(request, "totals/areas.html", sides=[side for side in sides if side])


@require_safe
@kept(lambda slug: newest_act())
def area(request: HttpRequest, slug: str) -> HttpResponse:
    """What the zones of an area come to together, with how much of it is known."""
    try:
        asked = _asked(request)
    except ContentError as error:
        return draw(request, "ui/bad_question.html", error=error, status=400)
    page = queries.page(slug, asked)
    if page is not None and page.choices and not asked.indicator:
        # A page that only asks says nothing; the indicator that most zones have is added up.
        most = max(page.choices, key=lambda one: one.zones)
        asked = replace(asked, indicator=most.kind.name)
        page = queries.page(slug, asked)
    if page is None:
        raise Http404(_("There is no such area, or nothing to add up."))
    if request.GET.get("export") and page.table is not None:
        name = f"{slug}-{asked.grain}"
        return table_response(HEADS, _rows(page, asked), kind="csv", name=name)
    parameters = request.GET.copy()
    parameters["indicator"] = asked.indicator
    parameters["export"] = "csv"
    return draw(
        request,
        "totals/area.html",
        page=page,
        asked=asked,
        grains=[("year", _("by year")), ("quarter", _("by quarter")), ("month", _("by month"))],
        export=f"?{parameters.urlencode()}",
    )


def _asked(request: HttpRequest) -> Asked:
    """Read the question. Raises ContentError for what cannot be asked."""
    grain, year = request.GET.get("grain", "year"), request.GET.get("year", "")
    if grain not in GRAINS:
        raise ContentError(
            "grain", f"{grain[:20]!r} is no period.", "Ask by year, quarter or month."
        )
    if year and not (year.isascii() and year.isdigit() and len(year) == 4):
        raise ContentError("year", f"{year[:20]!r} is no year.", "Write it as 2024.")
    return Asked(
        indicator=request.GET.get("indicator", "")[:120],
        grain=cast(Grain, grain),
        year=int(year) if year else None,
        scope=request.GET.get("scope", "")[:60],
        on=localdate(),
        known_on=_day(request.GET.get("known_on", "").strip()),
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise ContentError(
            "known_on", f"{text[:40]!r} is not a date.", "Write it as 2023-12-31."
        ) from error


def _rows(page: Page, asked: Asked) -> list[list[object]]:
    table = page.table
    assert table is not None  # nothing is exported without one
    return [
        [
            "yes" if page.area.invented else "no", "zone" if row.zone else "area",
            row.named.slug, row.named.zh, row.named.en, row.depth, table.kind.name,
            table.kind.unit, asked.scope, period, cell.total.value, cell.total.at_least,
            cell.total.known, cell.total.whole, cell.total.partly, cell.total.of,
        ]
        for row in table.rows
        for period, cell in zip(table.periods, row.cells, strict=True)
    ]  # fmt: skip
