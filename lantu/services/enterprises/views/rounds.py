"""The rounds of evaluation: the list, a round, its difference, and every act on it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lantu.core.plans.standing import Question
from lantu.kernel.access.models import Zone
from lantu.kernel.access.views import allowed
from lantu.kernel.commitments.views import asked_of, of_day, version
from lantu.kernel.facts.export import XLSX, table_response
from lantu.kernel.registry.models import LegalEntity
from lantu.services.enterprises import forms, summary
from lantu.services.enterprises.actions import rounds as acts
from lantu.services.enterprises.actions.figures import correct_figure
from lantu.services.enterprises.actions.objections import answer_objection, file_objection
from lantu.services.enterprises.models import Objection, Round, Ruling
from lantu.services.enterprises.queries import rounds as queries
from lantu.services.enterprises.queries.then import runs
from lantu.services.enterprises.scoring import DEFAULT, known_methods
from lantu.services.enterprises.views.common import of_zone, tell
from lantu.ui.asking import Asked
from lantu.ui.forms import faults
from lantu.ui.pages import draw, kept

SHOWN = 100


@require_safe
@kept(version)
@of_zone
def evaluation(request: HttpRequest, zone: Zone, ask: Asked, is_member: bool) -> HttpResponse:
    """All rounds; and for those who decide, a new one."""
    lines = queries.rounds(zone, is_member=is_member, then=ask.then)
    taken = [one.year for one in lines if one.state != Round.State.WITHDRAWN]
    return draw(
        request, "enterprises/evaluation.html", zone=zone, view="evaluation", ask=ask, lines=lines,
        years=queries.years_with_figures(zone, taken), methods=known_methods().values(),
        default=DEFAULT, is_member=is_member,
        may_decide=not ask.is_past and request.user.has_perm("enterprises.decide", zone),
    )  # fmt: skip


@require_POST
@allowed("enterprises.decide")
def start(request: HttpRequest, zone: Zone) -> HttpResponse:
    """Begin a round."""
    chosen = {cohort: request.POST.get(cohort, "") for cohort in DEFAULT}
    text = request.POST.get("year", "")
    year = int(text) if text.isascii() and text.isdigit() and len(text) == 4 else 0
    made: list[Round] = []
    tell(
        request,
        lambda: made.append(acts.start_round(zone, year, methods=chosen, by=request.user)),  # type: ignore[arg-type]
        _("The round was begun, and computed once."),
    )
    return redirect("round", zone.slug, made[0].pk) if made else redirect("evaluation", zone.slug)


def _round(zone: Zone, pk: int, is_member: bool, then: Question | None = None) -> Round:
    found = queries.round_of(zone, pk, is_member=is_member, then=then)
    if found is None:
        raise Http404(_("There is no such round."))
    return found


@require_safe
@kept(version)
@of_zone
def round_page(
    request: HttpRequest, zone: Zone, ask: Asked, is_member: bool, pk: int
) -> HttpResponse:
    """A round: its course, counts, results, objections and rulings; or the office's table."""
    return _shown(request, zone, _round(zone, pk, is_member, ask.then), is_member, ask)


def _shown(
    request: HttpRequest, zone: Zone, found: Round, is_member: bool, ask: Asked, **more: Any
) -> HttpResponse:
    run = queries.last_run(found, ask.then)
    chosen = {
        key: request.GET.get(key, "").replace("\0", "")[:60] for key in ("cohort", "class", "q")
    }
    lines = queries.results(run, cohort=chosen["cohort"], name=chosen["class"], words=chosen["q"])
    if kind := request.GET.get("export"):
        return _export(found, queries.results(run), kind, is_member)
    whole = request.GET.get("all") == "1"
    may_decide, may_enter = (
        not ask.is_past and request.user.has_perm(permission, zone)
        for permission in ("enterprises.decide", "enterprises.enter")
    )
    return draw(
        request, "enterprises/round.html", zone=zone, view="evaluation", ask=ask,
        page=queries.page(found, ask.then),
        lines=lines if whole else lines[:SHOWN], count=len(lines), is_whole=whole, chosen=chosen,
        is_member=is_member, may_decide=may_decide, today=timezone.localdate(),
        may_enter=may_enter,
        is_stale=may_decide and found.state in acts.OPEN and acts.is_stale(found),
        **{**_forms(found), **more},
    )  # fmt: skip


