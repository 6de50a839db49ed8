"""The plan as one picture: every promise a mark, by chapter and state, to date or for one year."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Final, cast

from django.urls import reverse

from lantu.core.errors import ContentError
from lantu.core.judging.states import STATES, WORDS, State
from lantu.core.plans.headings import in_english
from lantu.core.plans.records import PlanFolder
from lantu.core.plans.standing import Question
from lantu.services.plan.queries import Line, lines
from lantu.ui.picture import Mark, Row

CODE: Final = "a-promise-s-code"
WORD: Final = {"zh": 0, "en": 1}
TARGET: Final = ("目标", "target")
MARKS: Final = (("：", "，"), (": ", ", "))
_PLACES: Final[dict[State, int]] = {state: place for place, state in enumerate(STATES)}


@dataclass(frozen=True, slots=True)
class Year:
    """A year whose own verdicts can be shown; 0 is the plan to date."""

    year: int
    address: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """The marks by chapter; how many with a number stand in each state, there and in all."""

    rows: tuple[Row, ...]
    counts: Mapping[str, int]
    by_chapter: tuple[tuple[str, Mapping[str, int]], ...]


def years(plan: PlanFolder, query: str, asked: str, today: date) -> tuple[Year, ...]:
    """The plan to date, and the years of the plan that have begun.

    `query` is the page's own, `asked` the year in its address, empty for the plan to date.
    Raises ContentError for what is no such year.
    """
    begun = range(plan.period.start, min(plan.period.end, today.year) + 1)
    if asked and asked not in map(str, begun):
        raise ContentError(
            "year",
            f"{asked[:40]!r} is no year of the plan that has begun.",
            f"Choose one of: {', '.join(map(str, begun))}.",
        )
    page = reverse("overview", args=[plan.zone.slug]) + query
    joined = f"{page}&" if query else f"{page}?"
    return (
        Year(0, f"{page}#picture", not asked),
        *(Year(one, f"{joined}year={one}#picture", str(one) == asked) for one in begun),
    )


def picture(
    plan: PlanFolder, question: Question, *, year: int, query: str, language: str, today: date
) -> Picture:
    """The chapters with their promises, the judged ones before the others, tasks last.

    With a year: the year's own verdicts, as of its last day or today.
    """
    asked = replace(question, as_of=min(today, date(year, 12, 31))) if year else question
    chapters: dict[str, list[Line]] = {}
    for line in lines(plan, asked):
        chapters.setdefault(line.chapter, []).append(line)
    # Asked for each promise, the address alone would take longer than everything else.
    address = reverse("promise", args=[plan.zone.slug, CODE]) + query
    mark = partial(_mark, address=address, year=year, word=WORD[language])
    rows = tuple(
        Row(name, tuple(map(mark, sorted(found, key=partial(_place, year=year)))))
        for name, found in chapters.items()
    )
    by_chapter = tuple((row.name, _counted(row)) for row in rows)
    return Picture(rows, sum((counts for _, counts in by_chapter), Counter()), by_chapter)


def _counted(row: Row) -> Counter[str]:
    return Counter(mark.state for mark in row.marks if not mark.is_small)


def _state(line: Line, year: int) -> tuple[State, int | None]:
    """The verdict that is shown; a promise without one for the year is not judged in it."""
    if not year:
        return cast(State, line.state), line.at
    return cast(State, line.year_state or "not-judged"), line.year_at


def _place(line: Line, year: int) -> tuple[bool, int]:
    return line.form == "task", _PLACES[_state(line, year)[0]]


def _mark(line: Line, *, address: str, year: int, word: int) -> Mark:
    state, at = _state(line, year)
    colon, comma = MARKS[word]
    title = line.title["en" if word else "zh"]
    told = WORDS[state][word] if at is None else f"{WORDS[state][word]} {at}"
    target = f"{TARGET[word]} {line.target} {line.unit}".rstrip() if line.target else ""
    parts = comma.join(part for part in (title, target, told) if part)
    chapter = " ".join(filter(None, in_english(line.chapter))) if word else line.chapter
    own = address.replace(CODE, line.code, 1)
    return Mark(state, own, f"{chapter}{colon}{parts}", line.form == "task")
