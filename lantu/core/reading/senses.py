"""Senses: whether a sentence promises or tells of the past, and of which year it speaks."""

import re
from dataclasses import dataclass

from lantu.core.reading.outline import Under
from lantu.core.reading.periods import PLAN, Period, plan_of
from lantu.core.reading.words import anywhere

_YEAR = re.compile(
    r"(?P<since>[较比以])?(?P<until>到|至|[-—–~])?(?P<year>(?:19|20)\d\d)(?:年|(?=[-—–~至到](?:19|20)\d\d年))"
)
_NOW = re.compile(r"今年|全年|年内|当年|本年度")
LEAD = 6  # letters that may stand before the year by which a part of a sentence begins


@dataclass(frozen=True, slots=True)
class Sense:
    """What a sentence says about all its numbers."""

    year: int | None
    is_past: bool
    period: Period = Period()
    is_dated: bool = False  # the sentence or its heading names the year


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
    plans = [plan_of(m) for m in PLAN.finditer(sentence)]
    end = years.end
    if not plans or end is None or max(plans) >= end:
        return False
    opens = (PLAN.search(sentence[:24]) if years.is_story else PLAN.match(sentence)) is not None
    return opens and not _carries_on(sentence)


def _looks_back(sentence: str) -> bool:
    if anywhere("past_sentences").search(sentence) is not None:
        return True
    return "同比" in sentence and re.search(r"(?:预计|力争).{0,10}将", sentence) is None


def tells_of_a_former_year(sentence: str, years: Period) -> bool:
    """Whether a sentence opens with a year that is over, of which the next ones tell too."""
    found = re.match(
        r".{0,40}?(?<![到至较比])((?:19|20)\d\d)年(?!.{0,12}(?:目标|规划|计划|方案))", sentence
    )
    border = years.now or years.end
    if found is None:
        plan = PLAN.search(sentence[:24])
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
_AHEAD = re.compile(r"需|将|力争|争取|计划|拟|(?<!截)[到至]20\d\d年|目标|确保|新建|规划")


def told_before(words: str, until: int) -> bool:
    """Whether a sentence began by telling of today, and has not yet turned to what will be."""
    window = words[max(0, until - 80) : until]
    marks = list(_UNTIL_NOW.finditer(window))
    return bool(marks) and _AHEAD.search(window, marks[-1].end()) is None


_SHARE_NOW = re.compile(r"约占[^，。；]{2,24}$")


def is_a_share(sentence: str, left: str) -> bool:
    """约占农民收入的一半: how large a part is, in a sentence without a word of what will be."""
    return _SHARE_NOW.search(left) is not None and _AHEAD.search(sentence) is None


def told(clause: str) -> bool:
    """Whether the clause alone tells of what is."""
    return anywhere("past_clauses").search(clause) is not None


def year_at(sentence: str, until: int, meant: Sense) -> tuple[int | None, int | None, bool]:
    """The year a number is due, the year it is compared with, and whether a year was named."""
    due = base = None
    named = False
    for match in _YEAR.finditer(sentence, max(0, until - 400), until):
        if sentence.startswith(("起", "开始"), match.end()):
            continue  # 2026年起五年内: when it begins
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
        plan_of(m) for m in PLAN.finditer(sentence, max(0, until - 400), until)
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
