"""The plan's pages. They only join."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lantu.core.errors import ContentError
from lantu.core.judging.rulesets import names, rule_set
from lantu.core.judging.states import STATES, WORDS
from lantu.core.plans.records import PlanFolder
from lantu.core.plans.standing import Question
from lantu.kernel.access.models import User, Zone
from lantu.kernel.access.queries import zones
from lantu.kernel.commitments import queries as commitments
from lantu.kernel.commitments.views import of_plan, version
from lantu.kernel.facts import queries as facts
from lantu.kernel.facts import tables
from lantu.kernel.facts.export import table_response
from lantu.services.plan import detail, neighbours, nested, news, picture, queries, rows
from lantu.services.plan.brief import brief
from lantu.services.plan.over_years import line
from lantu.ui.asking import Asked
from lantu.ui.pages import draw, kept, language

SERIES = 100  # of a page of the catalogue
BESIDE_FACTS = ("facts.enter", "ledger.read", "runs.read")  # open pages beside the facts
MOST_STANDING = 12  # zones whose standing the first page draws; a province's many are a list


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """All zones of this installation; of a few, how their plans stand today."""
    found = zones()
    lines = [
        (zone, commitments.plans(zone), _standing(zone) if len(found) <= MOST_STANDING else None)
        for zone in found
    ]
    return draw(request, "plan/home.html", zones=lines)


def _standing(zone: Zone) -> dict[str, Any]:
    """How many promises of a zone's plan stand in each state, counted only where none is kept."""
    today = timezone.localdate()

    def counts() -> Mapping[str, int]:
        plan = commitments.current_plan(zone)
        if plan is None:
            return {}
        asked = Question(today, None, None)
        return picture.picture(
            plan, asked, year=0, query="", language=language(), today=today
        ).counts

    return {
        "counts": SimpleLazyObject(counts),
        "kept_as": f"{version(zone.slug)}:{today}:{language()}",
    }


@require_safe
@kept(version)
@of_plan
def overview(request: HttpRequest, zone: Zone, plan: PlanFolder, ask: Asked) -> HttpResponse:
    """The zone in two minutes; `year` shows that year's own verdicts in the picture."""
    today = timezone.localdate()
    try:
        years = picture.years(plan, ask.query, request.GET.get("year", ""), today)
    except ContentError as error:
        return draw(request, "ui/bad_question.html", zone=zone, error=error, status=400)
    chosen = next(one.year for one in years if one.is_chosen)
    page: Any = SimpleLazyObject(lambda: queries.overview(zone, plan, ask.question))
    return draw(
        request,
        "plan/overview.html",
        zone=zone,
        view="overview",
        ask=ask,
        plan=plan,
        page=page,
        brief=SimpleLazyObject(lambda: brief(plan, page.numeric, ask.question)),
        late_rows=lambda: rows.promises(zone, page.late, ask.query),
        main_rows=lambda: rows.promises(zone, page.main, ask.query),
        counted=_counted(ask, zone),
        news=_news(request, zone, plan),
        has_nested=commitments.has_below(plan.name),
        years=years,
        year=chosen,
        drawn=SimpleLazyObject(
            lambda: picture.picture(
                plan, ask.question, year=chosen, query=ask.query, language=language(), today=today
            )
        ),
        kept_as=f"{version(zone.slug)}:{today}:{language()}:{ask.question}:{ask.query}:{chosen}",
    )


def _counted(ask: Asked, zone: Zone) -> str:
    """The address of the promises with a number on the day asked about, ready to be gone on."""
    begin = f"{ask.query}&" if ask.query else "?"
    return f"{reverse('promises', args=[zone.slug])}{begin}kind=number&"


def _news(request: HttpRequest, zone: Zone, plan: PlanFolder) -> news.News | None:
    return news.news(request.user, zone, plan) if isinstance(request.user, User) else None


