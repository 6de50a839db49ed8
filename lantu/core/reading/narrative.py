"""Narratives: the running text of a plan in order, and what one sentence leaves to the next."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lantu.core.reading.metrics import Carried
from lantu.core.reading.outline import Outline, Under, is_project_box
from lantu.core.reading.periods import Period
from lantu.core.reading.promises import promises
from lantu.core.reading.prose import Sentence
from lantu.core.reading.records import Proposal
from lantu.core.reading.senses import (
    Sense,
    may_be_ahead,
    sense,
    tells_of_a_former_year,
    turns_a_story,
    turns_ahead,
)
from lantu.core.reading.tasks import Tasks
from lantu.core.reading.wholes import wholes

_LEAD_YEAR = re.compile(r"^(?:展望|到|至)(?:本世纪中叶|(20\d\d)年)")
_GOAL_YEAR = re.compile(
    r"(?:到|至)?(20\d\d)年.{0,8}(?:主要|发展|预期|总体|具体)?(?:预期)?目标(?:是|为|如下)?[:：]?$"
)


@dataclass(slots=True)
class Narrative:
    """Reads sentences in order; `carried` lasts a paragraph, the rest a section."""

    text: str
    outline: Outline
    years: Period
    carried: Carried = field(default_factory=Carried)
    place: Under = field(default_factory=Under)
    goal_year: int | None = None  # 2025年的主要目标是：
    has_turned: bool = False  # from what was to what will be
    is_of_former: bool = False  # the paragraph has begun to tell of a year that is over
    told_until: int = 0  # the last year that a story has told of as past
    describes: bool = False  # the paragraph tells how things are: 基本情况：…
    tasks: Tasks = field(init=False)

    def __post_init__(self) -> None:
        self.tasks = Tasks(self.text)
        self.is_of_former = self.years.is_review

    def read(self, sentence: Sentence) -> Iterator[Proposal]:
        """Everything that a sentence promises, reports or sets going."""
        under = self._under(sentence)
        if sentence.is_first:
            self._begin(sentence, under)
        elif _LEAD_YEAR.match(sentence.text):
            self.carried.year = _last_year(sentence.text) or self.carried.year
        if found := _GOAL_YEAR.search(sentence.text):
            self.goal_year = int(found[1])
        if self._is_name(sentence, under):
            return
        meant = self._meant(sentence, under)
        self.carried.thing = ""
        numbers = list(_of_sentence(sentence, under, meant, self.text, self.carried))
        yield from numbers
        if not meant.is_past:
            spans = [_within(sentence, one) for one in numbers]
            yield from self.tasks.of(sentence, under, meant.year, spans)

    def _meant(self, sentence: Sentence, under: Under) -> Sense:
        """What a sentence means; one that goes on about a former year is past like the first."""
        meant = sense(sentence.text, under, self.years)
        if self.is_of_former:
            meant = self._of_former(sentence, meant)
        if self.years.is_story:
            meant = self._as_told(sentence, meant)
        if self.describes and not may_be_ahead(sentence.text):
            meant = replace(meant, is_past=True)
        if meant.is_past and tells_of_a_former_year(sentence.text, self.years):
            self.is_of_former = True
        return meant

    def _of_former(self, sentence: Sentence, meant: Sense) -> Sense:
        """Past, unless the sentence speaks of what will be; in a plan that ends the tale."""
        if self.years.is_story:
            turned, is_ahead = turns_a_story(sentence.text), may_be_ahead(sentence.text)
        else:
            turned = is_ahead = sentence.is_first or turns_ahead(sentence.text)
        self.is_of_former = not turned
        return meant if turned or is_ahead else replace(meant, is_past=True)

    def _as_told(self, sentence: Sentence, meant: Sense) -> Sense:
        """In a story, a sentence of a year that it has told of as past is past too."""
        named = [int(one) for one in re.findall(r"(20\d\d)年", sentence.text)]
        if named and meant.is_past:
            self.told_until = max(*named, self.told_until)
        is_told = named and max(named) <= self.told_until and not may_be_ahead(sentence.text)
        return replace(meant, is_past=True) if is_told else meant

    def _under(self, sentence: Sentence) -> Under:
        under = self.outline.at(sentence.places[0])
        if under != self.place:
            self.place, self.goal_year, self.has_turned = under, None, False
            self.carried.subject = ""
        if not under.is_mixed:
            return under
        self.has_turned = self.has_turned or _turns(sentence.text, self.years)
        return under if self.has_turned else replace(under, is_past=True)

    def _begin(self, sentence: Sentence, under: Under) -> None:
        topic = _topic(sentence.text, in_box=is_project_box(under))
        self.describes = _DESCRIBES.match(sentence.text) is not None
        self.carried = Carried(topic, subject=self.carried.subject, year=self.goal_year)
        led = _LEAD_YEAR.match(sentence.text)
        if led:
            self.carried.year = _last_year(sentence.text) or self.carried.year

    def _is_name(self, sentence: Sentence, under: Under) -> bool:
        """Whether a sentence is no more than the name of a project."""
        is_short = len(sentence.text) <= len(self.carried.topic) + 1
        return sentence.is_first and is_short and is_project_box(under)


_UP_TO = re.compile(r"(?:^|[，,；;])(?:展望|到|至)(20\d\d)年(?!的)")


def _last_year(words: str) -> int | None:
    """The year up to which a sentence speaks at its end: 到2027年…；到2030年…."""
    named = _UP_TO.findall(words)
    return int(named[-1]) if named else None


def _turns(words: str, years: Period) -> bool:
    """Whether a sentence turns from what was to what will be."""
    if years.end is not None and f"十{_NAMES.get(years.end, '?')}五" in words:
        return not re.search(r"收官|圆满|完成", words)
    if years.now is not None and f"{years.now}年" in words:
        return True
    return (
        re.search(r"今后五年|未来五年|下一步|今年.{0,6}(?:主要|工作|发展|目标)", words) is not None
    )


_NAMES = {2010: "一", 2015: "二", 2020: "三", 2025: "四", 2030: "五", 2035: "六"}
_DESCRIBES = re.compile(
    r"[—一\-·•\d.、()（）①-⑳\s]{0,6}(?:区域|地区|资源)?(?:基本情况|概况|发展现状|现状|发展基础|存在(?:的)?(?:主要)?问题)[：:。]"
)
_TOPIC = re.compile(r"^[—一\-·•\d.、()（）①-⑳\s]*(?P<topic>[^，,。；;：:、]{2,20})[。：:]")


_NO_TOPIC = re.compile(
    r"\d|超|达|[一二三四五六七八九十][)）、]|行动|措施|实施|加强|推进|坚持|工作|再上|更加|显著|持续|不断|明显|稳步|大幅|进一步|台阶"
)


def _topic(words: str, *, in_box: bool) -> str:
    """The name by which a paragraph begins: 科技孵化园。建设规模约73万平方米."""
    match = _TOPIC.match(words)
    if match is None or (not in_box and _NO_TOPIC.search(match["topic"])):
        return ""
    return match["topic"].strip('“”"')


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
    if "章" not in sentence.text and "节" not in sentence.text:
        yield sentence
        return
    first = 0
    for match in re.finditer(r"(?<=[^，,。；;])(?=第[一二三四五六七八九十]+[章节])", sentence.text):
        yield Sentence(sentence.text[first : match.start()], sentence.places[first : match.start()])
        first = match.start()
    if first < len(sentence.text):
        yield Sentence(sentence.text[first:], sentence.places[first:])
