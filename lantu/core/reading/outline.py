"""Outlines: the headings of a text, and what each place stands under."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from lantu.core import content

_CHAPTER = re.compile(r"^[#*\s]*(第[一二三四五六七八九十百]+[章篇部]\S*[ \u3000]?.{0,40})")
_SECTION = re.compile(r"^[#*\s]*(第[一二三四五六七八九十百]+节[ \u3000]?.{0,40})")
_NUMBERED = re.compile(r"^[#*\s]*([一二三四五六七八九十]{1,3}、.{1,40})$")
_PARENS = re.compile(r"^[#*\s]*([(（][一二三四五六七八九十]{1,3}[)）].{1,40})$")
_MARKDOWN = re.compile(r"^(#{1,4})\s+(.{1,60})$")
_BOX = re.compile(
    r"^[#*\s]*(?:专栏|表)\s*(\d+(?:[-—–.]\d+)?|[一二三四五六七八九十]+)\s*[:：]?\s*(.{0,40})"
)


@dataclass(frozen=True, slots=True)
class Under:
    """What a place stands under. `is_past`: a chapter on what was, or on the situation."""

    chapter: str = ""
    section: str = ""
    table: str = ""
    table_title: str = ""
    is_past: bool = False


class Outline:
    """The headings of a text in order; found by offset."""

    def __init__(self, text: str) -> None:
        self._starts = [0]
        self._places = [Under()]
        start = 0
        for line in text.splitlines(keepends=True):
            found = _under(line.strip(), self._places[-1])
            if found is not None:
                self._starts.append(start)
                self._places.append(found)
            start += len(line)

    def at(self, offset: int) -> Under:
        return self._places[bisect_right(self._starts, offset) - 1]


@lru_cache(maxsize=1)
def past_headings() -> re.Pattern[str]:
    """Words by which a heading says that it tells of the past or of the situation."""
    words = content.read(Path(__file__).with_name("vocabulary.yaml"), "reading/vocabulary.yaml")
    return re.compile("|".join(item.text() for item in words.need("past_headings").items()))


def _under(line: str, now: Under) -> Under | None:
    """What a heading line opens; None for any other line."""
    if not line or len(line) > 80:
        return None
    if match := _BOX.match(line):
        return Under(now.chapter, now.section, match[1], match[2].strip(), now.is_past)
    if line.endswith(("。", "；", "，", ",", ";", "|")):
        return None
    if match := _CHAPTER.match(line):
        return Under(match[1].strip(), is_past=_is_past(line))
    if match := _SECTION.match(line):
        return Under(now.chapter, match[1].strip(), is_past=_is_past(line))
    if match := _MARKDOWN.match(line):
        if len(match[1]) == 1 or not now.chapter:
            return Under(match[2].strip(), is_past=_is_past(line))
        return Under(now.chapter, match[2].strip(), is_past=_is_past(line))
    for pattern in (_NUMBERED, _PARENS):
        if match := pattern.match(line):
            past = _is_past(line) or (now.is_past and pattern is _PARENS)
            return Under(now.chapter, match[1].strip(), is_past=past)
    return None


def _is_past(line: str) -> bool:
    return past_headings().search(line) is not None
