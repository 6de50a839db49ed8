"""Reminders: on which working days somebody is told of what he has to do."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from lantu.core import content
from lantu.core.content import Entry


@dataclass(frozen=True, slots=True)
class Rung:
    """A step of reminding. A later step is a new reminder."""

    name: str
    what: Mapping[str, str]
    is_late: bool


def rung(days: int, *, on: date) -> Rung | None:
    """The step for something so many working days past its last day; None: too early to remind.

    `days` is negative before the last day, zero on it.
    """
    steps = next((steps for since, steps in reversed(_rules()) if since <= on), ())
    reached = [name for least, name in steps if days >= least]
    return Rung(reached[-1], _words(days), days > 0) if reached else None


def _words(days: int) -> Mapping[str, str]:
    if days > 0:
        return {"zh": f"逾期{days}个工作日", "en": f"{days} working day{'s' * (days > 1)} late"}
    if days == 0:
        return {"zh": "今天到期", "en": "due today"}
    return {"zh": f"还剩{-days}个工作日", "en": f"{-days} working day{'s' * (days < -1)} left"}


@lru_cache(maxsize=1)
def _rules() -> tuple[tuple[date, tuple[tuple[int, str], ...]], ...]:
    """The steps in force from each day on, the oldest first."""
    root = content.read(Path(__file__).with_name("reminders.yaml"), "warning/reminders.yaml")
    return tuple(sorted(_rule(one) for one in root.items()))


def _rule(entry: Entry) -> tuple[date, tuple[tuple[int, str], ...]]:
    entry.only({"since", "source", "checked", "working_days"})
    days = entry.need("working_days").mapping().items()
    since = date.fromisoformat(entry.need("since").text())
    return since, tuple(sorted((int(least), name.text()) for least, name in days))
