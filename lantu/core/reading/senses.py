"""Senses: whether a sentence promises or tells of the past, and of which year it speaks."""

import re
from collections import Counter
from dataclasses import dataclass, replace

from lantu.core.reading.outline import Under
from lantu.core.reading.words import anywhere

_YEAR = re.compile(
    r"(?P<since>[较比以])?(?P<until>到|至|[-—–~])?(?P<year>(?:19|20)\d\d)(?:年|(?=[-—–~至到](?:19|20)\d\d年))"
)
_PLAN = re.compile(r"[“\"「]?十(?P<number>[一二三四五六])?五[”\"」]?(?!个)")
_FULL_PLAN = re.compile(r"第十(?P<number>[一二三四五六])?个五年")
_NOW = re.compile(r"今年|全年|年内|当年|本年度")
_FIRST_END = 2005  # of the tenth plan; the others follow every five years
_NUMBERS = {None: 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6}
TITLE_WITHIN = 600  # letters
LEAD = 6  # letters that may stand before the year by which a part of a sentence begins
HEAD = 120  # letters that name whose plan it is


@dataclass(frozen=True, slots=True)
class Period:
    """The years a document speaks of."""

    end: int | None = None  # of its plan
    first: int | None = None
    now: int | None = None  # the year of a work report
    is_story: bool = False  # told by a newspaper or at a conference, not the plan itself
    is_review: bool = False  # such a story of what has been reached


@dataclass(frozen=True, slots=True)
class Sense:
    """What a sentence says about all its numbers."""

    year: int | None
    is_past: bool
    period: Period = Period()
    is_dated: bool = False  # the sentence or its heading names the year


_STORY = re.compile(
    r"发布会|记者|[日网社]电|本报讯|日讯|消息|[省市州盟县区镇乡旗]长[一-龥]{0,4}(?:向大会|在会上)作(?:了)?政府工作报告"
    r"|(?:日前|近日|今天|昨[日天]).{0,36}(?:印发|发布|出台)|对外发布"
)


_REVIEW = re.compile(r"即将(?:迎来)?收官|发布会.{0,40}介绍[^。]{0,36}(?:成就|成效|进展|情况)")


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
    end = _named(title) if now is None else None
    if now is None and end is None and (goals := _year_of_goals(text)):
        now, end = goals
    now = now or _untitled_year(text, is_open=end is None)
    end = end or _most_named(text)
    # Of a text that only says 到2030年 nobody knows when its plan begins.
    reached = _most_reached(text) if now is None and end is None else None
    end = end or reached
    if now is not None and (end is None or not now <= end <= now + 5):
        end = None if end is None or end < now else end
    is_named = end is not None and (end != reached or now is not None)
    return Period(end, end - 4 if end and is_named else now, now)


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


def sense(sentence: str, under: Under, years: Period) -> Sense:
    """Whether a sentence tells of the past, and up to which year it speaks."""
    heading = under.year or (years.now if under.is_now else None)
    is_past = _is_past(sentence, under, years)
    default = heading or years.end or years.now
    if is_past and heading is None:
        # What was has the year before the plan, unless it names its own.
        border = years.now or years.first
        default = border - 1 if border else None
    return Sense(default, is_past, years, heading is not None)


def _is_past(sentence: str, under: Under, years: Period) -> bool:
    named = [
        int(m["year"]) for m in _YEAR.finditer(sentence)
        if not (m["since"] or _is_base(sentence, m))
    ]  # fmt: skip
    latest = max(named, default=None)
    border = years.now or years.first
    is_later = latest is not None and (border is None or latest >= border)
    if under.is_past:
        told = re.search(r"(?<!截)[到至]20\d\d年|力争|预期目标|今后五年", sentence) is not None
        return not (told and (is_later or latest is None) and not _looks_back(sentence))
    if _looks_back(sentence):
        return not (is_later and re.search(r"(?<!截)[到至]20\d\d年", sentence))
    if latest is not None and border is not None and latest < border:
        return not re.search(r"[较比以自].{0,2}(?:19|20)\d\d年|力争|确保", sentence)
    if years.is_story and latest is not None and years.end is not None and latest < years.end:
        return not re.search(r"(?<!截)[到至]20\d\d年|力争|确保|计划|目标|预计|将|要|提出", sentence)
    plans = [plan_of(m) for m in _PLAN.finditer(sentence)]
    end = years.end
    if not plans or end is None or max(plans) >= end:
        return False
    opens = (_PLAN.search(sentence[:24]) if years.is_story else _PLAN.match(sentence)) is not None
    return opens and not _carries_on(sentence)


