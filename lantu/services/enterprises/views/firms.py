"""The list of firms, one firm, the map and the nurture lists."""

import json
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lantu.kernel.access.models import Zone
from lantu.kernel.access.views import allowed
from lantu.kernel.commitments.views import of_day, version
from lantu.kernel.facts.export import table_response
from lantu.kernel.registry import queries as registry
from lantu.kernel.registry.actions import merge, undo_merge
from lantu.kernel.registry.models import LegalEntity
from lantu.services.enterprises.forms import MergeForm, ReasonForm
from lantu.services.enterprises.queries import firm as one_firm
from lantu.services.enterprises.queries import firms as queries
from lantu.services.enterprises.queries import firms_then
from lantu.services.enterprises.queries import nurture as nursery
from lantu.services.enterprises.queries.rounds import CLASSES
from lantu.services.enterprises.views.common import of_zone, tell
from lantu.services.enterprises.views.drawing import class_chart, map_of, score_chart
from lantu.ui.asking import OF_THE_DAY, Asked
from lantu.ui.pages import draw, kept, language


@require_safe
@kept(version)
@of_zone
def firms(request: HttpRequest, zone: Zone, ask: Asked, is_member: bool) -> HttpResponse:
    """The list: searched, filtered, sorted, page by page; or whole as csv or xlsx."""
    wanted = queries.asked(zone, request.GET, is_member=is_member, then=ask.then)
    kind, is_english = request.GET.get("export", ""), language() == "en"
    so = {"is_member": is_member, "is_whole": bool(kind), "is_english": is_english}
    if ask.then is None:
        found = queries.firms(zone, wanted, **so)
    else:
        found = firms_then.firms(zone, wanted, ask.then, **so)
    if kind:
        return _export(zone, found, kind, is_member)
    return draw(
        request, "enterprises/firms.html", zone=zone, view="firms", ask=ask, page=found,
        is_member=is_member, heads=_heads(request, found, is_member), query=_query(request),
        totals=queries.totals(zone, wanted.year, ask.then) if is_member and wanted.year else [],
        classes=(*CLASSES, "none"), statuses=LegalEntity.Status.choices,
        may_enter=request.user.has_perm("enterprises.enter", zone),
    )  # fmt: skip


def _query(request: HttpRequest) -> str:
    """The question as it is carried to other pages of the list."""
    kept_keys = ("q", "year", "class", "status", "sort", "order", *OF_THE_DAY)
    return urlencode({key: request.GET[key] for key in kept_keys if request.GET.get(key)})


def _heads(
    request: HttpRequest, found: queries.FirmList, is_member: bool
) -> list[dict[str, object]]:
    """The columns that can be sorted, each with the address that does so."""
    labels = {"name": _("Firm")}
    if is_member:
        labels |= {
            "tax_per_mu": _("Tax per mu"), "tax_paid": _("Tax paid"), "land_used": _("Land used"),
            "revenue": _("Revenue"), "score": _("Score"),
        }  # fmt: skip
    labels["class"] = _("Class")
    listed = []
    for key, label in labels.items():
        is_chosen = found.asked.sort == key
        order = "down" if not is_chosen or not found.asked.is_descending else "up"
        terms = {**request.GET.dict(), "sort": key, "order": order}
        terms.pop("page", None)
        direction = "descending" if found.asked.is_descending else "ascending"
        listed.append(
            {"label": label, "address": f"?{urlencode(terms)}", "is_number": key not in
             ("name", "class"), "direction": direction if is_chosen else ""}
        )  # fmt: skip
    return listed


def _export(zone: Zone, found: queries.FirmList, kind: str, is_member: bool) -> HttpResponse:
    heads = ["统一社会信用代码", "企业名称", "状态", "行业"]
    if is_member:
        heads += ["年度", "评价税收（万元）", "用地面积（亩）", "主营业务收入（万元）",
                  "亩均税收（万元/亩）", "综合得分"]  # fmt: skip
    heads.append("等级")
    rows = []
    for one in found.lines:
        row: list[object] = [one.code, one.zh, one.status_name, one.industry]
        if is_member:
            row += [found.asked.year, one.tax_paid, one.land_used, one.revenue,
                    queries.rounded_for_export(one.tax_per_mu), one.score]  # fmt: skip
        rows.append([*row, one.name])
    return table_response(heads, rows, kind=kind, name=f"{zone.slug}-firms")


