"""Scenarios as their readers see them: levers, what they do, and two beside each other."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Final

from django.contrib.auth.models import AnonymousUser

from lantu.core.figures import english
from lantu.core.plans.records import PlanCommitment, PlanFolder
from lantu.core.plans.standing import Question
from lantu.core.whatif.levers import Lever, load, sort_of
from lantu.core.whatif.outcome import PATHS, Outcome
from lantu.kernel.access.models import User, Zone
from lantu.kernel.access.queries import zone_version
from lantu.kernel.commitments import queries as commitments
from lantu.services.scenarios.models import Release, Scenario, Version

DRAFT, RELEASED = "draft", "released"
Words = Mapping[str, str]
Reader = User | AnonymousUser
REFUSALS: Final[Mapping[str, Words]] = {
    "no-form": {"zh": "这类承诺不作推演：它不是逐年的数值。",
                "en": "Not gone on with: this kind of promise is no yearly figure."},
    "over": {"zh": "目标年的数字已公布，无须推演。",
             "en": "The figure of the target's year is known, so there is nothing to assume."},
    "too-few": {"zh": "数据不足，不作推演：至少需要两个年度的数字。",
                "en": "Too little data: two yearly figures are needed."},
    "rates": {"zh": "该承诺按公布的增速评判，项目和政策的数额不能直接相加；缺少同口径的总量。",
              "en": "Judged by published rates, to which amounts cannot be added; "
                    "the levels of the same scope are missing."},
    "share-growth": {"zh": "占比类指标没有可增长的行业份额，请改用政策按百分点推演。",
                     "en": "A share has no sectors that grow. Use a policy, in points."},
    "no-scatter": {"zh": "数据不足，不给概率：没有同类误差可参照，自身年度数字也太少。",
                   "en": "No probability: this kind of figure has no reference for its errors, "
                         "and too few yearly figures of its own."},
    "no-target": {"zh": "不给概率：缺少基数或目标，无从判定。",
                  "en": "No probability: a base or a target is missing, so nothing can be judged."},
    "unknown": {"zh": "不给结果：项目投产后的年产出未知，未知不是零。缺少：",
                "en": "No result: a project's yearly output is not known, and unknown is not "
                      "zero. Missing: "},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ListLine:
    """A scenario in a list."""

    scenario: Scenario
    state: str
    levers: int


@dataclass(frozen=True, slots=True)
class LeverLine:
    """A lever with its place, and the units of the promises that it moves."""

    place: int
    sort: str
    lever: Lever
    into: str
    into_unit: str
    invested: str
    invested_unit: str


@dataclass(frozen=True, slots=True)
class Line:
    """A promise under a scenario."""

    code: str
    title: str
    unit: str
    outcome: Outcome
    refusal: str


@dataclass(frozen=True, slots=True)
class Page:
    """One version of a scenario with what it does."""

    scenario: Scenario
    version: Version
    state: str
    is_newest: bool
    released_at: datetime | None
    levers: tuple[LeverLine, ...]
    lines: tuple[Line, ...]
    paths: int


@dataclass(frozen=True, slots=True)
class Row:
    """One promise beside itself: without levers, and under each scenario (None: not moved)."""

    code: str
    title: str
    unit: str
    cells: tuple[Line | None, ...]


def lines(zone: Zone, reader: Reader) -> list[ListLine]:
    """The scenarios that a reader may see, the newest first."""
    found = Scenario.objects.filter(zone=zone).order_by("-number")
    seen = ((one, visible(one, reader)) for one in found)
    return [
        ListLine(one, _state(version), len(version.levers))
        for one, version in seen
        if version is not None
    ]


def find(zone: Zone, number: int) -> Scenario | None:
    return Scenario.objects.filter(zone=zone, number=number).select_related("zone", "by").first()


def visible(scenario: Scenario, reader: Reader) -> Version | None:
    """The newest version that a reader may see: of drafts only those who write or release them."""
    found = scenario.versions.select_related("release", "by")
    if not reader.has_perm("scenarios.read_draft", scenario.zone):
        found = found.filter(release__isnull=False)
    return found.order_by("number").last()


def version(scenario: Scenario, number: int) -> Version | None:
    return scenario.versions.filter(number=number).first()


def _release(version: Version) -> Release | None:
    return getattr(version, "release", None)


def _state(version: Version) -> str:
    return DRAFT if _release(version) is None else RELEASED


def page(version: Version, language: str) -> Page:
    """A version, computed from what was known on its day."""
    scenario, released = version.scenario, _release(version)
    plan = commitments.plan(scenario.plan)
    records = {} if plan is None else {one.code: one for one in plan.commitments}
    return Page(
        scenario,
        version,
        _state(version),
        not scenario.versions.filter(number__gt=version.number).exists(),
        None if released is None else released.at,
        tuple(
            _lever(place, one, records, language)
            for place, one in enumerate(version.pulled(), 1)
        ),
        tuple(
            _line(one, records[one.code], language)
            for one in _outcomes(version)
        ),
        PATHS,
    )  # fmt: skip


def _lever(
    place: int, lever: Lever, records: Mapping[str, PlanCommitment], language: str
) -> LeverLine:
    into, invested = (
        records.get(getattr(lever, name, "")) for name in ("into", "invested_into")
    )  # fmt: skip
    return LeverLine(
        place, sort_of(lever), lever,
        "" if into is None else into.title[language], "" if into is None else into.unit,
        "" if invested is None else invested.title[language],
        "" if invested is None else invested.unit,
    )  # fmt: skip


def _line(found: Outcome, record: PlanCommitment, language: str) -> Line:
    refusal = REFUSALS[found.refusal][language] if found.refusal else ""
    return Line(
        found.code, record.title[language], record.unit, found,
        refusal + ("、" if language == "zh" else ", ").join(found.missing),
    )  # fmt: skip


def _outcomes(version: Version) -> tuple[Outcome, ...]:
    scenario = version.scenario
    question = Question(scenario.as_of, version.known_on)
    levers = json.dumps(version.levers, sort_keys=True)
    return _computed(scenario.plan, levers, question, zone_version(scenario.zone))


@lru_cache(maxsize=64)
def _computed(plan: str, levers: str, question: Question, version: int) -> tuple[Outcome, ...]:
    """Nothing of a zone changes without an entry in its ledger: its number is the version."""
    return commitments.outcomes(plan, load(json.loads(levers)), question)


def beside(pages: Sequence[Page]) -> tuple[Row, ...]:
    """Every promise that any of the scenarios moves, in the order in which they do."""
    moved = {line.code: line for page in pages for line in page.lines}
    return tuple(
        Row(code, line.title, line.unit, tuple(_of(page, code) for page in pages))
        for code, line in moved.items()
    )


def _of(page: Page, code: str) -> Line | None:
    return next((line for line in page.lines if line.code == code), None)


def _with_unit(record: PlanCommitment, language: str) -> str:
    title = record.title[language]
    if language == "zh":
        return f"{title}（{record.unit}）" if record.unit else title
    unit = english.unit_or_printed(record.unit)
    return f"{title} ({unit})" if unit else title


def choices(plan: PlanFolder, language: str) -> list[tuple[str, str]]:
    """The promises that a lever may move: those with figures by year."""
    return [
        (one.code, _with_unit(one, language))
        for one in plan.commitments
        if one.is_judged and one.measured_by is not None
    ]
