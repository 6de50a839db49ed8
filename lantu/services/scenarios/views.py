"""The pages of scenarios. They only join."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lantu.core.errors import ForPeople
from lantu.core.plans.records import PlanFolder
from lantu.core.whatif import ranking as external
from lantu.kernel.access.models import Zone
from lantu.kernel.access.views import allowed
from lantu.kernel.commitments import queries as commitments
from lantu.services.scenarios import actions, queries
from lantu.services.scenarios.forms import LEVERS, BeginForm, LeverForm
from lantu.services.scenarios.models import Scenario, Version
from lantu.ui.forms import faults
from lantu.ui.pages import draw, in_words, language

WRITES, RELEASES = "scenarios.write", "scenarios.release"
MOST_BESIDE = 4


@require_safe
def scenarios(request: HttpRequest, zone: str) -> HttpResponse:
    """Every scenario that the reader may see."""
    return _list(request, get_object_or_404(Zone, slug=zone))


def _list(
    request: HttpRequest, zone: Zone, form: BeginForm | None = None, fault: str = ""
) -> HttpResponse:
    may_write = request.user.has_perm(WRITES, zone)
    plan = commitments.current_plan(zone)
    return draw(
        request,
        "scenarios/list.html",
        zone=zone,
        view="scenarios",
        lines=queries.lines(zone, request.user),
        plan=plan,
        form=(form or BeginForm()) if may_write and plan is not None else None,
        fault=fault,
        status=400 if fault else 200,
    )


@require_POST
@allowed(WRITES)
def begin(request: HttpRequest, zone: Zone) -> HttpResponse:
    """Begin a scenario without levers."""
    form, plan = BeginForm(request.POST), commitments.current_plan(zone)
    if plan is None or not form.is_valid():
        return _list(request, zone, form, _("Give a name and a day of the plan."))
    try:
        found = actions.begin(zone, plan, by=request.user, **form.cleaned_data)  # type: ignore[arg-type]
    except ForPeople as error:
        return _list(request, zone, form, in_words(error))
    return redirect("scenario", zone.slug, found.number)


def _scenario(zone: Zone, number: int) -> tuple[Scenario, PlanFolder]:
    found = queries.find(zone, number)
    plan = None if found is None else commitments.plan(found.plan)
    if found is None or plan is None:
        raise Http404(_("There is no such scenario."))
    return found, plan


def _seen(request: HttpRequest, zone: Zone, number: int) -> Version:
    found = queries.find(zone, number)
    version = None if found is None else queries.visible(found, request.user)
    if version is None:
        raise Http404(_("There is no such scenario."))
    return version


@require_safe
def scenario(request: HttpRequest, zone: str, number: int) -> HttpResponse:
    """What a scenario assumes and what it does."""
    found = get_object_or_404(Zone, slug=zone)
    return _page(request, found, _seen(request, found, number))


def _page(
    request: HttpRequest,
    zone: Zone,
    version: Version,
    filled: tuple[str, LeverForm] | None = None,
    fault: str = "",
) -> HttpResponse:
    plan = commitments.plan(version.scenario.plan)
    promises = [] if plan is None else queries.choices(plan, language())
    forms = {sort: form(promises=promises) for sort, form in LEVERS.items()}
    if filled is not None:
        forms[filled[0]] = filled[1]
    may_release = request.user.has_perm(RELEASES, zone)
    return draw(
        request,
        "scenarios/scenario.html",
        zone=zone,
        view="scenarios",
        page=queries.page(version, language()),
        forms=forms if request.user.has_perm(WRITES, zone) else {},
        open_form=filled[0] if filled else "",
        may_release=may_release,
        has_written=may_release and version.scenario.is_by(request.user),
        fault=fault,
        status=400 if fault else 200,
    )


@require_POST
@allowed(WRITES)
def pull(request: HttpRequest, zone: Zone, number: int, sort: str) -> HttpResponse:
    """Add a lever; who filled the form wrongly sees it again with what is wrong."""
    found, plan = _scenario(zone, number)
    if sort not in LEVERS:
        raise Http404(_("There is no such lever."))
    form = LEVERS[sort](request.POST, promises=queries.choices(plan, language()))
    filled = (sort, form)
    if not form.is_valid():
        return _page(request, zone, _seen(request, zone, number), filled, faults(form))
    try:
        actions.pull(found, plan, form.made(), by=request.user)  # type: ignore[arg-type]
    except ForPeople as error:
        return _page(request, zone, _seen(request, zone, number), filled, in_words(error))
    return redirect("scenario", zone.slug, number)


def _count(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 5 else None


@require_POST
@allowed(WRITES)
def take_out(request: HttpRequest, zone: Zone, number: int) -> HttpResponse:
    """Take a lever out; the version with it is kept."""
    found, plan = _scenario(zone, number)
    place, seen = (_count(request.POST.get(name, "")) for name in ("place", "version"))
    try:
        actions.take_out(found, plan, place or 0, by=request.user, seen=seen)  # type: ignore[arg-type]
    except ForPeople as error:
        return _page(request, zone, _seen(request, zone, number), fault=in_words(error))
    return redirect("scenario", zone.slug, number)


@require_POST
@allowed(RELEASES)
def release(request: HttpRequest, zone: Zone, number: int) -> HttpResponse:
    """Let everybody see the version that was read; one that is newer was read by nobody here."""
    newest = _seen(request, zone, number)
    read = _count(request.POST.get("version", ""))
    version = newest if read is None else queries.version(newest.scenario, read)
    if version is None:
        raise Http404(_("There is no such scenario."))
    try:
        actions.release(version, by=request.user)  # type: ignore[arg-type]
    except ForPeople as error:
        return _page(request, zone, newest, fault=in_words(error))
    return redirect("scenario", zone.slug, number)


@require_safe
def beside(request: HttpRequest, zone: str) -> HttpResponse:
    """Up to four scenarios beside each other."""
    found = get_object_or_404(Zone, slug=zone)
    asked = [int(one) for one in request.GET.getlist("with") if one.isdecimal() and len(one) < 9]
    chosen = [_seen(request, found, number) for number in dict.fromkeys(asked[:MOST_BESIDE])]
    pages = [queries.page(version, language()) for version in chosen]
    return draw(
        request,
        "scenarios/beside.html",
        zone=found,
        view="scenarios",
        pages=pages,
        rows=queries.beside(pages),
    )


@require_safe
def ranking(request: HttpRequest, zone: str) -> HttpResponse:
    """The zone's external ranking with the reader's own assumptions, which are not kept."""
    found = get_object_or_404(Zone, slug=zone)
    published = external.ranking(timezone.localdate())
    if published is None:
        raise Http404(_("Nothing is known of the ranking."))
    asked = {part.key: request.GET.get(part.key, "")[:20] for part in published.parts}
    scores, fault = _scores(published, asked)
    total = external.total(published, scores) if any(asked.values()) and not fault else None
    lines = [None] * len(published.parts) if total is None else list(total.lines)
    return draw(
        request,
        "scenarios/ranking.html",
        zone=found,
        view="scenarios",
        ranking=published,
        rows=[
            (part, asked[part.key], line) for part, line in zip(published.parts, lines, strict=True)
        ],
        total=total,
        fault=fault,
        status=400 if fault else 200,
    )


def _scores(
    found: external.Ranking, asked: dict[str, str]
) -> tuple[dict[str, external.Score], str]:
    """What is assumed of each part; and each that is no score, by the name of its part."""
    scores, faults = {}, []
    for part in found.parts:
        try:
            scores[part.key] = external.score(asked[part.key])
        except ForPeople as error:
            faults.append(f"{part.label[language()]}{_(': ')}{in_words(error)}")
    return scores, " ".join(faults)
