"""Periods: which years a document speaks of, and whether it is the plan itself or told of one."""

import re
from collections import Counter
from dataclasses import dataclass, replace

from lantu.core.reading.numerals import spoken

PLAN = re.compile(r"[“\"「]?十(?P<number>[一二三四五六])?五[”\"」]?(?!个)")
_FULL_PLAN = re.compile(r"第十(?P<number>[一二三四五六])?个五年")
_FIRST_END = 2005  # of the tenth plan; the others follow every five years
_NUMBERS = {None: 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6}
TITLE_WITHIN = 600  # letters
LONGEST_TITLE = 50
HEAD = 120  # letters that name whose plan it is


@dataclass(frozen=True, slots=True)
class Period:
    """The years a document speaks of."""

    end: int | None = None  # of its plan
    first: int | None = None
    now: int | None = None  # the year of a work report
    is_story: bool = False  # told by a newspaper or at a conference, not the plan itself
    is_review: bool = False  # such a story of what has been reached


_STORY = re.compile(
    r"发布会|记者|[日网社]电|本报讯|日讯|消息|[省市州盟县区镇乡旗]长[一-龥]{0,4}(?:向大会|在会上)作(?:了)?政府工作报告"
    r"|(?:日前|近日|今天|昨[日天]).{0,36}(?:印发|发布|出台)|对外发布"
)


_REVIEW = re.compile(
    r"即将(?:迎来)?收官|发布会.{0,40}介绍[^。]{0,36}(?:成就|成效|进展|(?<!基本)情况)"
)


