"""Proposing: a document's text → everything it promises, each with its place."""

import re
from collections.abc import Iterator
from dataclasses import replace

from lantu.core.errors import ContentError
from lantu.core.reading import indicators, promises, works
from lantu.core.reading.outline import Outline
from lantu.core.reading.prose import Sentence, sentences
from lantu.core.reading.records import Proposal
from lantu.core.reading.tables import html_rows, rows

LONGEST = 5_000_000
_ENDS = {"三": 2020, "四": 2025, "五": 2030}


def proposals(text: str, *, name: str = "text") -> list[Proposal]:
    """Every promise, project, task and stated figure, in the order of the text.

    Raises ContentError for a text that is too long to be a plan.
    """
    if len(text) > LONGEST:
        raise ContentError(
            name, f"The text has {len(text):,} characters; {LONGEST:,} is the most.", "Split it."
        )
    outline, last_year = Outline(text), plan_end(text)
    found = [
        *_of_tables(text, outline, last_year),
        *works.projects(text, outline),
        *_of_text(text, outline, last_year),
    ]
    found.sort(key=lambda one: (one.start, one.end))
    return [replace(one, id=f"c{count:04d}") for count, one in enumerate(_single(found), 1)]


# A plan is named at its beginning; in the text it may speak more of the plan before.
_TITLE = re.compile(r"第十([三四五])个五年(?:规划|计划)|[“\"]?十([三四五])五[”\"]?.{0,12}规划")
TITLE_WITHIN = 400  # letters


def plan_end(text: str) -> int | None:
    """The last year of the five-year period that a title names, or that a text speaks of most."""
    if title := _TITLE.search(text[:TITLE_WITHIN]):
        return _ENDS[title[1] or title[2]]
    counts = {key: len(re.findall(f"十{key}五", text)) for key in _ENDS}
    best = max(counts, key=lambda key: counts[key])
    return _ENDS[best] if counts[best] else None


def _of_tables(text: str, outline: Outline, last_year: int | None) -> Iterator[Proposal]:
    for row in (*rows(text), *html_rows(text)):
        found = indicators.indicator(row, outline.at(row.start), text, last_year)
        if found is not None:
            yield found


def _of_text(text: str, outline: Outline, last_year: int | None) -> Iterator[Proposal]:
    for sentence in sentences(text):
        if not sentence.text or sentence.text.startswith("|"):
            continue
        for part in _lines(sentence):
            under = outline.at(part.places[0])
            meant = promises.sense(part, under, last_year)
            numbers = list(promises.promises(part, under, meant, text))
            yield from numbers
            if not numbers and not meant.is_past:
                found = works.task(part, under, text, last_year)
                if found is not None:
                    yield found


def _lines(sentence: Sentence) -> Iterator[Sentence]:
    """A sentence without the headings that run into it."""
    first = 0
    for match in re.finditer(r"(?<=[^，,。；;])(?=第[一二三四五六七八九十]+[章节])", sentence.text):
        yield Sentence(sentence.text[first : match.start()], sentence.places[first : match.start()])
        first = match.start()
    if first < len(sentence.text):
        yield Sentence(sentence.text[first:], sentence.places[first:])


def _single(found: list[Proposal]) -> Iterator[Proposal]:
    """The same slice with the same number is one proposal."""
    seen: set[tuple[object, ...]] = set()
    for one in found:
        key = (one.start, one.end, one.kind, one.value, one.low, one.growth_pct)
        if key not in seen:
            seen.add(key)
            yield one
