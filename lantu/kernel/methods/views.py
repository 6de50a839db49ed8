"""The pages of methods and their runs: how a figure is computed, and what each run gave."""

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lantu.core.errors import Refused
from lantu.kernel.access.models import Zone
from lantu.kernel.access.views import allowed
from lantu.kernel.methods import catalogue, queries, showing
from lantu.kernel.methods.models import Run
from lantu.ui.pages import draw, in_words

RUNS = 50  # on a page
EXPLAINED = 12  # rows of a subject on a page: a station of the air has one for each day


@require_safe
def method_list(request: HttpRequest) -> HttpResponse:
    """Every method of the services."""
    return draw(request, "methods/methods.html", methods=catalogue.catalogue())


@require_safe
def method_page(request: HttpRequest, name: str) -> HttpResponse:
    """One method: formula, columns, parameters by date, and its worked examples run now."""
    method = catalogue.found(name)
    if method is None:
        raise Http404(_("There is no such method."))
    return draw(
        request,
        "methods/method.html",
        method=method,
        parameters=catalogue.parameters(method),
        checks=catalogue.checks(name),
        history=sorted(method.history.items(), reverse=True),
    )


@require_safe
@allowed("runs.read")
def run_list(request: HttpRequest, zone: Zone) -> HttpResponse:
    """The runs of a zone, the newest first; of one topic by `topic`, older ones by `before`."""
    before = request.GET.get("before", "")
    topic = request.GET.get("topic", "")[:120]
    found = queries.runs(
        zone, is_member=True, topic=topic, limit=RUNS + 1,
        before=int(before[:12]) if before.isdecimal() else None,
    )  # fmt: skip
    lines = [showing.line(one) for one in found[:RUNS]]
    older = lines[-1:] if len(found) > RUNS else []
    return draw(request, "methods/runs.html", zone=zone, lines=lines, older=older, topic=topic)


@require_safe
@allowed("runs.read")
def run_page(request: HttpRequest, zone: Zone, pk: int) -> HttpResponse:
    """One run: its trace, its rows; a subject explained by `subject`, all anew by `again`."""
    run = _run(zone, pk)
    subject = request.GET.get("subject", "")[:120]
    explained, repeated, refused, table = [], None, "", None
    try:
        table = showing.table(run)
        explained = queries.explain(run, subject, most=EXPLAINED + 1) if subject else []
        repeated = queries.repeated(run) if "again" in request.GET else None
    except Refused as error:
        refused = in_words(error)
    return draw(
        request, "methods/run.html", zone=zone, line=showing.line(run), run=run, table=table,
        earlier=queries.earlier(run), subject=subject, explained=explained[:EXPLAINED],
        is_more=len(explained) > EXPLAINED, repeated=repeated, refused=refused,
    )  # fmt: skip


@require_safe
@allowed("runs.read")
def run_difference(request: HttpRequest, zone: Zone, pk: int, other: int) -> HttpResponse:
    """What changed from another run to this one: who, in which class, and why."""
    after, before = _run(zone, pk), _run(zone, other)
    try:
        found, refused = queries.compare(before, after), ""
    except Refused as error:
        found, refused = None, in_words(error)
    moved = found.moved if found else ()
    named = partial(showing.head, method=catalogue.found(after.method))
    return draw(
        request, "methods/run_difference.html", zone=zone, before=before, after=after, found=found,
        moved=[showing.moved(one, named) for one in moved[: showing.MOST]], count=len(moved),
        classes=sum(one.is_class_changed for one in moved), refused=refused,
    )  # fmt: skip


def _run(zone: Zone, pk: int) -> Run:
    found = queries.run_of(zone, pk)
    if found is None:
        raise Http404(_("There is no such run."))
    return found