def period(text: str) -> Period:
    """The plan's years, from the title or from the plan that a text speaks of most."""
    years, opening = _period(text), re.sub(r"\s", "", text[: TITLE_WITHIN // 2])
    if _STORY.search(opening) is None:
        return years
    reached = _most_reached(text)
    if years.end and reached and years.end < reached <= years.end + 5 and years.now is None:
        years = Period(reached, reached - 4)  # it tells of the former plan first
    return replace(years, is_story=True, is_review=_REVIEW.search(opening) is not None)


def _period(text: str) -> Period:
    title = re.sub(r"\s", "", text[: TITLE_WITHIN * 2])[:TITLE_WITHIN]
    now = _report_year(title)
    if now is None and (found := re.search(r"(20\d\d)[-—–~至到]{1,2}(20\d\d)年?", title)):
        first, last = int(found[1]), int(found[2])
        if 0 < last - first <= 20 and re.search(r"规划|计划|方案|纲要|目标", title):
            return Period(last, first)
    if now is None and (lasts := _LASTS.search(title)):
        first = int(lasts["first"])
        return Period(first + int(spoken(lasts["years"]) or lasts["years"]) - 1, first)
    end = _named(title) if now is None else None
    if now is None and end is None and (goals := _year_of_goals(text)):
        now, end = goals
    now = now or _untitled_year(text, is_open=end is None)
    end = end or _most_named(text)
    # Of a text that only says 到2030年 nobody knows when its plan begins.
    end = end or (_titled(text) if now is None else None)
    reached = _most_reached(text) if now is None and end is None else None
    end = end or reached
    if now is not None and (end is None or not now <= end <= now + 5):
        end = None if end is None or end < now else end
    is_named = end is not None and (end != reached or now is not None)
    return Period(end, end - 4 if end and is_named else now, now)


# 2026年起五年内, 从2026年开始，用3年时间
_LASTS = re.compile(
    r"(?P<first>20\d\d)年(?:起|开始)[，,]?(?:利?用)?(?P<years>[2-9一二三四五六七八九十])年(?:内|时间|左右)"
)


def _titled(text: str) -> int | None:
    """The year of which a title says what will be: 2026年新建公路将超9000公里."""
    title = next((line for line in text.splitlines() if line.strip()), "").strip()
    found = re.search(r"(?<!\d)(20\d\d)年(?!\d)[^。，]{0,20}(?:将|力争|要|计划)", title)
    return int(found[1]) if found and len(title) <= LONGEST_TITLE else None


_GOALS_OF = re.compile(
    r"(?<![到至—-])(20\d\d)年?[:：]?(?:(?!20\d\d)[^。；，,;]){0,16}?"
    r"(?:预期目标|主要目标|工作目标|发展目标|件实事|实事项目|重点工作任务|工作要点)"
)
_OF_A_YEAR = re.compile(r"政府工作报告|今年|年内")


def _year_of_goals(text: str) -> tuple[int | None, int | None] | None:
    """The year whose goals a report or a story about one sets out, as (now, end)."""
    opening = re.sub(r"\s", "", text[: TITLE_WITHIN * 4])
    named = [int(found[1]) for found in _GOALS_OF.finditer(opening)]
    if not named:
        return None
    if _OF_A_YEAR.search(opening):
        return max(named), None
    return None, max(named)


_REPORTS = re.compile(r"政府工作报告|向大会(?:作政府工作|作工作|报告政府工作|报告工作|作报告)")
_LOOKS_BACK = re.compile(r"工作回顾|回顾20\d\d年|成绩单|过去的?一年|刚刚过去|一年来|这一年")
_OPENS_A_PLAN = re.compile(
    r"今年是[“\"]?十(?P<number>[一二三四五六])五[”\"]?(?:规划)?(?P<part>开局|收官)之年"
)


def _untitled_year(text: str, *, is_open: bool) -> int | None:
    """The year of a report or story that no title and no goal names."""
    if not is_open:
        return None
    if found := _OPENS_A_PLAN.search(text):
        return plan_of(found) - (4 if found["part"] == "开局" else 0)
    opening = re.sub(r"\s", "", text[: TITLE_WITHIN * 2])[:TITLE_WITHIN]
    told = [int(one) for one in re.findall(r"(20\d\d)年", opening)]
    if told and _REPORTS.search(opening) and _LOOKS_BACK.search(opening):
        return told[0] + 1
    return None


_REACHED = re.compile(r"(?:(?<!截)[到至]|预计|力争|计划)(20\d\d)年(?!的)")


def _most_reached(text: str) -> int | None:
    """The year up to which a text without a title speaks most often."""
    counts = Counter(int(found[1]) for found in _REACHED.finditer(text))
    return max(counts, key=lambda year: (counts[year], -year)) if counts else None


_WHOLE = re.compile(r"全(自治区|区|市|省|县|州|旗|镇|国|行业)")
_NATIONAL = re.compile(r"中华人民共和国|国务院|国家发展|全国")


def subject_of(text: str) -> str:
    """Of whom the tables of a plan speak: 全区, 全市 … as its own text says; empty if unclear."""
    title = text[:TITLE_WITHIN]
    counts = Counter(_WHOLE.findall(text))
    if not _NATIONAL.search(title[:100]):
        del counts["国"]
    named = [
        (count, word) for word, count in counts.items() if word in title[:HEAD] or word == "国"
    ]
    return f"全{max(named)[1]}" if named else ""


_OF_YEAR = re.compile(r"(20\d\d)年(?:度|国民|(?:(?!20\d\d).){0,14}(?:政府工作报告|计划|工作要点))")


def _report_year(title: str) -> int | None:
    """The year of a yearly report or plan."""
    if not re.search(r"政府工作报告|年度?计划|工作要点|年度报告", title):
        return None
    if re.search(r"五年(?:规划|计划)", title[:120]):
        return None
    named = [int(found[1]) for found in _OF_YEAR.finditer(title[:HEAD])]
    if named:  # 2023年计划执行情况与2024年计划草案: the plan is the later one's
        return max(named)
    found = re.search(rf"{_OF_YEAR.pattern}|[—-](20\d\d)年\d{{1,2}}月", title)
    return int(found[1] or found[2]) if found else None


def plan_of(match: re.Match[str]) -> int:
    return _FIRST_END + 5 * _NUMBERS[match["number"]]


def _named(title: str) -> int | None:
    full = _FULL_PLAN.search(title)
    short = re.search(
        r"[“\"「]?十(?P<number>[一二三四五六])五[”\"」]?.{0,24}(?:规划|计划(?!新|将|投|完|用|实|建|到|在|引|培)|纲要)",
        title,
    )
    if found := full or short:
        return plan_of(found)
    dated = re.search(r"(?<!\d)(20\d\d)年[^，。：:]{0,8}(?:发展)?规划", title[:HEAD])
    return int(dated[1]) if dated else None


def _most_named(text: str) -> int | None:
    counts = {
        _FIRST_END + 5 * at: text.count(f"十{key}五") + text.count(f"十{key}个五年")
        for key, at in _NUMBERS.items()
        if key
    }
    best = max(counts, key=lambda end: (counts[end], end))
    return best if counts[best] else None
