"""The pages of the reading desk. They only join."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lantu.core.errors import ForPeople, Refused
from lantu.core.judging.records import FORMS
from lantu.kernel.access.models import User, Zone
from lantu.kernel.access.views import View, allowed
from lantu.kernel.commitments.difference import Change
from lantu.services.reading import actions, queries
from lantu.services.reading.forms import DraftForm, HeadForm, UploadForm
from lantu.services.reading.models import Draft, Reading
from lantu.services.reading.naming import SORTS, named
from lantu.ui.forms import faults
from lantu.ui.pages import draw, in_words

ACTS = {
    "accept": actions.accept,
    "reject": actions.reject,
    "reopen": actions.reopen,
    "merge": actions.merge,
    "split": actions.split,
}
IN_REVIEW = (Reading.State.REVIEW, Reading.State.CONFIRMED)


def members(permission: str) -> Callable[[View], View]:
    """Only for people who have the permission in the zone; gives the view its document."""

    def decorate(view: View) -> View:
        @allowed(permission)
        @wraps(view)
        def wrapped(request: HttpRequest, zone: Zone, **kwargs: Any) -> HttpResponseBase:
            if "pk" in kwargs:
                kwargs["reading"] = _reading(zone, kwargs.pop("pk"))
            return view(request, zone, **kwargs)

        return wrapped

    return decorate


def _reading(zone: Zone, pk: int) -> Reading:
    found = queries.find(zone, pk)
    if found is None:
        raise Http404(_("There is no such document."))
    return found


def _draft(reading: Reading, text: str) -> Draft:
    found = queries.find_draft(reading, int(text)) if text.isdecimal() else None
    if found is None:
        raise Http404(_("There is no such draft."))
    return found


def _upload(zone: Zone, *data: Any) -> UploadForm:
    return UploadForm(*data, amendable={one.pk: one.name for one in queries.amendable(zone)})


@require_safe
@members("reading.read")
def readings(request: HttpRequest, zone: Zone) -> HttpResponse:
    """All documents of a zone."""
    return _board(request, zone, _upload(zone))


def _board(
    request: HttpRequest, zone: Zone, form: UploadForm, *, fault: str = "", status: int = 200
) -> HttpResponse:
    return draw(
        request,
        "reading/readings.html",
        zone=zone,
        view="readings",
        status=status,
        lines=queries.board(zone),
        form=form if request.user.has_perm("reading.review", zone) else None,
        fault=fault,
    )


@require_POST
@members("reading.review")
def receive(request: HttpRequest, zone: Zone) -> HttpResponse:
    """A document as it lies on the disk; it is read while its page waits."""
    form = _upload(zone, request.POST, request.FILES)
    if not form.is_valid():
        return _board(request, zone, form, fault=faults(form), status=400)
    file, older = form.cleaned_data["file"], form.cleaned_data["older"]
    try:
        found = actions.receive(
            zone, file.read(), name=file.name, by=request.user,  # type: ignore[arg-type]
            older=_reading(zone, int(older)) if older else None,
        )  # fmt: skip
    except ForPeople as error:
        return _board(request, zone, form, fault=in_words(error), status=400)
    actions.start(found)
    return redirect("reading", zone.slug, found.pk)


@require_POST
@members("reading.review")
def again(request: HttpRequest, zone: Zone, reading: Reading) -> HttpResponse:
    """Read a document again whose reading failed."""
    try:
        actions.start(actions.begin(reading, by=request.user))  # type: ignore[arg-type]
    except ForPeople as error:
        messages.error(request, in_words(error))
    return redirect("reading", zone.slug, reading.pk)


@require_safe
@members("reading.read")
def desk(request: HttpRequest, zone: Zone, reading: Reading) -> HttpResponse:
    """The review of a document; while it is being read, how far that is."""
    may_act = request.user.has_perm("reading.review", zone)
    if reading.state not in IN_REVIEW:
        told = queries.progress(reading)
        return draw(
            request, "reading/progress.html", zone=zone, view="readings", page=told, may_act=may_act
        )
    ask = queries.asked(request.GET)
    page, at = request.GET.get("page", ""), request.GET.get("at", "")
    found = queries.desk(
        reading,
        ask,
        page=int(page) if page.isdecimal() and len(page) < 7 else 1,
        at=int(at) if at.isdecimal() and len(at) < 16 else None,
    )
    return draw(
        request,
        "reading/desk.html",
        zone=zone,
        view="readings",
        desk=found,
        ask=ask,
        kinds=queries.KINDS,
        forms=FORMS,
        states=Draft.State.choices,
        changes=Draft.Change.choices,
        sure=queries.SURE,
        may_act=may_act and reading.state == Reading.State.REVIEW,
    )


def _back(zone: Zone, reading: Reading, ask: queries.Asked, at: int | None) -> HttpResponse:
    """To the same page of the desk, at a draft."""
    address = reverse("reading", args=[zone.slug, reading.pk])
    query = "&".join(filter(None, (ask.query, f"at={at}" if at else "")))
    return redirect(f"{address}?{query}#d{at}" if at else f"{address}?{query}")


@require_POST
@members("reading.review")
def act(request: HttpRequest, zone: Zone, reading: Reading) -> HttpResponse:
    """One decision about one draft, or the last one taken back."""
    ask, name = queries.asked(request.GET), request.POST.get("act", "")
    by = cast(User, request.user)
    try:
        if name == "undo":
            undone = actions.undo(reading, by=by)
            return _back(zone, reading, ask, undone.pk if undone else None)
        row = _draft(reading, request.POST.get("draft", ""))
        at = row.pk if name in ("reopen", "split") else queries.after(reading, ask, row)
        if name not in ACTS:
            raise Refused(f"There is no act {name!r} here.")
        made = ACTS[name](row, by=by)
        if name == "split" and isinstance(made, Draft):
            return redirect("reading_draft", zone.slug, reading.pk, made.pk)
    except ForPeople as error:
        messages.error(request, in_words(error))
        at = row.pk if name != "undo" else None
    return _back(zone, reading, ask, at)


@require_POST
@members("reading.review")
def add(request: HttpRequest, zone: Zone, reading: Reading) -> HttpResponse:
    """A promise that the reader missed, found by its words; its page is next."""
    words = request.POST.get("words", "")
    try:
        made = actions.add(reading, words, by=cast(User, request.user))
    except ForPeople as error:
        messages.error(request, in_words(error))
        return redirect("reading", zone.slug, reading.pk)
    return redirect("reading_draft", zone.slug, reading.pk, made.pk)


@require_POST
@members("reading.review")
def act_on_all(request: HttpRequest, zone: Zone, reading: Reading) -> HttpResponse:
    """Take, or leave out, every open draft of the filter."""
    ask, by = queries.asked(request.GET), cast(User, request.user)
    drafts = queries.listed(reading, ask)
    try:
        if request.POST.get("act") == "reject":
            count = actions.reject_all(reading, drafts, by=by)
            messages.success(request, _("%(count)s drafts are left out.") % {"count": count})
        else:
            above = queries.asked({"sure": request.POST.get("sure", "")}).above
            count, unfit = actions.accept_all(reading, drafts, above=above, by=by)
            messages.success(request, _("%(count)s drafts are accepted.") % {"count": count})
            if unfit:
                told = _("%(count)s stay open: they must be put right first.")
                messages.warning(request, told % {"count": unfit})
    except ForPeople as error:
        messages.error(request, in_words(error))
    return _back(zone, reading, ask, None)


@require_http_methods(["GET", "HEAD", "POST"])
@members("reading.read")
def draft(request: HttpRequest, zone: Zone, reading: Reading, draft: int) -> HttpResponse:
    """One draft, to be put right beside the machine's proposal."""
    row, ask, fault = _draft(reading, str(draft)), queries.asked(request.GET), ""
    may_act = request.user.has_perm("reading.review", zone)
    page = queries.page_of(row)
    form = DraftForm(request.POST or None, initial=page.written)
    if request.method == "POST":
        if not may_act:
            raise PermissionDenied
        if form.is_valid():
            try:
                record = form.record(page.record)
                actions.edit(
                    row, record, en=form.cleaned_data["en"], ties=form.ties(),
                    by=request.user,  # type: ignore[arg-type]
                )  # fmt: skip
                return _back(zone, reading, ask, queries.after(reading, ask, row))
            except ForPeople as error:
                fault = in_words(error)
    return draw(
        request,
        "reading/draft.html",
        zone=zone,
        view="readings",
        status=400 if request.method == "POST" else 200,
        reading=reading,
        page=page,
        form=form if may_act and reading.state == Reading.State.REVIEW else None,
        ask=ask,
        fault=fault,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@members("reading.read")
def confirm(request: HttpRequest, zone: Zone, reading: Reading) -> HttpResponse:
    """How the plan is called, then what loading it would change."""
    form = HeadForm(
        request.POST or None,
        initial=reading.head or queries.guessed(reading),
        named=[one for sort in SORTS for one in named(reading, sort)],
    )
    fault, changes = "", None
    if request.method == "POST":
        if not request.user.has_perm("reading.review", zone):
            raise PermissionDenied
        if form.is_valid():
            try:
                actions.describe(reading, form.told(), by=request.user)  # type: ignore[arg-type]
                return redirect("reading_confirm", zone.slug, reading.pk)
            except ForPeople as error:
                fault = in_words(error)
    elif reading.head and reading.state == Reading.State.REVIEW:
        try:
            changes = actions.would_change(reading)
        except ForPeople as error:
            fault = in_words(error)
    return _confirmation(request, zone, reading, form, changes, fault)


def _confirmation(
    request: HttpRequest, zone: Zone, reading: Reading, form: HeadForm,
    changes: list[Change] | None, fault: str,
) -> HttpResponse:  # fmt: skip
    return draw(
        request,
        "reading/confirm.html",
        zone=zone,
        view="readings",
        status=400 if request.method == "POST" else 200,
        reading=reading,
        form=form if request.user.has_perm("reading.review", zone) else None,
        page=None if changes is None else queries.told_changes(changes),
        late=queries.outside(reading),
        fault=fault,
    )


@require_POST
@members("reading.review")
def load(request: HttpRequest, zone: Zone, reading: Reading) -> HttpResponse:
    """Make it the plan of the zone."""
    try:
        found = actions.load(reading, by=request.user)  # type: ignore[arg-type]
    except ForPeople as error:
        messages.error(request, in_words(error))
        return redirect("reading_confirm", zone.slug, reading.pk)
    told = _("The plan is loaded: %(count)s records changed.") % {"count": len(found)}
    messages.success(request, told)
    return redirect("promises", zone.slug)


@require_safe
@members("reading.read")
def versions(request: HttpRequest, zone: Zone, reading: Reading) -> HttpResponse:
    """What an amended document adds, changes and removes."""
    found = queries.versions(reading)
    if found is None:
        raise Http404(_("This document amends no other."))
    return draw(
        request, "reading/versions.html", zone=zone, view="readings", page=found, reading=reading
    )


@require_safe
@members("reading.read")
def place(request: HttpRequest, zone: Zone, sha256: str, start: int, end: int) -> HttpResponse:
    """The words of a promise where they stand, for who may read the document."""
    found = queries.place(zone, sha256, start, end)
    return draw(
        request, "reading/place.html", zone=zone, view="readings", page=found, start=start, end=end,
        promises=queries.promised_at(zone, sha256, start, end),
    )  # fmt: skip