@require_safe
@kept(version)
@of_plan
def promises(request: HttpRequest, zone: Zone, plan: PlanFolder, ask: Asked) -> HttpResponse:
    lines = queries.lines(plan, ask.question)
    chosen = queries.narrowed(lines, request.GET.dict())
    if kind := request.GET.get("export"):
        return _export(plan, chosen, kind, ask.question)
    return draw(
        request,
        "plan/promises.html",
        zone=zone,
        view="promises",
        ask=ask,
        lines=chosen,
        rows=lambda: rows.promises(zone, chosen, ask.query),
        total=len(lines),
        choices=queries.choices(plan, lines),
        filters=request.GET.dict(),
        exports=_exports(request.GET, "csv", "xlsx"),
        kept_as=f"{version(zone.slug)}:{language()}:{ask.question}:{ask.query}:{_asked(request)}",
    )


def _asked(request: HttpRequest) -> list[str]:
    return [request.GET.get(key, "") for key in queries.FILTERS]


def _exports(parameters: Any, *kinds: str) -> dict[str, str]:
    """The addresses of this very page as data, by form."""
    found = {}
    for kind in kinds:
        changed = parameters.copy()
        changed["export"] = kind
        found[kind] = f"?{changed.urlencode()}"
    return found


def _export(
    plan: PlanFolder, lines: list[queries.Line], kind: str, question: Question
) -> HttpResponse:
    word = 0 if language() == "zh" else 1
    heads = ["code", "title_zh", "title_en", "chapter", "form", "nature", "target", "unit",
             "state", "state_word", "at", "progress", "year_state", "year_at", "as_of"]  # fmt: skip
    rows = [
        [
            line.code,
            line.title["zh"],
            line.title["en"],
            line.chapter,
            line.form,
            line.nature,
            line.target,
            line.unit,
            line.state,
            WORDS[line.state][word],  # type: ignore[index]
            line.at,
            line.progress,
            line.year_state,
            line.year_at,
            question.as_of,
        ]
        for line in lines
    ]
    return table_response(heads, rows, kind=kind, name=f"{plan.name}-promises")


@require_safe
@kept(version)
@of_plan
def promise(
    request: HttpRequest, zone: Zone, plan: PlanFolder, ask: Asked, code: str
) -> HttpResponse:
    record = next((one for one in plan.commitments if one.code == code), None)
    if record is None:
        raise Http404(_("The plan has no such promise."))
    if not record.is_judged:
        # What the plan says about the past is no promise; it stands among the facts.
        return redirect(f"{reverse('facts', args=[zone.slug])}#{code}")
    scope = request.GET.get("scope", "")
    if scope and scope not in plan.scopes:
        raise Http404(_("The plan knows no such scope."))
    scope = "" if scope == record.scope else scope
    lang: Any = language()
    page: Any = SimpleLazyObject(
        lambda: detail.promise(zone, plan, code, ask.question, lang, scope)
    )
    return draw(
        request,
        "plan/promise.html",
        zone=zone,
        view="promises",
        ask=ask,
        plan=plan,
        record=record,
        page=page,
        used_rows=lambda: rows.used(zone, page.used),
        unused_rows=lambda: rows.used(zone, page.unused),
        trial=scope,
        reads_document=request.user.has_perm("reading.read", zone),
        near=SimpleLazyObject(lambda: neighbours.neighbours(plan, record, ask.question)),
        kept_as=f"{version(zone.slug)}:{timezone.localdate()}:{lang}:{ask.question}:{ask.query}:{code}:{scope}",
    )


@require_safe
@kept(version)
@of_plan
def contradictions(request: HttpRequest, zone: Zone, plan: PlanFolder, ask: Asked) -> HttpResponse:
    found = commitments.findings(plan.name)
    by_code = {record.code: record for record in plan.commitments}
    lines = [(one, [by_code[code] for code in one.codes if code in by_code]) for one in found]
    groups = {
        result: [line for line in lines if line[0].result == result]
        for result in ("contradicts", "undetermined", "holds")
    }
    return draw(
        request,
        "plan/contradictions.html",
        zone=zone,
        view="contradictions",
        ask=ask,
        groups=groups,
    )


