"""Proposing: a document's text → everything it promises, each with its place."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import replace

from lantu.core.errors import ContentError
from lantu.core.reading import indicators, works
from lantu.core.reading.duties import duties, is_of_duties
from lantu.core.reading.grids import Grid, grids
from lantu.core.reading.narrative import Narrative
from lantu.core.reading.notes import defines, glossaries
from lantu.core.reading.outline import Outline
from lantu.core.reading.periods import Period, period, subject_of
from lantu.core.reading.portions import SILENT, Teller
from lantu.core.reading.prose import Sentence, sentences
from lantu.core.reading.records import Proposal
from lantu.core.reading.rows import Region
from lantu.core.reading.tables import rows
from lantu.core.reading.worded import worded

LONGEST = 5_000_000


def proposals(text: str, *, name: str = "text", teller: Teller = SILENT) -> list[Proposal]:
    """Every promise, project, task and stated figure, in the order of the text.

    `teller` hears of the letters that are read. Raises ContentError for a text that is too long
    to be a plan.
    """
    if len(text) > LONGEST:
        raise ContentError(
            name, f"The text has {len(text):,} characters; {LONGEST:,} is the most.", "Split it."
        )
    outline, years = Outline(text), period(text)
    tables, prose = grids(text), sentences(text)
    of_tables, regions, noted = _of_tables(text, outline, years, tables)
    found = [
        *of_tables,
        *works.projects(text, outline, prose, tables),
        *duties(text, outline, years, [one for one in tables if not works.is_of_projects(one)]),
    ]
    explained = glossaries(text)
    prose = [one for one in prose if not (_is_in(one, explained) or _defines(one, noted))]
    for sentence, said in _of_text(prose, Narrative(text, outline, years), regions):
        found += said
        until = sentence.places[-1]
        heading = outline.at(until).chapter
        teller.portion("letters", until + 1, len(text), found=len(found), heading=heading)
    found.sort(key=lambda one: (one.start, one.end))
    return [replace(one, id=f"c{count:04d}{one.id}") for count, one in enumerate(_single(found), 1)]


def plan_end(text: str) -> int | None:
    """The last year of the period that a text plans."""
    years = period(text)
    return years.end or years.now


def _of_tables(
    text: str, outline: Outline, years: Period, tables: list[Grid]
) -> tuple[list[Proposal], list[Region], list[Region]]:
    last = years.end or years.now
    of_figures = [one for one in tables if not works.is_of_projects(one) and not is_of_duties(one)]
    found, regions, noted = rows(of_figures, years, text)
    told, told_at = worded(text, years)
    found, regions = [*found, *told], [*regions, *told_at]
    subject = subject_of(text)
    proposed = [
        one
        for row in found
        for one in indicators.indicators(row, outline.at(row.start), text, last, subject)
    ]
    return proposed, regions, noted


def _of_text(
    prose: list[Sentence], narrative: Narrative, regions: list[Region]
) -> Iterator[tuple[Sentence, list[Proposal]]]:
    """The running text sentence by sentence, without the stretches that are tables."""
    starts = sorted((one.start, one.end) for one in regions)
    for sentence in prose:
        first = sentence.places[0]
        at = bisect_right(starts, (first, len(narrative.text) + 1)) - 1
        if at >= 0 and first < starts[at][1]:
            continue
        if not sentence.text.startswith("|"):
            yield sentence, list(narrative.read(_before(sentence, starts, at + 1)))


def _is_in(sentence: Sentence, places: list[tuple[int, int]]) -> bool:
    return any(start <= sentence.places[0] < end for start, end in places)


def _defines(sentence: Sentence, noted: list[Region]) -> bool:
    """Whether a sentence is a note under a table that tells how something is counted."""
    first = sentence.places[0]
    return any(one.start <= first < one.end for one in noted) and defines(sentence.text)


def _before(sentence: Sentence, starts: list[tuple[int, int]], after: int) -> Sentence:
    """The part of a sentence before the next table that its lines run into."""
    if after >= len(starts) or sentence.places[-1] < starts[after][0]:
        return sentence
    cut = max(1, bisect_left(sentence.places, starts[after][0]))
    return Sentence(sentence.text[:cut], sentence.places[:cut], sentence.is_first)


def _single(found: list[Proposal]) -> Iterator[Proposal]:
    """The same slice with the same number is one proposal."""
    seen: set[tuple[object, ...]] = set()
    for one in found:
        key = (
            one.start, one.end, one.kind, one.metric, one.value, one.low, one.growth_pct, one.id,
        )  # fmt: skip
        if key not in seen:
            seen.add(key)
            yield one
