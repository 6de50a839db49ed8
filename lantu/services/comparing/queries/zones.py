"""Zones beside each other, indicator by indicator: no total, no rank, invented ones apart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from lantu.core.figures import english
from lantu.core.judging.records import Verdict
from lantu.core.plans.printing import target_of, unit_of
from lantu.core.plans.records import Observed
from lantu.core.plans.standing import Question
from lantu.kernel.access.models import Zone
from lantu.kernel.access.queries import zones
from lantu.kernel.commitments import queries as commitments
from lantu.kernel.commitments.queries import WHOLE, Beside, Spread, Topic


@dataclass(frozen=True, slots=True)
class Latest:
    """The newest figure, always with its unit, period and scope."""

    number: int
    value: Decimal
    unit: str
    period: str
    kind: str
    scope: Mapping[str, str]  # empty where the source states none
    vintage: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Line:
    """One promise of one zone."""

    zone: Zone
    code: str
    title: Mapping[str, str]
    form: str
    nature: str
    target: str
    unit: str
    by: int | None
    scope: Mapping[str, str]
    latest: Latest | None
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Side:
    """Either the real zones or the invented ones; they are never shown in one table."""

    invented: bool
    lines: tuple[Line, ...]
    zones: int  # that promise something of it
    others: tuple[Zone, ...]  # that promise nothing of it


@dataclass(frozen=True, slots=True)
class Choice:
    """An indicator that can be chosen, and how many zones promise something of it."""

    key: str
    name: str
    told: Mapping[str, str]  # the same for readers of each language
    real: int
    invented: int


@dataclass(frozen=True, slots=True)
class Page:
    """The choice of indicators, and the zones for the one that was chosen."""

    choices: tuple[Choice, ...]
    topic: Topic | None
    chosen: Choice | None
    sides: tuple[Side, ...]

    @property
    def shared(self) -> list[Choice]:
        """The indicators of more than one zone."""
        return [one for one in self.choices if one.real + one.invented > 1]

    @property
    def alone(self) -> list[Choice]:
        """The indicators of one zone, which nothing can be set beside yet."""
        return [one for one in self.choices if one.real + one.invented == 1]


def page(chosen: str, question: Question, language: Literal["zh", "en"] = "zh") -> Page | None:
    """The page for a chosen topic, as its key is written; None where no plan has it.

    Without a choice only the list of what can be chosen, the most shared first, then by name.
    """
    spreads = {_key(one.topic): one for one in commitments.topics()}
    listed = [_choice(key, one) for key, one in spreads.items()]
    listed.sort(key=lambda one: (-one.real, -one.invented, one.told[language].casefold()))
    choices = {one.key: one for one in listed}
    if not chosen:
        return Page(tuple(choices.values()), None, None, ())
    if chosen not in spreads:
        return None
    topic = spreads[chosen].topic
    found, everybody = commitments.side_by_side(topic, question), zones()
    sides = (_side(is_invented, found, everybody) for is_invented in (False, True))
    shown = tuple(one for one in sides if one.lines)
    return Page(tuple(choices.values()), topic, choices[chosen], shown)


def _key(topic: Topic) -> str:
    """A topic as an address has it."""
    return topic.indicator if topic.subject == WHOLE else f"{topic.indicator}|{topic.subject}"


def _choice(key: str, one: Spread) -> Choice:
    parts = [one.topic.indicator, *([] if one.topic.subject == WHOLE else [one.topic.subject])]
    # A plan may give a project and what is counted of it one English name.
    english_parts = dict.fromkeys(_english(part, one) for part in parts)
    told = {"zh": " · ".join(parts), "en": " · ".join(english_parts)}
    return Choice(key, told["zh"], told, one.real, one.invented)


def _english(printed: str, one: Spread) -> str:
    """The English of our own list, else the plan's; what neither has stays as it is printed."""
    return english.name(printed) or one.english.get(printed, printed)


def _side(invented: bool, found: Sequence[Beside], everybody: Sequence[Zone]) -> Side:
    lines = tuple(_line(one) for one in found if one.zone.invented == invented)
    having = {line.zone.pk for line in lines}
    others = [one for one in everybody if one.invented == invented and one.pk not in having]
    return Side(invented, lines, len(having), tuple(others))


def _line(one: Beside) -> Line:
    record = one.record
    return Line(
        zone=one.zone,
        code=record.code,
        title=record.title,
        form=record.form or "task",
        nature=record.nature,
        target=target_of(record),
        unit=unit_of(record),
        by=record.target_year,
        scope=_scope(one, record.scope),
        latest=None if one.latest is None else _latest(one, one.latest),
        verdict=one.standing.verdict,
    )


def _scope(one: Beside, slug: str) -> Mapping[str, str]:
    return one.scopes.get(slug, {}).get("name", {"zh": slug, "en": slug} if slug else {})


def _latest(one: Beside, found: Observed) -> Latest:
    stated = {"zh": found.scope_note, "en": found.scope_note} if found.scope_note else {}
    return Latest(
        number=int(found.where),
        value=found.value,
        unit=found.unit,
        period=str(found.period),
        kind=found.kind,
        scope=_scope(one, found.scope) or stated,
        vintage=found.vintage,
        title=found.source_title,
        url=found.source_url,
    )
