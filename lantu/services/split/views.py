"""The pages of the split. They only join."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _t
from django.views.decorators.http import require_POST, require_safe

from lantu.core.errors import ForPeople
from lantu.core.plans.records import PlanFolder
from lantu.kernel.access.models import Zone
from lantu.kernel.commitments import actions
from lantu.kernel.commitments import queries as commitments
from lantu.services.split import queries
from lantu.services.split.forms import AnnualForm, HandForm, RevisionForm
from lantu.services.split.seen import packed, unpacked
from lantu.ui.forms import faults
from lantu.ui.pages import draw, in_words, language

View = Callable[..., HttpResponse]
SPLITS, DECIDES = "commitments.split", "commitments.decide"


def of_members(view: View) -> View:
    """For people with a role in the zone; gives the zone and its plan."""

    @login_required
    @wraps(view)
    def wrapped(request: HttpRequest, zone: str, **kwargs: Any) -> HttpResponse:
        found = get_object_or_404(Zone, slug=zone)
        if not queries.is_member(request.user, found):  # type: ignore[arg-type]
            raise PermissionDenied
        plan = commitments.current_plan(found)
        if plan is None:
            return draw(request, "commitments/no_plan.html", zone=found)
        return view(request, found, plan, **kwargs)

    return wrapped


@require_safe
@of_members
def splits(request: HttpRequest, zone: Zone, plan: PlanFolder) -> HttpResponse:
    """Every promise and who answers for it."""
    return draw(request, "split/splits.html", zone=zone, view="splits", lines=queries.lines(plan))


@require_safe
@of_members
def split(request: HttpRequest, zone: Zone, plan: PlanFolder, code: str) -> HttpResponse:
    """One target: its parts, its years, its revisions."""
    return _page(request, zone, plan, code)


def _page(
    request: HttpRequest, zone: Zone, plan: PlanFolder, code: str, act: str = "", **more: Any
) -> HttpResponse:
    found = queries.page(plan, code)
    if found is None:
        raise Http404(_("The plan has no such promise."))
    may_split = request.user.has_perm(SPLITS, zone)
    return draw(
        request,
        "split/split.html",
        zone=zone,
        view="splits",
        page=found,
        forms=_forms(found, act, request.POST) if may_split else None,
        seen=packed(found.found),
        decides=request.user.has_perm(DECIDES, zone),
        **more,
    )


def _forms(page: queries.Page, act: str, typed: Any) -> dict[str, Any]:
    """The forms of the page; the one of an act that was refused has what was typed in it."""
    return {
        "hand": _hand(page, typed if act == "hand-down" else None),
        "annual": AnnualForm(typed if act == "annual" else None),
        "revision": RevisionForm(typed if act == "propose" else None),
        "explanation": typed.get("explanation", "") if act == "release" else "",
    }


def _hand(page: queries.Page, data: Any = None) -> HandForm:
    names = [(slug, name[language()]) for slug, name in page.departments.items()]
    return HandForm(data, departments=names, sort=page.sort)


@require_POST
@of_members
def act(request: HttpRequest, zone: Zone, plan: PlanFolder, code: str, act: str) -> HttpResponse:
    """Hand down, take back, release, set a year's target, propose or decide a revision."""
    found = ACTS.get(act)
    if found is None or queries.page(plan, code) is None:
        raise Http404(_("There is no such act."))
    permission, way = found
    if not request.user.has_perm(permission, zone):
        raise PermissionDenied
    try:
        way(request, plan, code)
    except ForPeople as error:
        return _page(request, zone, plan, code, act, fault=in_words(error), status=400)
    except InvalidForm as error:
        return _page(request, zone, plan, code, act, fault=str(error), status=400)
    messages.success(request, DONE[act])
    return redirect("split", zone.slug, code)


class InvalidForm(Exception):
    """A form that was filled in wrongly; its text says how."""


def _clean(form: Any) -> Any:
    if not form.is_valid():
        raise InvalidForm(faults(form))
    return form.cleaned_data


def _hand_down(request: HttpRequest, plan: PlanFolder, code: str) -> None:
    page, seen = queries.page(plan, code), unpacked(request.POST.get("seen", ""))
    assert page is not None  # `act` has looked
    clean = _clean(_hand(page, request.POST))
    actions.hand_down(
        queries.stored(plan),
        code,
        by=request.user,  # type: ignore[arg-type]
        seen=None if seen is None else seen.parts.get(clean["department"], ""),
        **clean,
    )


def _take_back(request: HttpRequest, plan: PlanFolder, code: str) -> None:
    department = request.POST.get("department", "")
    seen = unpacked(request.POST.get("seen", ""))
    actions.take_back(
        queries.stored(plan),
        code,
        department=department,
        seen=None if seen is None else seen.parts.get(department, ""),
        by=request.user,  # type: ignore[arg-type]
    )


def _release(request: HttpRequest, plan: PlanFolder, code: str) -> None:
    explanation = request.POST.get("explanation", "")
    seen = unpacked(request.POST.get("seen", ""))
    actions.release_split(
        queries.stored(plan),
        code,
        explanation=explanation,
        seen=None if seen is None else seen.parts,
        by=request.user,  # type: ignore[arg-type]
    )


def _annual(request: HttpRequest, plan: PlanFolder, code: str) -> None:
    clean, seen = _clean(AnnualForm(request.POST)), unpacked(request.POST.get("seen", ""))
    actions.set_annual(
        queries.stored(plan),
        code,
        clean["year"],
        clean["value"],
        document=clean["document"],
        by=request.user,  # type: ignore[arg-type]
        seen=None if seen is None else seen.years.get(str(clean["year"]), ""),
    )


def _propose(request: HttpRequest, plan: PlanFolder, code: str) -> None:
    clean = _clean(RevisionForm(request.POST))
    actions.propose_revision(
        queries.stored(plan),
        code,
        clean["value"],
        reason=clean["reason"],
        document=clean["document"],
        by=request.user,  # type: ignore[arg-type]
    )


def _decide(request: HttpRequest, plan: PlanFolder, code: str) -> None:
    number = request.POST.get("revision", "")
    found = queries.revision(plan, code, int(number)) if number.isdecimal() else None
    if found is None:
        raise Http404(_("There is no such revision."))
    actions.decide_revision(
        found,
        approve=request.POST.get("decision") == "approve",
        note=request.POST.get("note", ""),
        by=request.user,  # type: ignore[arg-type]
    )


# What was done, and how it can be undone or goes on.
DONE = {
    "hand-down": _t("The part is noted as a draft. It can be taken back until it is released."),
    "take-back": _t("The part is taken back."),
    "release": _t("Released: the departments answer for these parts from now on."),
    "annual": _t("The year's target is set. The earlier one stays on record."),
    "propose": _t("Proposed. Somebody else decides about it."),
    "decide": _t("Decided, and on record."),
}
ACTS: dict[str, tuple[str, Callable[[HttpRequest, PlanFolder, str], None]]] = {
    "hand-down": (SPLITS, _hand_down),
    "take-back": (SPLITS, _take_back),
    "release": (SPLITS, _release),
    "annual": (SPLITS, _annual),
    "propose": (SPLITS, _propose),
    "decide": (DECIDES, _decide),
}
