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
LONGEST_HEADING = 80
_PROJECTS = re.compile(r"项目|工程|平台建设|重点建设")
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
    year: int | None = None  # a year that the heading names


class Outline:
    """The headings of a text in order; found by offset."""

    def __init__(self, text: str) -> None:
        self._starts = [0]
        self._places = [Under()]
        start = 0
        for line in text.splitlines(keepends=True):
            found = _under(line.strip(), self._places[-1], is_table="\t" in line)
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


def is_project_box(under: Under) -> bool:
    """Whether a place stands in a box that lists projects."""
    return bool(under.table) and _PROJECTS.search(under.table_title) is not None


def _under(line: str, now: Under, *, is_table: bool) -> Under | None:
    """What a heading line opens; None for any other line."""
    if not line or len(line) > LONGEST_HEADING:
        return None
    if match := _BOX.match(line):
        return Under(now.chapter, now.section, match[1], match[2].strip(), now.is_past)
    if is_table or line.startswith("|") or line.endswith(("。", "；", "，", ",", ";")):
        return None
    if match := _CHAPTER.match(line):
        return Under(match[1].strip(), is_past=_is_past(line), year=_year(line))
    if match := _MARKDOWN.match(line):
        top = len(match[1]) == 1 or not now.chapter
        title = match[2].strip()
        places = (title, "") if top else (now.chapter, title)
        year = _year(line) or (None if top else now.year)
        return Under(places[0], places[1], is_past=_is_past(line), year=year)
    return _section(line, now)


def _section(line: str, now: Under) -> Under | None:
    """第一节, 一、 and （一）: what stands below a section that tells of the past does so too."""
    for pattern, is_below in ((_SECTION, False), (_NUMBERED, False), (_PARENS, True)):
        if match := pattern.match(line):
            past = _is_past(line) or (is_below and now.is_past)
            year = _year(line) or (now.year if is_below else None)
            return Under(now.chapter, match[1].strip(), is_past=past, year=year)
    return None


def _year(line: str) -> int | None:
    """The year of a heading such as 2026年重点工作."""
    found = re.search(r"(20\d\d)年", line)
    return int(found[1]) if found else None


def _is_past(line: str) -> bool:
    return past_headings().search(line) is not None
