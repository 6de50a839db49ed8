"""Tasks: the work that a plan sets going without a number, as a planner would list it.

A paragraph of a plan says at its beginning what it is about; inside, a clause that sets up
something with a name of its own (制度, 工程, 计划 …) is a task too. Other sentences explain.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from lantu.core.reading.confidence import confidence
from lantu.core.reading.outline import Under
from lantu.core.reading.prose import Sentence
from lantu.core.reading.records import Proposal
from lantu.core.reading.words import either

SHORTEST, LONGEST_LEAD, LONGEST = 4, 24, 40  # letters
MOST_IN_PARAGRAPH = 3
_MARKS = re.compile(
    r"^(?:[(（][一二三四五六七八九十]{1,3}[)）]|[一二三四五六七八九十]{1,3}、)?[—一\-·•\d.、()（）①-⑳*#“”\"\s]*"
    r"(?:[一二三四五六七八九十]是)?"
)
_NO_TASKS = re.compile(r"目标|原则|思想|思路|定位|形势|基础$|环境$|意义|要求$")
_TITLE = re.compile(r"#.{2,60}(?:规划|纲要|方案|计划|报告|意见)$")
_STOP = re.compile(r"[^，,。；;：:]+")
_HEADING = re.compile(r"第.{1,4}[章节篇]|专栏|[图表]\d|附件|来源|注[:：]")


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    begins = re.compile(rf"{either('adverbs')}*{either('tasks')}")
    sets_up = re.compile(rf"{either('sets_up')}.{{2,26}}(?:{either('set_up')}|[”\"].{{0,6}})$")
    return begins, sets_up


@dataclass(slots=True)
class Tasks:
    """Reads the sentences of a text in order; a paragraph gives its lead and a few clauses."""

    text: str
    has_lead: bool = False
    count: int = 0

    def of(
        self, sentence: Sentence, under: Under, last_year: int | None,
        taken: list[tuple[int, int]],
    ) -> Iterator[Proposal]:  # fmt: skip
        """The tasks of one sentence, none where a number was read."""
        if sentence.is_first:
            self.has_lead, self.count = False, 0
        if under.table or _NO_TASKS.search(under.section or under.chapter):
            return
        if sentence.is_first and _TITLE.match(sentence.text):
            return
        marks = _MARKS.match(sentence.text)
        first = marks.end() if marks else 0
        if sentence.is_first and (lead := self._lead(sentence.text[first:])):
            span = first, first + len(lead)
            if not _overlaps(span, taken):
                yield self._task(sentence, span, under, last_year, is_lead=self.has_lead)
            return
        for match in _STOP.finditer(sentence.text):
            is_named = _patterns()[1].search(match.group()[-LONGEST:]) is not None
            if is_named and self.count < MOST_IN_PARAGRAPH and not _overlaps(match.span(), taken):
                self.count += 1
                yield self._task(sentence, match.span(), under, last_year, is_lead=False)

    def _lead(self, words: str) -> str:
        """The words by which a paragraph says what it is about."""
        clause = re.split(r"[，,。；;：:]", words, maxsplit=1)[0]
        is_short = SHORTEST <= len(words) <= LONGEST_LEAD and words[-1:] in "。：:"
        if is_short and len(clause) == len(words) - 1 and not _HEADING.match(words):
            self.has_lead = True
            return clause
        if _patterns()[0].match(words) and SHORTEST < len(clause) <= LONGEST:
            self.count += 1
            return clause
        return ""

    def _task(
        self, sentence: Sentence, span: tuple[int, int], under: Under, year: int | None,
        *, is_lead: bool,
    ) -> Proposal:  # fmt: skip
        start, end = sentence.places[span[0]], sentence.places[span[1] - 1] + 1
        return Proposal(
            kind="task",
            form="task",
            metric=sentence.text[slice(*span)][:LONGEST],
            target_year=year,
            chapter=under.chapter,
            section=under.section,
            start=start,
            end=end,
            quote=self.text[start:end],
            confidence=confidence({"lead"} if is_lead else {"clause"}),
        )


def _overlaps(span: tuple[int, int], taken: list[tuple[int, int]]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in taken)
