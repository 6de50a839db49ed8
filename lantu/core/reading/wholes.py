"""Wholes: promises without a printed number: 翻一番, 全覆盖, 零发生, 300米见绿, 全国百强."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from lantu.core.reading.clauses import after_made, parsed, tidy
from lantu.core.reading.confidence import confidence
from lantu.core.reading.numerals import TIMES, spoken
from lantu.core.reading.outline import Under
from lantu.core.reading.prose import Sentence
from lantu.core.reading.records import Proposal
from lantu.core.reading.senses import Sense, told, year_at

BEFORE = 40  # letters
# A sentence without any of these says nothing of the kind.
_SOME = re.compile(
    r"番|倍|覆盖|应[保收改建]尽|清零|全部|杜绝|零|不发生|消除|见[绿园水景]|圈|半径|[前第强]"
)
_STOP = re.compile(r"[，,；;。！!？?：:（(）)\n]")
_MULTIPLE = re.compile(
    r"(?:翻(?P<times>[一两二三])?番|(?:增长|提高|扩大|增加)(?:一|1)倍)(?P<more>以上|左右)?"
)
_COVER = re.compile(
    r"(?P<what>全覆盖|全区覆盖|全域覆盖|全市覆盖|全面覆盖|全员覆盖|应保尽保|应收尽收|应改尽改|应建尽建|清零|动态清零)"
    r"(?=[，,；;。！、和）)\n”\"]|$)"
)
# Of a work that goes on, not of what is reached: 推进隐患动态清零.
_URGED = re.compile(r"(?:深入|持续|全面|扎实|有力|着力)*(?:加快|加力|推进|推动|开展|抓好)")
_ALL = re.compile(
    r"(?P<what>全部(?:达到|达标|搬迁|完成|消除|办结|淘汰|退出|拆除|关闭|入园|接入|安装|脱贫)"
    r"(?P<more>[^，,；;。！、（(]{0,20}))"
)
_NONE = re.compile(
    r"(?P<what>杜绝(?:发生)?(?P<of>[^，,；;。！、]{2,20})|(?P<at>零发生|零新增|零死亡|零事故)|"
    r"不发生(?P<not>[^，,；;。！]{2,24})|(?:全面|彻底|坚决)消除(?P<gone>[^，,；;。！、]{2,20}))"
)
_HARM = re.compile(r"事故|事件|案件|疫情|火灾|黑臭水体|重污染天气")
_STANDARD = re.compile(
    r"(?<![\d.])(?P<value>\d{1,6}(?:\.\d{1,3})?)(?P<unit>米|公里|千米|分钟|小时)(?:可达)?(?P<what>见绿|见园|见水|见景|"
    r"[\u4e00-\u9fff]{0,8}?(?:圈|服务半径))"
)
_RANK = re.compile(
    r"(?:进入|跻身|位居|位列|保持|争创|力争|迈入|挺进|进位|上升到|提升到|升至|稳居|保持在|晋升|入围|创成|争取|达到)"
    r"(?P<what>[^，,；;。！、\d]{0,24}?(?:前|第)?(?P<value>\d{1,4}|[一二三四五六七八九十百千]{1,3})(?P<unit>位|名|强|(?=[，,；;。、）)]|行列|$)))"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Whole:
    """One such promise in the places of its sentence."""

    start: int
    end: int
    form: str
    metric: str
    value: Decimal
    unit: str
    comparator: str = "="


def wholes(
    sentence: Sentence, under: Under, sense: Sense, text: str, read: list[tuple[int, int, str]]
) -> Iterator[Proposal]:
    """Every promise of a sentence that prints no number of its own, where none was read before."""
    words = sentence.text
    if sense.is_past or _SOME.search(words) is None:
        return
    for one in _found(words):
        free = not any(_collides(one, start, end) for start, end, _ in read)
        if len(one.metric) < 2 and one.form == "multiple":
            before = [name for _, end, name in read if end <= one.start]
            one = replace(one, metric=before[-1] if before else "")
        if not free or len(one.metric) < 2 or told(words[max(0, one.start - 2) : one.end]):
            continue
        due, base, dated = year_at(words, one.end, sense)
        first, last = sentence.places[one.start], sentence.places[one.end - 1] + 1
        signs = {"complete", "own_name", "verb"} | ({"dated"} if dated else set())
        yield Proposal(
            "target", tidy(one.metric)[-28:], first, last, text[first:last], form=one.form,
            subject=_subject(words[one.start : one.end]), comparator=one.comparator,
            value=one.value, unit=one.unit, target_year=due,
            base_year=base, chapter=under.chapter, section=under.section,
            table=under.table or None, confidence=confidence(signs),
        )  # fmt: skip


def _collides(one: Whole, start: int, end: int) -> bool:
    """Whether the same words were read; a number behind 翻一番 is another promise."""
    if one.form == "multiple" and end > one.end:
        return False
    return start < one.end and one.start < end


def _subject(words: str) -> str:
    return parsed(words, 0).subject


def _found(words: str) -> Iterator[Whole]:
    standards = list(_standards(words))
    yield from _multiples(words)
    for one in _covers(words):  # 15分钟服务圈全覆盖 is said once, by its standard
        if not any(one.start <= other.start and other.end <= one.end for other in standards):
            yield one
    yield from _zeros(words)
    yield from standards
    yield from _ranks(words)


def _name_before(words: str, end: int) -> tuple[str, int]:
    """The name in the clause before a place, and where the clause begins."""
    window = words[max(0, end - BEFORE) : end]
    stops = [match.end() for match in _STOP.finditer(window)]
    first = stops[-1] if stops else 0
    part = parsed(window[first:], end - len(window) + first)
    return after_made(part.head).strip('、的和与及“”"'), part.start


_COUNT = re.compile(r"(?:实现)?[一二两三四五六七八九十\d]+(?:个|大|项)?")


def _multiples(words: str) -> Iterator[Whole]:
    for match in _MULTIPLE.finditer(words):
        name, start = _name_before(words, match.start())
        name = re.sub(r"(?:[较比](?:20\d\d年|“?十.五”?末?)|实现)+$", "", name)
        if _COUNT.fullmatch(name):
            continue  # “三个翻番” is a slogan; what it means follows
        is_each = words.endswith("分别", 0, match.start())
        for one in re.split(r"[、和]|以及", name) if is_each else [name]:
            yield Whole(
                start, match.end(), "multiple", one, Decimal(TIMES[match["times"]]), "倍",
                {"以上": ">=", "左右": "~"}.get(match["more"] or "", "="),
            )  # fmt: skip


def _covers(words: str) -> Iterator[Whole]:
    for match in _COVER.finditer(words):
        name, start = _name_before(words, match.start())
        name = re.sub(r"(?:实现|达到|基本实现)$", "", name)
        is_urged = match["what"][-2:] != "覆盖" and _URGED.match(words, start) is not None
        if match.start() - start <= BEFORE and "“" not in match.group() and not is_urged:
            yield Whole(start, match.end(), "complete", f"{name}{match['what']}", Decimal(100), "%")
    for match in _ALL.finditer(words):
        name, start = _name_before(words, match.start())
        if not re.search(r"\d", words[start : match.end()]):
            yield Whole(
                start, match.end(), "complete", f"{name}{match['what']}"[:28], Decimal(100), "%"
            )


def _zeros(words: str) -> Iterator[Whole]:
    for match in _NONE.finditer(words):
        if match["at"]:
            name, start = _name_before(words, match.start())
            name = re.sub(r"(?:实现|力争实现)$", "", name)
        else:
            name, start = match["of"] or match["not"] or match["gone"], match.start()
        if _HARM.search(name):
            unit = "起" if re.search(r"事故|事件|案件|火灾", name) else ""
            yield Whole(start, match.end(), "ceiling", name, Decimal(0), unit)


def _standards(words: str) -> Iterator[Whole]:
    for match in _STANDARD.finditer(words):
        value, what = Decimal(match["value"]), match["what"]
        is_green = what.startswith("见")
        yield Whole(
            match.start(), match.end(), "ceiling" if is_green else "complete",
            f"{match['value']}{match['unit']}{what}", value, match["unit"],
        )  # fmt: skip


def _ranks(words: str) -> Iterator[Whole]:
    for match in _RANK.finditer(words):
        what = match["what"]
        number = match["value"]
        is_rank = "前" in what or match["unit"] in ("位", "名", "强")
        follows = words[match.end() : match.end() + 2]
        if not is_rank or follows in ("企业", "以上") or "连续" in what:
            continue
        if match["unit"] == "强" and not re.search(r"全[国省市]|世界|中国", what):
            continue
        value = Decimal(number) if number.isdigit() else spoken(number)
        if not value or (value == 1 and "第" not in what and "前" not in what):
            continue
        name, start = _name_before(words, match.start())
        yield Whole(start, match.end(), "rank", f"{name}{what}"[:28], value, "位")
