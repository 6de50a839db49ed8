"""The ladder: reminder, yellow, orange, red; by how things stand, for how long, and what is due."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from lantu.core import content
from lantu.core.content import Entry
from lantu.core.judging.states import WORDS

Words = Mapping[str, str]
LEVELS: Mapping[str, Words] = {
    "reminder": {"zh": "提醒", "en": "reminder"},
    "yellow": {"zh": "黄色预警", "en": "yellow warning"},
    "orange": {"zh": "橙色预警", "en": "orange warning"},
    "red": {"zh": "红色预警", "en": "red warning"},
}


@dataclass(frozen=True, slots=True)
class Ladder:
    """The steps in force from a day on."""

    since: date
    source: Words
    levels: tuple[str, ...]
    states: Mapping[str, tuple[str, ...]]  # state → level in the first, second … year running
    binding_rises: int
    late_days: tuple[tuple[int, str], ...]  # working days late, rising


@dataclass(frozen=True, slots=True)
class Warned:
    """A level, and why it is no other."""

    level: str
    rank: int  # 0 is the lowest
    why: Words
    rules: date  # the ladder's first day


@dataclass(frozen=True, slots=True)
class Late:
    """One matter that calls for a warning, and why."""

    sort: str
    code: str
    title: Mapping[str, str]
    department: str
    warned: Warned

    @property
    def level(self) -> Mapping[str, str]:
        return LEVELS[self.warned.level]


def of_promise(states: Sequence[str], *, is_binding: bool, on: date) -> Warned | None:
    """The level of a promise by its states at year's ends, the newest first; None: no warning.

    A year running counts while the state calls for a warning at all.
    """
    rules = ladder(on)
    if rules is None or not states or states[0] not in rules.states:
        return None
    years = 0
    for state in states:
        if state not in rules.states:
            break
        years += 1
    steps = rules.states[states[0]]
    level = steps[min(years, len(steps)) - 1]
    rank = rules.levels.index(level)
    rises = min(rules.binding_rises if is_binding else 0, len(rules.levels) - 1 - rank)
    zh, en = WORDS[states[0]]  # type: ignore[index]
    why = {
        "zh": f"{zh}，连续{years}年滞后" + ("；约束性指标升一级" if rises else ""),
        "en": f"{en}, late {years} year{'s' * (years > 1)} running"
        + ("; a binding target stands higher" if rises else ""),
    }
    return Warned(rules.levels[rank + rises], rank + rises, why, rules.since)


def of_delay(days: int, *, on: date) -> Warned | None:
    """The level of a paper that is so many working days late; None: no warning."""
    rules = ladder(on)
    reached = [level for least, level in rules.late_days if days >= least] if rules else []
    if rules is None or not reached:
        return None
    why = {"zh": f"逾期{days}个工作日", "en": f"{days} working days late"}
    return Warned(reached[-1], rules.levels.index(reached[-1]), why, rules.since)


def ladder(on: date) -> Ladder | None:
    """The ladder in force on a day; None before the first."""
    return next((one for one in reversed(_ladders()) if one.since <= on), None)


@lru_cache(maxsize=1)
def _ladders() -> tuple[Ladder, ...]:
    root = content.read(Path(__file__).with_name("ladder.yaml"), "warning/ladder.yaml")
    return tuple(sorted((_ladder(one) for one in root.items()), key=lambda one: one.since))


def _ladder(entry: Entry) -> Ladder:
    entry.only({"since", "source", "checked", "levels", "states", "binding_rises", "late_days"})
    source = entry.need("source")
    days = entry.need("late_days").mapping().items()
    return Ladder(
        since=date.fromisoformat(entry.need("since").text()),
        source={"zh": source.need("zh").text(), "en": source.need("en").text()},
        levels=tuple(_level(one) for one in entry.need("levels").items()),
        states={
            state: tuple(_level(one) for one in steps.items())
            for state, steps in entry.need("states").mapping().items()
        },
        binding_rises=entry.need("binding_rises").integer(),
        late_days=tuple(sorted((int(count), _level(level)) for count, level in days)),
    )


def _level(entry: Entry) -> str:
    name = entry.text()
    if name not in LEVELS:
        raise entry.fail(f"There is no level {name!r}.", f"Use one of: {', '.join(LEVELS)}.")
    return name