@require_safe
@kept(version)
@of_plan
def nested_plans(request: HttpRequest, zone: Zone, plan: PlanFolder, ask: Asked) -> HttpResponse:
    lines = nested.lines(plan)
    return draw(
        request, "plan/nested_plans.html", zone=zone, view="contradictions", plan=plan, lines=lines
    )


@require_safe
@kept(version)
@of_plan
def nested_plan(
    request: HttpRequest, zone: Zone, plan: PlanFolder, ask: Asked, name: str
) -> HttpResponse:
    found = nested.nested(plan, name, ask.question)
    if found is None:
        raise Http404(_("There is no such plan."))
    return draw(
        request, "plan/nested_plan.html", zone=zone, view="contradictions", ask=ask, page=found
    )


@require_safe
@kept(version)
@of_plan
def fact_list(request: HttpRequest, zone: Zone, plan: PlanFolder, ask: Asked) -> HttpResponse:
    words, asked = request.GET.get("q", "").strip(), request.GET.get("page", "")
    # Six digits at most: no offset that a database cannot count to.
    page = max(int(asked), 1) if asked.isdecimal() and len(asked) < 7 else 1
    return draw(
        request,
        "plan/facts.html",
        zone=zone,
        view="facts",
        ask=ask,
        words=words,
        # One more than is shown tells whether there is a next page, without counting all.
        found=SimpleLazyObject(
            lambda: facts.catalogue(
                zone,
                words=words,
                start=(page - 1) * SERIES,
                most=SERIES + 1,
                known_on=ask.question.known_on,
            )  # fmt: skip
        ),
        most=f":{SERIES}",
        rest=SERIES,
        page=page,
        before=_turned(ask, words, page - 1) if page > 1 else "",
        after=_turned(ask, words, page + 1),
        stated=[one for one in plan.commitments if not one.is_judged],
        opens=[one for one in BESIDE_FACTS if request.user.has_perm(one, zone)],
        kept_as=f"{version(zone.slug)}:{language()}:{page}:{ask.query}:{words}",
    )


def _turned(ask: Asked, words: str, page: int) -> str:
    """The address of another page of the catalogue, on the same day."""
    return f"{ask.query or '?'}{'&' if ask.query else ''}{urlencode({'q': words, 'page': page})}"


@require_safe
@kept(version)
@of_plan
def series(request: HttpRequest, zone: Zone, plan: PlanFolder, ask: Asked) -> HttpResponse:
    indicator, subject = request.GET.get("indicator", ""), request.GET.get("subject", "")
    found = facts.series(zone, indicator, subject, known_on=ask.question.known_on)
    if not found:
        raise Http404(_("There is no such series."))
    if kind := request.GET.get("export"):
        return table_response(
            tables.HEADS, tables.cells(found), kind=kind, name=f"{zone.slug}-series"
        )
    return draw(
        request,
        "plan/series.html",
        zone=zone,
        view="facts",
        ask=ask,
        rows=rows.drawn(zone, found),
        exports=_exports(request.GET, "csv", "json"),
        indicator=indicator,
        subject=subject,
        line=line(found),
        measured=[
            record
            for record in plan.commitments
            if record.measured_by is not None
            and (record.measured_by.indicator, record.measured_by.subject) == (indicator, subject)
        ],
    )


@require_safe
@kept(version)
@of_plan
def method(request: HttpRequest, zone: Zone, plan: PlanFolder, ask: Asked) -> HttpResponse:
    lang = language()
    word = 0 if lang == "zh" else 1
    sets = [rule_set(name, ask.question.as_of) for name in names()]
    return draw(
        request,
        "plan/method.html",
        zone=zone,
        view="method",
        ask=ask,
        plan=plan,
        sets=[(one, one.label[lang], one.note[lang], one.name == plan.rules) for one in sets],
        states=[(state, WORDS[state][word]) for state in STATES],
        scopes=_scopes(plan, lang),
    )


def _scopes(plan: PlanFolder, lang: str) -> list[tuple[str, str]]:
    return [(scope["name"][lang], _note(scope.get("note"), lang)) for scope in plan.scopes.values()]


def _note(note: Mapping[str, str] | None, lang: str) -> str:
    return note.get(lang, "") if note else ""