def _forms(found: Round) -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "objection_form": forms.ObjectionForm(initial={"received_on": today}, prefix="objection"),
        "answer_form": forms.AnswerForm(auto_id=False),
        "correction_form": forms.CorrectionForm(initial={"year": found.year}, prefix="correction"),
        "ruling_form": forms.RulingForm(prefix="ruling"),
        "publicity_form": forms.DayForm(initial={"on": today}, prefix="publicity"),
        "run_form": forms.ReasonForm(prefix="run"),
        "withdraw_form": forms.ReasonForm(prefix="withdraw"),
    }


def _export(
    found: Round, lines: list[queries.ResultLine], kind: str, is_member: bool
) -> HttpResponse:
    name = f"{found.zone.slug}-per-mu-{found.year}"
    if kind == "xlsx":
        body = summary.as_summary(found, lines, is_member=is_member)
        response = HttpResponse(body, content_type=XLSX)
        response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
        return response
    methods = summary.methods_of(found)
    heads = [head.replace("\n", "") for head in summary.heads(methods, is_member=is_member)]
    return table_response(
        heads, summary.rows(lines, methods, is_member=is_member), kind=kind, name=name
    )


@require_safe
@allowed("enterprises.read")
@of_day
def difference(request: HttpRequest, zone: Zone, ask: Asked, pk: int, number: int) -> HttpResponse:
    """What a run changed against the one before it: who, and why."""
    found = _round(zone, pk, True, ask.then)
    known = runs(found, ask.then)
    second = get_object_or_404(known, number=number)
    first = get_object_or_404(known, number=number - 1)
    return draw(
        request, "enterprises/difference.html", zone=zone, view="evaluation", ask=ask,
        round=found, page=queries.difference(first, second),
    )  # fmt: skip


def _entity(request: HttpRequest, zone: Zone, form: Any, field: str = "code") -> LegalEntity:
    """The firm whose code a form has. Raises NotTaken after telling that there is none."""
    code = form.cleaned_data[field].strip().upper()
    found = LegalEntity.objects.filter(zone=zone, code=code).first()
    if found is None:
        form.add_error(field, _("The register has no such firm."))
        messages.error(request, faults(form))
        raise NotTaken(form)
    return found


@require_POST
@allowed("enterprises.read")
def act(request: HttpRequest, zone: Zone, pk: int, name: str) -> HttpResponse:
    """One act on a round; the messages say how it went."""
    known = ACTS.get(name)
    if known is None:
        raise Http404(_("There is no such act."))
    permission, do = known
    if not request.user.has_perm(permission, zone):
        raise PermissionDenied
    found = _round(zone, pk, True)
    try:
        return do(request, found) or redirect("round", zone.slug, pk)
    except NotTaken as error:
        if not error.form.prefix:
            return redirect("round", zone.slug, pk)
        typed = {f"{error.form.prefix}_form": error.form}
        return _shown(request, zone, found, True, asked_of(zone, {}), status=400, **typed)


class NotTaken(Exception):
    """A form that was refused; the page is shown again with what was typed in it."""

    def __init__(self, form: Any) -> None:
        super().__init__()
        self.form = form


def _valid(request: HttpRequest, form: Any) -> Any:
    """The form's values. Raises NotTaken after telling what is missing."""
    if form.is_valid():
        return form.cleaned_data
    messages.error(request, faults(form))
    raise NotTaken(form)


def _done(request: HttpRequest, form: Any, act: Callable[[], object], done: str) -> None:
    """Do an act and tell how it went. Raises NotTaken where it was refused."""
    if not tell(request, act, done):
        raise NotTaken(form)


def _number(request: HttpRequest, name: str) -> int:
    """A record's number from a form; nought, which no record has, for what is no number."""
    text = request.POST.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _run(request: HttpRequest, found: Round) -> HttpResponse | None:
    given = _valid(request, forms.ReasonForm(request.POST, prefix="run"))
    done = given and tell(
        request,
        lambda: acts.run_round(found, reason=given["reason"], by=request.user),  # type: ignore[arg-type]
        _("The round was computed anew."),
    )
    if done:
        return redirect("difference", found.zone.slug, found.pk, queries.last_run(found).number)
    return None