def _looks_back(sentence: str) -> bool:
    if anywhere("past_sentences").search(sentence) is not None:
        return True
    return "同比" in sentence and re.search(r"(?:预计|力争).{0,10}将", sentence) is None


def tells_of_a_former_year(sentence: str, years: Period) -> bool:
    """Whether a sentence opens with a year that is over, of which the next ones tell too."""
    found = re.match(
        r".{0,16}?(?<![到至较比])((?:19|20)\d\d)年(?!.{0,12}(?:目标|规划|计划|方案))", sentence
    )
    border = years.now or years.end
    if found is None:
        plan = _PLAN.search(sentence[:24])
        is_former = plan is not None and years.end is not None and plan_of(plan) < years.end
        compared = not years.is_story and re.search(r"同比|[比较]上年", sentence) is not None
        return is_former or compared or _LAST_YEAR.search(sentence) is not None
    return border is not None and int(found[1]) < border


_LAST_YEAR = re.compile(r"(?<![比较与])去年(?!同期|基础)|截至|截止|数据显示|初步核算")


def turns_ahead(sentence: str) -> bool:
    """Whether a sentence speaks of what will be, by its own words."""
    return _TURNS.search(sentence) is not None


def turns_a_story(sentence: str) -> bool:
    """Whether a story turns from what was to what will be, for the sentences that follow too."""
    return _TURNS_A_STORY.search(sentence) is not None


def may_be_ahead(sentence: str) -> bool:
    """Whether one sentence of a story that tells of what was may speak of what will be."""
    return _MAY_BE_AHEAD.search(sentence) is not None


_MAY_BE_AHEAD = re.compile(
    r"力争|争取|确保|将|(?<!年度)(?<!滚动)计划|(?<!完成)(?<!年度)目标|预计到"
)
_TURNS_A_STORY = re.compile(
    r"(?:(?<!截)[到至]|预计)(?:20\d\d年|[“\"]?十[一二三四五六]五[”\"]?(?:期)?末)|今年(?!前|上半年|\d)|下一步|今后|未来"
    r"|(?:预期|主要|发展|总体|奋斗|量化)目标|(?:方案|计划|规划|意见|报告|会议|大会|纲要)[》]?(?:明确|指出|要求)?提出"
)


_TURNS = re.compile(
    r"(?<!截)[到至]20\d\d年|力争|争取|确保|将|计划|(?<!完成)(?<!年度)目标|今年|下一步|今后|未来|要|新增|新建|建设|推进|实施|加快|提出|预计"
)


def _carries_on(sentence: str) -> bool:
    """A former plan that is only compared with, or built upon."""
    return (
        re.search(r"[较比高低][^，。]{0,3}[“\"]?十.五|巩固|基础上|力争|达到或", sentence)
        is not None
    )


_UNTIL_NOW = re.compile(
    r"截至|截止|(?<![项较比从由])目前|当前|现已"
    r"|(?<!依托)(?<!利用)(?<![对将在站区厂园])现有(?!基础|条件|资源|设施|优势|场地|.{2,20}到)"
)
_AHEAD = re.compile(
    r"力争|争取|确保|将|(?<!年度)(?<!滚动)计划|(?<!完成)(?<!年度)目标|预计到"
)
_TURNS_A_STORY = re.compile(
    r"(?:(?<!截)[到至]|预计)(?:20\d\d年|[“\"]?十[一二三四五六]五[”\"]?(?:期)?末)|今年(?!前|上半年|\d)|下一步|今后|未来"
    r"|(?:预期|主要|发展|总体|奋斗|量化)目标|(?:方案|计划|规划|意见|报告|会议|大会|纲要)[》]?(?:明确|指出|要求)?提出"
)