@require_safe
@kept(version)
@of_zone
def firm(request: HttpRequest, zone: Zone, ask: Asked, is_member: bool, code: str) -> HttpResponse:
    """One firm: for its zone's people with all figures; for the public the register."""
    page = one_firm.firm(zone, code.upper(), is_member=is_member, then=ask.then)
    if page is None and ask.is_past and registry.entity(zone, code.upper()):
        raise Http404(_("The firm was founded after the day asked about."))
    if page is None:
        raise Http404(_("The register has no such firm."))
    return draw(
        request, "enterprises/firm.html", zone=zone, view="firms", ask=ask, page=page,
        is_member=is_member,
        score_chart=score_chart(page), class_chart=class_chart(page),
        may_decide=not ask.is_past and request.user.has_perm("enterprises.decide", zone),
        merge_form=MergeForm(), reason_form=ReasonForm(),
    )  # fmt: skip


@require_POST
@allowed("enterprises.decide")
def merge_firm(request: HttpRequest, zone: Zone, code: str) -> HttpResponse:
    """Merge a firm into another, or take that back."""
    entity = get_object_or_404(LegalEntity, zone=zone, code=code)
    form = MergeForm(request.POST) if entity.merged_into_id is None else ReasonForm(request.POST)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        if isinstance(form, MergeForm):
            into = get_object_or_404(LegalEntity, zone=zone, code=form.cleaned_data["into"].strip())
            tell(
                request,
                lambda: merge(entity, into, reason=reason, by=request.user),  # type: ignore[arg-type]
                _("The firms were merged. It can be undone here."),
            )
        else:
            tell(
                request,
                lambda: undo_merge(entity, reason=reason, by=request.user),  # type: ignore[arg-type]
                _("The merge was undone."),
            )
    return redirect("firm", zone.slug, code)


@require_safe
@allowed("enterprises.read")
def duplicates(request: HttpRequest, zone: Zone) -> HttpResponse:
    """Entries of the register that may be one firm."""
    pairs = registry.duplicates(zone)
    return draw(request, "enterprises/duplicates.html", zone=zone, view="firms", pairs=pairs)


@require_safe
@allowed("enterprises.read")
@of_day
def firm_map(request: HttpRequest, zone: Zone, ask: Asked) -> HttpResponse:
    """The parcels, coloured and numbered by tax per mu; the table beside it says the same."""
    years = queries.years(zone, ask.then)
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isascii() and asked.isdigit() and int(asked) in years else 0
    year = year or (years[0] if years else 0)
    parcels = queries.parcels(zone, year, ask.then)
    return draw(
        request, "enterprises/map.html", zone=zone, view="firms", ask=ask, parcels=parcels,
        year=year, years=years, shapes=json.dumps(map_of(zone, parcels, ask), ensure_ascii=False),
        fifths=queries.fifths(parcels), unplaced=queries.unplaced(parcels),
    )  # fmt: skip


@require_safe
@allowed("enterprises.read")
@of_day
def nurture(request: HttpRequest, zone: Zone, ask: Asked) -> HttpResponse:
    """Who is near a threshold, and what is missing."""
    years = queries.years(zone, ask.then)
    found = nursery.lists(zone, years[0], ask.then) if years else []
    if kind := request.GET.get("export"):
        return table_response(
            nursery.HEADS, nursery.rows(found), kind=kind, name=f"{zone.slug}-nurture"
        )
    return draw(
        request, "enterprises/nurture.html", zone=zone, view="firms", ask=ask, lists=found,
        year=years[0] if years else None,
    )  # fmt: skip
