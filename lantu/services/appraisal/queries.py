"""Appraisals as their readers see them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import AnonymousUser

from lantu.core.flow.kinds import Act
from lantu.core.plans.records import PlanFolder
from lantu.core.plans.standing import Question
from lantu.kernel.access.models import User, Zone
from lantu.kernel.cases import queries as cases
from lantu.kernel.cases.models import Case
from lantu.kernel.commitments import queries as commitments
from lantu.services.appraisal.rules import ASKED, KINDS

Reader = User | AnonymousUser


@dataclass(frozen=True, slots=True)
class Paper:
    """One appraisal: what it says, the promises it names, and what the reader may do."""

    line: cases.Line
    sort: str
    texts: tuple[tuple[str, str], ...]  # what was asked, and what was written
    promises: tuple[tuple[str, str], ...]  # code and title
    verdicts: tuple[Mapping[str, object], ...]  # frozen; of an appraisal afterwards
    acts: tuple[Act, ...]
    course: tuple[cases.Done, ...]


def lines(
    zone: Zone, reader: Reader, today: date, then: Question | None = None
) -> list[cases.Line]:
    """The appraisals that a reader may see: the public only those that were published.

    `then`: each as it stood on a day.
    """
    whole = reader.has_perm("appraisal.read_draft", zone)
    kinds = KINDS.values()
    found = [one for kind in kinds for one in cases.lines(zone, today, kind=kind, then=then)]
    return [one for one in found if whole or one.state.name == "released"]


def find(zone: Zone, key: str, reader: Reader, then: Question | None = None) -> Case | None:
    """One of them; None where the reader may not see it. `then`: as it stood on a day."""
    kind = KINDS.get(key.split("-")[0])
    case = None if kind is None else cases.find(zone, kind, key)
    if case is not None and then is not None:
        case = cases.known(case, then)
    if case is None or case.state == "released":
        return case
    return case if reader.has_perm("appraisal.read_draft", zone) else None


def paper(
    case: Case, reader: Reader, today: date, language: str, then: Question | None = None
) -> Paper:
    """One appraisal as a person sees it; its course is for those who may see drafts."""
    terms, sort = case.terms, case.key.split("-")[0]
    inside = reader.has_perm("appraisal.read_draft", case.zone)
    titles = commitments.titles(terms["plan"], terms["codes"])
    return Paper(
        cases.line(case, today),
        sort,
        tuple((one, terms["texts"][one]) for one in ASKED[sort]),
        tuple((code, titles.get(code, {}).get(language, code)) for code in terms["codes"]),
        tuple(terms.get("verdicts", ())),
        tuple(cases.open_acts(case, reader)) if isinstance(reader, User) and then is None else (),
        tuple(cases.course(case, then)) if inside else (),
    )


def choices(plan: PlanFolder, language: str) -> list[tuple[str, str]]:
    """The promises that an appraisal may name."""
    return [(one.code, one.title[language]) for one in plan.commitments if one.is_judged]


def earlier(zone: Zone, language: str, today: date) -> list[tuple[str, str]]:
    """The published appraisals before a policy, for a choice."""
    found = cases.lines(zone, today, kind=KINDS["before"])
    return [(one.key, one.title[language]) for one in found if one.state.name == "released"]
