"""Proposing: a document's text → everything it promises, each with its place."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace

from lantu.core.errors import ContentError
from lantu.core.reading import indicators, works
from lantu.core.reading.grids import Grid, grids
from lantu.core.reading.outline import Outline, Under, is_project_box
from lantu.core.reading.promises import Carried, promises
from lantu.core.reading.prose import Sentence, sentences
from lantu.core.reading.records import Proposal
from lantu.core.reading.senses import Period, Sense, period, sense
from lantu.core.reading.tables import Region, rows
from lantu.core.reading.tasks import Tasks
from lantu.core.reading.wholes import wholes

LONGEST = 5_000_000


def proposals(text: str, *, name: str = "text") -> list[Proposal]:
    """Every promise, project, task and stated figure, in the order of the text.

    Raises ContentError for a text that is too long to be a plan.
    """
    if len(text) > LONGEST:
        raise ContentError(
            name, f"The text has {len(text):,} characters; {LONGEST:,} is the most.", "Split it."
        )
    outline, years = Outline(text), period(text)
    tables, prose = grids(text), sentences(text)
    of_tables, regions = _of_tables(text, outline, years, tables)
    found = [
        *of_tables,
        *works.projects(text, outline, prose, tables),
        *_of_text(text, prose, outline, years, regions),
    ]
    found.sort(key=lambda one: (one.start, one.end))
    return [replace(one, id=f"c{count:04d}") for count, one in enumerate(_single(found), 1)]


def plan_end(text: str) -> int | None:
    """The last year of the period that a text plans."""
    years = period(text)
    return years.end or years.now


def _of_tables(
    text: str, outline: Outline, years: Period, tables: list[Grid]
) -> tuple[list[Proposal], list[Region]]:
    last = years.end or years.now
    found, regions = rows(tables, last)
    proposed = [
        one for row in found for one in indicators.indicators(row, outline.at(row.start), text, last)
    ]
    return proposed, regions


_LEAD_YEAR = re.compile(r"^(?:展望|到|至)(?:本世纪中叶|(20\d\d)年)")
_GOAL_YEAR = re.compile(r"(?:到|至)?(20\d\d)年.{0,8}(?:主要|发展|预期|总体|具体)?(?:预期)?目标(?:是|为|如下)?[:：]?$")


def _of_text(
    text: str, prose: list[Sentence], outline: Outline, years: Period, regions: list[Region]
) -> Iterator[Proposal]:
    carried, place, goal_year, has_turned = Carried(), Under(), None, False
    work = Tasks(text)
    for sentence in prose:
        if not sentence.text or sentence.text.startswith("|"):
            continue
        if any(one.start <= sentence.places[0] < one.end for one in regions):
            continue
        under = outline.at(sentence.places[0])
        if under != place:
            place, goal_year, has_turned = under, None, False
            carried.subject = ""
        has_turned = has_turned or (under.is_mixed and _turns(sentence.text, years))
        under = replace(under, is_past=True) if under.is_mixed and not has_turned else under
        if sentence.is_first:
            topic = _topic(sentence.text, in_box=is_project_box(under))
            carried = Carried(topic, subject=carried.subject, year=goal_year)
        if found := _GOAL_YEAR.search(sentence.text):
            goal_year = int(found[1])
        elif sentence.is_first and (led := _LEAD_YEAR.match(sentence.text)) and led[1]:
            carried.year = int(led[1])
        if is_project_box(under) and sentence.is_first and len(sentence.text) <= len(carried.topic) + 1:
            continue  # the name of a project
        meant = sense(sentence.text, under, years)
        carried.thing = ""
        numbers = list(_of_sentence(sentence, under, meant, text, carried))
        yield from numbers
        if not meant.is_past:
            spans = [_within(sentence, one) for one in numbers]
            yield from work.of(sentence, under, meant.year, spans)


def _turns(words: str, years: Period) -> bool:
    """Whether a sentence turns from what was to what will be."""
    if years.end is not None and f"十{_NAMES.get(years.end, '?')}五" in words:
        return not re.search(r"收官|圆满|完成", words)
    return re.search(r"今后五年|未来五年|下一步|今年(?:的)?(?:主要|工作|发展)", words) is not None


_NAMES = {2010: "一", 2015: "二", 2020: "三", 2025: "四", 2030: "五", 2035: "六"}
_TOPIC = re.compile(r"^[—一\-·•\d.、()（）①-⑳\s]*(?P<topic>[^，,。；;：:、]{2,20})[。：:]")


_NO_TOPIC = re.compile(r"\d|超|达|[一二三四五六七八九十][)）、]|行动|措施|实施|加强|推进|坚持|工作")


def _topic(words: str, *, in_box: bool) -> str:
    """The name by which a paragraph begins: 科技孵化园。建设规模约73万平方米."""
    match = _TOPIC.match(words)
    if match is None or (not in_box and _NO_TOPIC.search(match["topic"])):
        return ""
    return match["topic"].strip("“”\"")


def _of_sentence(
    sentence: Sentence, under: Under, meant: Sense, text: str, carried: Carried
) -> Iterator[Proposal]:
    for part in _lines(sentence):
        numbers = list(promises(part, under, meant, text, carried))
        yield from numbers
        spans = [(*_within(part, one), one.metric) for one in numbers]
        others = list(wholes(part, under, meant, text, spans))
        yield from others


def _within(sentence: Sentence, one: Proposal) -> tuple[int, int]:
    """Where a proposal stands in its sentence."""
    places = sentence.places
    return bisect_left(places, one.start), bisect_left(places, one.end)


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
        key = (one.start, one.end, one.kind, one.metric, one.value, one.low, one.growth_pct)
        if key not in seen:
            seen.add(key)
            yield one