def _publicity(request: HttpRequest, found: Round) -> None:
    given = _valid(request, forms.DayForm(request.POST, prefix="publicity"))
    if given:
        tell(
            request,
            lambda: acts.open_publicity(found, on=given["on"], by=request.user),  # type: ignore[arg-type]
            _("The draft is on display; objections are in time up to the last day shown."),
        )


def _final(request: HttpRequest, found: Round) -> None:
    tell(
        request,
        lambda: acts.finalise(found, on=timezone.localdate(), by=request.user),  # type: ignore[arg-type]
        _("The round is final. The zone's totals were published."),
    )


def _withdraw(request: HttpRequest, found: Round) -> None:
    given = _valid(request, forms.ReasonForm(request.POST, prefix="withdraw"))
    if given:
        tell(
            request,
            lambda: acts.withdraw(found, reason=given["reason"], by=request.user),  # type: ignore[arg-type]
            _("The round was withdrawn. It stays on record."),
        )


def _object(request: HttpRequest, found: Round) -> None:
    form = forms.ObjectionForm(request.POST, prefix="objection")
    given = _valid(request, form)
    entity = _entity(request, found.zone, form)
    _done(
        request, form,
        lambda: file_objection(
            found, entity, given["text"], received_on=given["received_on"],
            by=request.user,  # type: ignore[arg-type]
        ),
        _("The objection was entered."),
    )  # fmt: skip


def _answer(request: HttpRequest, found: Round) -> None:
    objection = get_object_or_404(Objection, round=found, pk=_number(request, "objection"))
    given = _valid(request, forms.AnswerForm(request.POST))
    if given:
        tell(
            request,
            lambda: answer_objection(
                objection, is_upheld=given["is_upheld"], answer=given["answer"],
                appeal=given["appeal"], on=timezone.localdate(),
                by=request.user,  # type: ignore[arg-type]
            ),
            _("The objection was answered."),
        )  # fmt: skip


def _correct(request: HttpRequest, found: Round) -> None:
    form = forms.CorrectionForm(request.POST, prefix="correction")
    given = _valid(request, form)
    entity = _entity(request, found.zone, form)
    _done(
        request, form,
        lambda: correct_figure(
            entity, given["year"], given["item"], given["value"], reason=given["reason"],
            source=given["source"], by=request.user,  # type: ignore[arg-type]
        ),
        _("The figure was corrected. Run the round again to see what it changes."),
    )  # fmt: skip


def _rule(request: HttpRequest, found: Round) -> None:
    form = forms.RulingForm(request.POST, prefix="ruling")
    given = _valid(request, form)
    entity = _entity(request, found.zone, form)
    other = _entity(request, found.zone, form, "other") if given["other"] else None
    _done(
        request, form,
        lambda: acts.rule(
            found, entity, given["kind"], reason=given["reason"], points=given["points"],
            other=other, source=given["source"], by=request.user,  # type: ignore[arg-type]
        ),
        _("The ruling was entered. Run the round again to see what it changes."),
    )  # fmt: skip


def _unrule(request: HttpRequest, found: Round) -> None:
    ruling = get_object_or_404(Ruling, round=found, pk=_number(request, "ruling"))
    given = _valid(request, forms.ReasonForm(request.POST))
    if given:
        tell(
            request,
            lambda: acts.withdraw_ruling(ruling, reason=given["reason"], by=request.user),  # type: ignore[arg-type]
            _("The ruling was taken back."),
        )


DECIDE, ENTER = "enterprises.decide", "enterprises.enter"
ACTS: dict[str, tuple[str, Callable[[HttpRequest, Round], HttpResponse | None]]] = {
    "run": (DECIDE, _run),
    "publicity": (DECIDE, _publicity),
    "final": (DECIDE, _final),
    "withdraw": (DECIDE, _withdraw),
    "object": (ENTER, _object),
    "answer": (DECIDE, _answer),
    "correct": (ENTER, _correct),
    "rule": (DECIDE, _rule),
    "unrule": (DECIDE, _unrule),
}
