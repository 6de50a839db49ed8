"""Clauses: what a sentence says about one of its numbers.

A clause is read as [time] [who] [name] [verbs] NUMBER [bound] [of what]; only a window of letters
on either side is looked at, so that a text without any stop is read in the time of its length.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from lantu.core.reading.bounds import PART_OF, Amount
from lantu.core.reading.words import either, whole

WINDOW = 64  # letters before a number that may speak of it
AHEAD = 48  # letters after it
_STOPS = frozenset("，,；;。！!？?：:\n")
_JOINTS = "、和及与或，,以"


_GOES_ON = re.compile(r"[、及与]|和(?![美谐平顺])")


@dataclass(frozen=True, slots=True)
class Clause:
    """The words about one number."""

    start: int  # where they begin in the sentence
    left: str  # all words before the number
    lead: str  # time and conjunctions at the beginning
    subject: str  # 全区, 全市
    head: str  # the name, with the verb that makes it
    tail: str  # verbs and adverbs before the number
    after: str  # what follows the number up to the next stop
    bracket: str = ""  # the words before the bracket in which the number stands
    restates: bool = False  # in a bracket behind another number: 2 公顷（合 30 亩）

    @property
    def follows(self) -> str:
        """What stands right after the number; nothing where a list goes on."""
        return "" if _GOES_ON.match(self.after) else self.after

    @property
    def made(self) -> str:
        """The verb by which the head begins: 新建, 培育; empty for a plain name."""
        match = _grammar()["made"].match(self.head)
        return match["verb"] if match else ""


@lru_cache(maxsize=1)
def _grammar() -> dict[str, re.Pattern[str]]:
    verbs = either("level", "growth", "rise", "fall", "hope", "about_before", "at_least_before",
                   "more_than_before", "at_most_before", "less_than_before")  # fmt: skip
    return {
        "lead": re.compile(rf"(?:{either('time')}|{either('lead_in')}|[，,、“”\"\s：:])+"),
        "subject": re.compile(rf"{either('subjects')}(?:共|要|计划|将|力争)?"),
        "whose": re.compile(
            rf"(?<=[成现设造动展施])(?:{either('subjects')})$|(?<=[^，])首批$"
        ),  # 完成全市26个…
        "tail": re.compile(rf"{verbs}+$"),
        "made": re.compile(rf"(?:{either('adverbs')})*?(?P<verb>{either('make')}(?:约|了)?)"),
        "all_made": re.compile(
            rf"(?:{either('adverbs', 'hope')})*(?:{either('make')}[和并、]?){{1,3}}"
            rf"(?:{either('hope')})*"
        ),
        "made_last": re.compile(rf"(?P<verb>{either('strong')})$"),
        "means": re.compile(either("means")),
        "noun_last": re.compile(rf"(?:{either('measure_nouns')}|增长|增速)$"),
    }


_HEADED = re.compile(r"(?:^|[，,；;。、])(?P<name>[^，,；;。、：:（）()\d]{3,20})[：:]$")


def clause(sentence: str, amount: Amount, found: Sequence[Amount], at: int) -> Clause:
    """The words about `found[at]`, between the numbers before and after it."""
    floor = found[at - 1].end if at else 0
    ceiling = found[at + 1].start if at + 1 < len(found) else len(sentence)
    left, start, bracket = words_before(sentence, amount.start, floor)
    if colon := _HEADED.search(sentence, max(floor, start - 24), start):
        if not parsed(left, start).head and is_measure(colon["name"]):
            left, start = colon["name"] + left, colon.start("name")  # 固定资产投资增长：6%左右
    if amount.measure == "share" and (of := PART_OF.search(left)):
        left = left[: of.end("verb")]
    after = words_after(sentence, amount.end, min(ceiling, amount.end + AHEAD))
    if amount.base is not None:
        # 由61.2%提高到66%: the name stands before; 年均增长由12%调整为10% stays a rate.
        name = re.sub(r"(?:由|从).*$", "", left)
        is_rate = re.search(r"(?:增长|增速|增幅)$", name) is not None
        left = name if is_rate and _ADJUSTED.search(sentence[: amount.start]) else name + "提高到"
    between = sentence[floor : amount.start] if at else ""
    opened = re.fullmatch(r"[(（](?:折合|约合|合|约|即|相当于)*", between[:8])
    return replace(parsed(left, start, after, bracket), restates=opened is not None)


_ADJUSTED = re.compile(r"调[整高低增减]?[到至为]$")
_COMPARED = re.compile(
    r"(?:[较比]?(?:19|20)\d\d年(?:末|底)?的?|上年的|[“\"]?十[一二三四五]五[”\"]?末?的)$"
)


_SORTED = re.compile(r"(?:20\d\d年度?)?[一二三四五六七八九十\d]{1,3}大类$")  # 办好十大类46项实事


# 规划提出的到2030年努力实现…: who says it is no part of the name.
_TELLS = re.compile(
    r"[^，。；]{0,16}(?:提出|明确|要求|指出)的?(?=[到至](?:19|20)\d\d年|力争|努力|争取)"
)


def parsed(left: str, start: int, after: str = "", bracket: str = "") -> Clause:
    """The parts of the words before a number."""
    grammar = _grammar()
    left = grammar["whose"].sub("", _SORTED.sub("", _COMPARED.sub("", left)))
    told = _TELLS.match(left)
    lead = grammar["lead"].match(left, told.end() if told else 0)
    begun = lead.end() if lead else 0
    subject = grammar["subject"].match(left, begun)
    is_whose = subject is not None and (subject.end() < len(left) or len(after) > 3)
    named = subject.end() if subject and is_whose else begun
    lead_again = grammar["lead"].match(left, named)
    named = lead_again.end() if lead_again else named
    tail = grammar["tail"].search(left, named)
    ends = tail.start() if tail else len(left)
    return Clause(
        start + begun, left, left[:begun], subject.group() if subject else "",
        left[named:ends].strip('、“”"的：:'), left[ends:], after, bracket,
    )  # fmt: skip


_ANOTHER = re.compile(r"\d[大个条项类][^，,。；;\d]{2,16}[和及与]$")  # 6大产业集群和18条产业链


def words_before(sentence: str, end: int, floor: int) -> tuple[str, int, str]:
    """The words before a number, without what stands in brackets; and where they begin."""
    floor = max(floor, end - WINDOW)
    letters: list[str] = []
    places: list[int] = []
    at = end - 1
    bracket = ""
    while at >= floor:
        letter = sentence[at]
        if letter in ")）":
            opened = max(sentence.rfind("(", floor, at), sentence.rfind("（", floor, at))
            if opened < 0:
                break
            at = opened - 1
            continue
        if letter in "(（":
            bracket = _named_before(sentence, at)
            break
        if letter in _STOPS:
            break
        letters.append(letter)
        places.append(at)
        at -= 1
    left = "".join(reversed(letters))
    cut = 0
    if floor and at < floor and "、" in left:
        # 100万吨绿氢、300万吨燃料: what stands before the joint belongs to the number before.
        cut = left.rindex("、") + 1
    if (floor and at < floor and re.search(r"(?:和|及|与)$", left)) or _ANOTHER.search(left):
        cut = len(left)  # 28条道路大修和12公里架空线入地
    bare = left[cut:].lstrip(_JOINTS)
    return bare, places[len(bare) - 1] if bare else end, bracket


def _named_before(sentence: str, opened: int) -> str:
    """数字智能(2400亿): the name before the bracket."""
    window = sentence[max(0, opened - 20) : opened]
    match = re.search(r"[^，,；;。、：:（）()！？]{2,20}$", window)
    return match.group() if match else ""


def words_after(sentence: str, start: int, end: int) -> str:
    """The words after a number up to the next stop or bracket."""
    match = re.compile(r"[^，,；;。！!？?：:（）()\n]*").match(sentence, start, end)
    return match.group() if match else ""


def thing(after: str) -> str:
    """What the words after a number count: 个以上引领行业发展的示范工厂 → 示范工厂."""
    words = re.sub(r"^(?:的|左右的|以上的|\d+[一-龥]{1,6}?以[上下]的?)", "", after)
    words = without_joints(words)
    first = re.split(r"[、]", words)[0]
    if "的" in words and not first.endswith("的"):
        last = words.rsplit("的", 1)[1]
        if last.endswith(("困难", "问题", "难题", "需求")) or last in _WORK:
            return words.rsplit("的", 1)[0][:24]  # 3500户家庭的住房困难: families are counted
        if len(last) >= 2:
            return re.split(r"[、]", last)[0][:24]
    return without_joints(first[:24])


# What is done to the things counted, behind 的: 5个试点镇的建设.
_WORK = ("建设", "改造", "整治", "治理", "提升", "保护", "修复", "培育")

_JOINT = r"(?:[“”\"、及与]|和(?![美谐平顺]))"
_EDGES = re.compile(rf"^{_JOINT}+|{_JOINT}+$")


def without_joints(words: str) -> str:
    """A name without the marks and joints at its ends: 、和学校、 → 学校; 和美乡村 stays."""
    return _EDGES.sub("", words)


# What several names may have in common at the end: 甲和乙补贴标准.
_SHARED_NOUN = re.compile(
    r"(?:(?:覆盖|普及|死亡|入学|合格|处理|达标|利用|参保|满足|签约|发病)率|比重|占比|标准|增加值|浓度|收入|面积|"
    r"排放量|排放总量|排放|产量)$"
)


def names(head: str, count: int) -> list[str]:
    """The names that 分别 gives numbers to, one each; the whole where they cannot be told apart."""
    parts = [one for one in head.split("、") if one]
    if len(parts) < count and parts:
        parts = [*parts[:-1], *(one for one in re.split(r"以及|和|及|与", parts[-1]) if one)]
    if len(parts) > count > 1:
        parts = [one for one in re.split(r"以及|和|与|及", head) if one]
    if len(parts) != count:
        return [head] * count
    first, last = parts[0], parts[-1]
    if len(last) > len(first) and all(len(one) <= 4 and not is_measure(one) for one in parts[:-1]):
        return [*(one + _rest(last, one, first) for one in parts[:-1]), last]
    noun = _SHARED_NOUN.search(last)
    if noun is not None:
        return [
            one if is_measure(one) or _SHARED_NOUN.search(one) else one + noun.group()
            for one in parts
        ]
    return parts


def _rest(last: str, one: str, first: str) -> str:
    """What the last of several names adds: 瞪羚企业、独角兽企业数量 are both 企业数量."""
    for size in range(len(one), 1, -1):
        if one[-size:] in last:
            return last[last.rindex(one[-size:]) + size :]
    return last[len(first) :]


def tidy(metric: str) -> str:
    """A name without a quotation mark whose other half was left behind."""
    if metric.count("“") != metric.count("”") or metric.count('"') % 2:
        return re.sub(r"[“”\"]", "", metric)
    return metric


def is_weak(metric: str) -> bool:
    """Whether a name needs the thing it speaks of: 规模, 占比, 占GDP比重."""
    return (
        metric in whole("weak")
        or re.match(r"占(?!地(?!区)).{1,16}(?:比重|比例|比)?$", metric) is not None
    )


def begins_with_making(words: str) -> bool:
    """Whether words begin with a verb that makes things: 新增变电站."""
    return _grammar()["made"].match(words) is not None


def is_made(left: str) -> bool:
    """Whether the words before a number are no more than a verb that makes things."""
    return _grammar()["all_made"].fullmatch(left) is not None


def made_last(head: str) -> str:
    """The verb that makes things by which a head ends: 新引进 in 企业新引进."""
    match = _grammar()["made_last"].search(head[-8:])
    return match["verb"] if match else ""


def is_means(head: str) -> bool:
    """Whether words only say by which means: 依托…, 围绕…."""
    grammar = _grammar()
    return grammar["means"].match(head) is not None and grammar["made_last"].search(head) is None


_ENDOWED = re.compile(r"(?:每|各|均|都)[^，,。；;、]{0,16}[建设配拥]?有$|各[新]?(?:建|设)[立成]?$")


def is_endowed(part: Clause) -> bool:
    """每个镇有1所养老机构, 各区建有1所学校: what each of them is to have."""
    return _ENDOWED.search(part.left[-24:]) is not None and len(thing(part.follows)) >= 2


def is_measure(head: str) -> bool:
    """Whether a name ends in a word for what is measured: 面积, 年产, 比重."""
    return _grammar()["noun_last"].search(head) is not None


def after_made(head: str) -> str:
    """A name without the verb that makes it, and without what stands before the verb."""
    match = _grammar()["made"].match(head)
    if match and match.end() < len(head):
        return head[match.end() :]
    return head
