"""What the nurture lists show: who is near a threshold, and what is missing."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lantu.core.figures.decimals import shown
from lantu.core.plans.standing import Question
from lantu.kernel.access.models import Zone
from lantu.kernel.registry import queries as registry
from lantu.services.enterprises.queries.then import figures
from lantu.services.enterprises.thresholds import LISTS, Firm, Standing, standings

HEADS = ["名录", "统一社会信用代码", "企业名称", "状态", "条件", "现值", "门槛", "差距"]
NAMES = {"met": "已达到", "near": "接近", "far": "尚远", "unknown": "资料不全"}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A firm before a threshold."""

    code: str
    zh: str
    en: str
    standing: Standing

    @property
    def reached(self) -> Decimal:
        """The least share of any condition: by it the list is sorted."""
        return min((one.share for one in self.standing.conditions), default=Decimal(0))


@dataclass(frozen=True, slots=True)
class Nursery:
    """One list with the firms that are near it, the nearest first."""

    name: str
    label: dict[str, str]
    source: str
    near: tuple[Candidate, ...]
    met: int
    far: int
    unknown: int


def lists(zone: Zone, year: int, then: Question | None = None) -> list[Nursery]:
    """Every list that was in force at the end of the year; `then`: by the figures known then."""
    by_name: dict[str, list[Candidate]] = defaultdict(list)
    for code, zh, en, found in _firms(zone, year, then):
        for standing in standings(found):
            by_name[standing.name].append(Candidate(code, zh, en, standing))
    return [_nursery(name, by_name[name]) for name in LISTS if by_name[name]]


def _firms(zone: Zone, year: int, then: Question | None) -> Iterator[tuple[str, str, str, Firm]]:
    by_firm = figures(zone, then, range(year - 2, year + 1))
    active = registry.found(zone, "", then).filter(status="active").prefetch_related("names")
    for entity in active.order_by("code"):
        of_firm = by_firm.get(entity.pk, {})
        if year in of_firm:
            zh, en = registry.both_names_on(entity, date.max if then is None else then.as_of)
            yield entity.code, zh, en, Firm(of_firm, year, entity.founded_on)


def _nursery(name: str, listed: list[Candidate]) -> Nursery:
    near = [one for one in listed if one.standing.state == "near"]
    counts = {state: sum(one.standing.state == state for one in listed) for state in NAMES}
    near.sort(key=lambda one: (-one.reached, one.code))
    first = listed[0].standing
    return Nursery(
        name, first.label, first.source, tuple(near), counts["met"], counts["far"],
        counts["unknown"],
    )  # fmt: skip


def rows(found: list[Nursery]) -> Iterator[list[object]]:
    """The lists as a table: a row for each condition that is not met."""
    for one in found:
        for candidate in one.near:
            for term in candidate.standing.open_conditions:
                numbers = [
                    None if number is None else shown(number, 4)
                    for number in (term.value, term.limit, term.gap)
                ]
                head = [one.label["zh"], candidate.code, candidate.zh, NAMES["near"], term.what]
                yield [*head, *numbers]
