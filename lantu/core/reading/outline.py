"""Outlines: the headings of a text, and what each place stands under."""

import re
from bisect import bisect_right
from dataclasses import dataclass, replace

from lantu.core.reading.numerals import with_years
from lantu.core.reading.prose import PLAIN_HEADING, lines_of
from lantu.core.reading.words import anywhere

_CHAPTER = re.compile(r"^[#*>\s]*(第[一二三四五六七八九十百]+[章篇部]\S*[ \u3000]?.{0,40})")
_SECTION = re.compile(r"^[#*>\s]*(第[一二三四五六七八九十百]+节[ \u3000]?.{0,40})")
_NUMBERED = re.compile(r"^[#*>\s]*([一二三四五六七八九十]{1,3}、.{1,40})$")
_PARENS = re.compile(r"^[#*>\s]*([(（][一二三四五六七八九十]{1,3}[)）].{1,40})$")
_MARKDOWN = re.compile(r"^(#{1,4})\s+(.{1,60})$")
_TOP = re.compile(r"^#\s", re.MULTILINE)
_TITLED = re.compile(r"\s*#\s[^\n]*\n(?:(?!#).*\n)*##\s")
_TAG = re.compile(r"<[^>]{0,300}>")
LONGEST_HEADING = 80
_PROJECTS = re.compile(r"项目|工程|平台建设|重点建设")
_BOX = re.compile(
    r"^[#*>\s]*(?:专栏|表)\s*(\d+(?:[-—–.]\d+)?|[一二三四五六七八九十]+)\s*[:：]?\s*(.{0,40})"
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
    is_now: bool = False  # the tasks of the year of a report
    is_mixed: bool = False  # a heading of what was and what will be: the past comes first


class Outline:
    """The headings of a text in order; found by offset."""

    def __init__(self, text: str) -> None:
        self._starts = [0]
        self._places = [Under()]
        above: list[tuple[int, Under]] = []  # the headings that a line stands below, by level
        titled = len(_TOP.findall(text)) == 1 and _TITLED.match(text) is not None
        for start, line in lines_of(text):
            bare = (_TAG.sub("", line) if "<" in line else line).strip()
            if titled and (marked := _MARKDOWN.match(bare)):
                if len(marked[1]) == 1:
                    continue  # the title of the document, above its chapters
                bare = bare[1:]
            found = _under(bare, self._places[-1], above, is_table="\t" in line)
            if found is not None:
                self._starts.append(start)
                self._places.append(found)

    def at(self, offset: int) -> Under:
        return self._places[bisect_right(self._starts, offset) - 1]


def is_project_box(under: Under) -> bool:
    """Whether a place stands in a box that lists projects."""
    return bool(under.table) and _PROJECTS.search(under.table_title) is not None


_LEVELS = ((_CHAPTER, 1), (_SECTION, 2), (_NUMBERED, 3), (_PARENS, 4))


def _under(
    line: str, now: Under, above: list[tuple[int, Under]], *, is_table: bool
) -> Under | None:
    """What a heading line opens; None for any other line."""
    if not line or len(line) > LONGEST_HEADING:
        return None
    if match := _BOX.match(line):
        return replace(now, table=match[1], table_title=match[2].strip())
    if is_table or line.startswith("|") or line.endswith(("。", "；", "，", ",", ";")):
        return None
    for pattern, level in _LEVELS:
        if match := pattern.match(line):
            return _opened(match[1].strip(), line, level, above)
    if PLAIN_HEADING.fullmatch(line):
        return _opened(line, line, 3, above)
    if match := _MARKDOWN.match(line):
        return _opened(match[2].strip(), line, len(match[1]), above)
    return None


def _opened(title: str, line: str, level: int, above: list[tuple[int, Under]]) -> Under:
    """A heading under those of lower levels: what stands below the past is past."""
    while above and above[-1][0] >= level:
        above.pop()
    parent = above[-1][1] if above else Under()
    is_top = not parent.chapter and level < 3
    places = (title, "") if is_top else (parent.chapter, title)
    found = _told(Under(*places), line)
    found = replace(
        found, is_past=found.is_past or (parent.is_past and not found.is_now),
        year=found.year or parent.year, is_now=found.is_now or parent.is_now,
        is_mixed=found.is_mixed or parent.is_mixed,
    )  # fmt: skip
    above.append((level, found))
    return found


def _told(under: Under, line: str) -> Under:
    """What the words of a heading say about the time below it."""
    was = anywhere("past_headings").search(line) is not None
    will = anywhere("not_past_headings").search(line) is not None
    return replace(
        under, is_past=was and not will, is_mixed=was and will, year=_year(line),
        is_now=will and "今年" in line,
    )  # fmt: skip


def _year(line: str) -> int | None:
    """The year of a heading such as 2026年重点工作 or 二〇三五年远景目标."""
    found = re.search(r"(20\d\d)年", with_years(line))
    return int(found[1]) if found else None