_TURNS = re.compile(
    r"(?<!截)[到至]20\d\d年|力争|争取|确保|将|计划|(?<!完成)(?<!年度)目标|今年|下一步|今后|未来|要|新增|新建|建设|推进|实施|加快|提出|预计"
)


def _carries_on(sentence: str) -> bool:
    """A former plan that is only compared with, or built upon."""
    return (
        re.search(r"[较比高低][^，。]{0,3}[“\"]?十.五|巩固|基础上|力争|达到或", sentence)
        is not None
    )


_UNTIL_NOW = re.compile(
    r"截至|截止|(?<!依托)(?<!利用)X|(?<![项较比从由])目前|当前|现已"
)
_AHEAD = re.compile(r"需|将|力争|争取|计划|拟|(?<!截)[到至]20\d\d年|目标|确保|新建|规划")


def told_before(words: str, until: int) -> bool:
    """Whether a sentence began by telling of today, and has not yet turned to what will be."""
    window = words[max(0, until - 80) : until]
    marks = list(_UNTIL_NOW.finditer(window))
    return bool(marks) and _AHEAD.search(window, marks[-1].end()) is None


def told(clause: str) -> bool:
    """Whether the clause alone tells of what is."""
    return anywhere("past_clauses").search(clause) is not None


def year_at(sentence: str, until: int, meant: Sense) -> tuple[int | None, int | None, bool]:
    """The year a number is due, the year it is compared with, and whether a year was named."""
    due = base = None
    named = False
    for match in _YEAR.finditer(sentence, max(0, until - 400), until):
        if match["since"] or _is_base(sentence, match):
            is_near = not re.search(r"[，,；;]", sentence[match.end() : until])
            base = int(match["year"]) if is_near else base
        elif not _has_lapsed(sentence, match, until):
            due, named = int(match["year"]), True
    if named:
        return due, base, True
    if meant.period.now is not None and _NOW.search(sentence, max(0, until - 400), until):
        return meant.period.now, base, True
    plans = [
        plan_of(m) for m in _PLAN.finditer(sentence, max(0, until - 400), until)
        if m.start() == 0 or sentence[m.start() - 1] not in "较比于高低"
    ]  # fmt: skip
    end = meant.period.end
    plans = [one for one in plans if end is None or one >= end]
    return (plans[-1], base, True) if plans else (meant.year, base, meant.is_dated)


_DESCRIBES = re.compile(r"(?:年?(?:年?底|末))?(?:以)?前(?:建成|建设|投用|出让|批准|登记|形成)的")


def _has_lapsed(sentence: str, match: re.Match[str], until: int) -> bool:
    """A year in the middle of a sentence is of its own part, up to the next semicolon."""
    part = re.split(r"[；;。：:]", sentence[: match.start()])[-1]
    is_inside = len(part) > LEAD
    return is_inside and re.search(r"[；;]", sentence[match.end() : until]) is not None


def _is_base(sentence: str, match: re.Match[str]) -> bool:
    """由2020年的…: the year a number starts from; 2000年底前建成的小区: one that only describes."""
    if _DESCRIBES.match(sentence, match.end()):
        return True
    if re.match(r"\d{1,2}月\d{1,2}日", sentence[match.end() : match.end() + 6]):
        return True  # the day on which something was issued
    if re.match(r"(?:不变|可比)?价", sentence[match.end() : match.end() + 3]):
        return True  # 按2005年价格计算
    if re.match(r"(?:末|底)?的?[\d.一两二三四五]+倍", sentence[match.end() : match.end() + 8]):
        return True
    before = sentence[max(0, match.start() - 2) : match.start()]
    return (
        before.endswith(("由", "从", "以", "较", "比", "于", "自", "在"))
        and (
            sentence[match.end() : match.end() + 4].startswith(
                ("的", "增", "提", "下", "基", "水", "翻", "减", "降")
            )
        )
        or sentence[match.end() : match.end() + 2] in ("基础", "水平", "基数")
    )


def with_year(meant: Sense, year: int | None) -> Sense:
    return meant if year is None else replace(meant, year=year, is_dated=True)
