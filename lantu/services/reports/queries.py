"""What the pages of reports and opinions show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils.timezone import localtime

from lantu.core.plans.records import PlanFolder
from lantu.core.plans.standing import Question
from lantu.core.reports.document import Document
from lantu.core.reports.keeping import (
    Change,
    checksum,
    differences,
    document_from_json,
    rests_on,
)
from lantu.kernel.access.models import User, Zone
from lantu.kernel.commitments import queries as commitments
from lantu.services.reports.models import Answer, Decision, Edition, Finished, Opinion
from lantu.ui.asking import Asked

Reader = User | AnonymousUser
DRAFT, FROZEN, RELEASED = "draft", "frozen", "released"


@dataclass(frozen=True, slots=True)
class Line:
    """An edition in a list."""

    number: int
    kind: str
    year: int
    state: str  # draft, frozen or released
    at: datetime
    by: str
    title: str
    opinions: int


@dataclass(frozen=True, slots=True)
class Rest:
    """A promise or project as the edition found it, with the figures that it rested on."""

    code: str
    view: str  # the name of its page; empty where the plan has it no longer
    title: Mapping[str, str]
    state: str
    facts: tuple[tuple[str, str, str], ...]  # year, value, source


@dataclass(frozen=True, slots=True)
class Page:
    """An edition whole."""

    line: Line
    document: Document
    sha256: str
    is_whole: bool  # whether its checksum still holds
    decisions: tuple[Decision, ...]
    finished: tuple[Finished, ...]
    changes: tuple[Change, ...]  # what a draft of today would say otherwise
    others: tuple[Line, ...]  # editions to compare with
    rests: tuple[Rest, ...]  # from each number of the text to where it comes from
    as_of: date  # the day whose state the edition tells
    known_on: date  # the day on which it was drafted


@dataclass(frozen=True, slots=True)
class Said:
    """An opinion and what became of it."""

    number: int
    sort: str
    code: str
    text: str  # empty where it is withheld from this reader
    source: str
    at: datetime
    answers: tuple[Answer, ...]
    is_withheld: bool


def editions(zone: Zone, reader: Reader, language: str, until: date = date.max) -> list[Line]:
    """The editions that a reader may see, the newest first, as they stood on a day."""
    found = Edition.objects.filter(zone=zone, at__date__lte=until).select_related("by")
    lines = [_line(one, language, until) for one in found.prefetch_related("decisions")]
    if reader.has_perm("reports.read", zone):
        return lines
    return [line for line in lines if line.state == RELEASED]


def _line(edition: Edition, language: str, until: date) -> Line:
    acts = {one.act for one in edition.decisions.all() if localtime(one.at).date() <= until}
    state = RELEASED if "release" in acts else FROZEN if "freeze" in acts else DRAFT
    return Line(
        number=edition.number,
        kind=edition.get_kind_display(),
        year=edition.year,
        state=state,
        at=edition.at,
        by="" if edition.by is None else edition.by.get_username(),
        title=edition.documents[language]["title"],
        opinions=edition.opinions.count(),
    )


def edition(zone: Zone, number: int, reader: Reader, until: date = date.max) -> Edition | None:
    """An edition that the reader may see, and could on a day; else None, as if there were none."""
    found = Edition.objects.filter(zone=zone, number=number, at__date__lte=until).first()
    if found is None or reader.has_perm("reports.read", zone):
        return found
    released = found.decisions.filter(act=Decision.Act.RELEASE, at__date__lte=until)
    return found if released.exists() else None


def document(found: Edition, language: str) -> Document:
    """The report as it was drafted."""
    return document_from_json(found.documents[language])


def page(
    found: Edition, plan: PlanFolder | None, reader: Reader, language: str, ask: Asked
) -> Page:
    """An edition with what has changed since; `plan` is the same plan as it stands now."""
    others = editions(found.zone, reader, language, ask.until)
    decisions = found.decisions.filter(at__date__lte=ask.until)
    return Page(
        line=_line(found, language, ask.until),
        document=document(found, language),
        sha256=found.sha256,
        is_whole=checksum(found.documents, found.snapshot) == found.sha256,
        decisions=tuple(decisions.select_related("by").order_by("pk")),
        finished=tuple(found.finished.filter(at__date__lte=ask.until).select_related("by")),
        changes=() if plan is None else since(found, plan, ask.question.known_on),
        others=tuple(one for one in others if one.number != found.number),
        rests=_rests(found, plan),
        as_of=date.fromisoformat(found.snapshot["as_of"]),
        known_on=localtime(found.at).date(),
    )


def _rests(found: Edition, plan: PlanFolder | None) -> tuple[Rest, ...]:
    views = {} if plan is None else {one.code: "project" for one in plan.projects}
    if plan is not None:
        views |= {one.code: "promise" for one in plan.commitments if one.is_judged}
    return tuple(
        Rest(
            code,
            views.get(code, ""),
            one["title"],
            one["state"],
            tuple((year, value, source) for year, value, source in one["facts"]),
        )
        for code, one in found.snapshot["lines"].items()
    )


def since(found: Edition, plan: PlanFolder, known_on: date | None = None) -> tuple[Change, ...]:
    """What stands otherwise now than when the edition was drafted, for the same day.

    `known_on`: otherwise by what was known on a day, not by all that is known now.
    """
    question = Question(date.fromisoformat(found.snapshot["as_of"]), known_on)
    # The kernel keeps the verdicts of a plan until its zone changes; a page must not judge anew.
    standings = (
        *commitments.commitments(plan.name, question),
        *commitments.projects(plan.name, question),
    )
    return differences(found.snapshot, rests_on(standings, question))


def compared(first: Edition, second: Edition) -> tuple[Change, ...]:
    """From one round to another: what stands otherwise."""
    return differences(first.snapshot, second.snapshot)


def opinions(zone: Zone, reader: Reader, until: date = date.max) -> list[Said]:
    """Opinions, the newest first. The public sees those that were answered and not withheld."""
    found = Opinion.objects.filter(zone=zone, at__date__lte=until).prefetch_related("answers")
    is_member = reader.has_perm("reports.read", zone)
    said = [_said(one, until, is_member=is_member) for one in found]
    return [one for one in said if one is not None]


def _said(opinion: Opinion, until: date, *, is_member: bool) -> Said | None:
    answers = tuple(one for one in opinion.answers.all() if localtime(one.at).date() <= until)
    is_withheld = bool(answers) and answers[-1].outcome == Answer.Outcome.WITHHELD
    if not is_member and not answers:
        return None
    return Said(
        number=opinion.number,
        sort=opinion.get_sort_display(),
        code=opinion.code,
        text="" if is_withheld and not is_member else opinion.text,
        source="" if is_withheld and not is_member else opinion.source,
        at=opinion.at,
        answers=answers,
        is_withheld=is_withheld,
    )


def tally(said: Sequence[Said]) -> dict[str, Any]:
    """How many came and what became of them."""
    return {"all": len(said), "answered": sum(bool(one.answers) for one in said)}
