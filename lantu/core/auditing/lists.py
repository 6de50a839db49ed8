"""Lists and dates: a count against the names beside it, an end before its beginning."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Final

from lantu.core.auditing import identities, tallies
from lantu.core.auditing.findings import Finding
from lantu.core.reading.prose import Sentence, Stated

NUMERALS: Final = {n: i for i, n in enumerate("一二三四五六七八九十", 1)} | {"两": 2}
COUNT: Final = r"(?P<count>\d{1,2}|[二两三四五六七八九十])"
THINGS: Final = r"(?P<unit>个|家|条|座|所|项|处|大|类|区|园|村|镇|种|支|名)"
NAME: Final = r"(?:(?![和与及或])[^\W\d_]){2,14}"
# 张河、夏庄、邢庄等3个村; what stands before a conjunction belongs to another list.
_ETC: Final = re.compile(
    rf"(?:^|(?<=[，,。；;：:“”\"（(和与及在对由将把]))(?P<names>{NAME}(?:、{NAME}){{1,20}})等{COUNT}{THINGS}"
)
# 建设3个中心：甲中心、乙中心、丙中心。
_INTRODUCED: Final = re.compile(
    rf"{COUNT}{THINGS}[^。；;：:，,、\d]{{0,10}}(?:[：:]|[，,]?(?P<whole>即|分别是|分别为)[：:]?)"
    rf"(?P<names>{NAME}(?:、{NAME}){{1,20}}(?:[和与及]{NAME})?)(?P<more>等)?(?=[。；;）)]|$)"
)
# 甲、乙、丙，共计3所
_TOGETHER: Final = re.compile(
    rf"(?:[：:]|包括|分别为|分别是|涉及)(?P<names>{NAME}(?:、{NAME}){{1,20}})[，,](?:一?共|共计|合计|总计){COUNT}{THINGS}"
)
_SPAN: Final = re.compile(r"(?P<first>20\d\d)年?(?:[-—–~～]{1,2}|至|到)(?P<last>20\d\d)年")
_SPAN_YEARS: Final = re.compile(
    r"(?P<first>20\d\d)年?(?:[-—–~～]{1,2}|至|到)(?P<last>20\d\d)年?[，,、（(]?(?:共|为期|历时|建设期|工期)?"
    r"(?P<count>\d{1,2}|[一二两三四五六七八九十])年"
)
_YEARS_SPAN: Final = re.compile(
    r"(?:周期|工期|建设期|期限|为期)[为共]?(?P<count>\d{1,2}|[一二两三四五六七八九十])年[，,（(]?(?:自|从|即)?"
    r"(?P<first>20\d\d)年?(?:[-—–~～]{1,2}|至|到)(?P<last>20\d\d)年"
)
_WORK: Final = re.compile(
    r"(?P<first>20\d\d)年(?:(?P<month>\d{1,2})月)?(?:\d{1,2}日|[上中下]旬|[底初])?[^。；;，,\d]{0,10}"
    r"(?:开工|动工|启动建设|开始建设)[^。；;\d]{0,16}(?P<last>20\d\d)年(?:(?P<end>\d{1,2})月)?"
    r"(?:\d{1,2}日|[上中下]旬|[底初])?[^。；;，,\d]{0,12}(?:建成|竣工|完工|投产|投入使用|交付|通车|投运)"
)
_CYCLE: Final = re.compile(
    r"(?:周期|工期|建设期)[为共]?(?P<count>\d{1,2}|[一二两三四五六七八九十])年[，,；]?(?P<first>20\d\d)年[^，,。；;\d]{0,8}"
    r"(?:启动|开工|动工|开始)[^。；;\d]{0,16}(?P<last>20\d\d)年[^，,。；;\d]{0,8}(?:建成|竣工|完工|投产|完成)"
)
_BEYOND: Final = re.compile(
    r"规划期[^。；;\d]{0,6}20\d\d年?[-—–~～至到]{1,2}(?P<first>20\d\d)年[^。；;\d]{0,10}展望(?:到|至)?(?P<last>20\d\d)年"
)
_STAGES: Final = re.compile(
    r"(?P<first>20\d\d)年(?:\d{1,2}月)?[^。；;，,、\d]{0,8}(?:竣工|完工|建成)[，,、](?:预计|计划|并|于)*"
    r"(?P<last>20\d\d)年(?:\d{1,2}月)?[^。；;，,\d]{0,4}(?:投产|投入使用|投用|交付|通车|投运)"
)
_MONTHS: Final = re.compile(r"(?:工期|建设期|施工期)[^\d，,。；;]{0,6}(?P<count>\d{1,3})个月")
_NAMES: Final = re.compile(rf"{NAME}(?:、{NAME}){{2,20}}")
LONG_NAME: Final = 10
KIND: Final = 4  # letters in which names of one kind end alike
NEAR: Final = 2000  # letters; farther off the same words may mean other things


def of_sentence(sentence: Sentence) -> Iterator[Finding]:
    """Counts and dates that one sentence states."""
    yield from _etc(sentence)
    yield from _introduced(sentence)
    yield from _together(sentence)
    yield from _spans(sentence)


def _etc(sentence: Sentence) -> Iterator[Finding]:
    for match in _ETC.finditer(sentence.text):
        names = match["names"].split("、")
        stated = counted(sentence, match)
        if match["unit"] == "大" or not plain(names):
            continue
        if len(names) >= stated.value:
            yield identities.counted(stated, len(names), more=True)


def _introduced(sentence: Sentence) -> Iterator[Finding]:
    for match in _INTRODUCED.finditer(sentence.text):
        names = re.split(r"[、和与及]", match["names"])
        stated = counted(sentence, match)
        if not plain(names):
            continue
        is_kind = alike(names) or (match["whole"] and not match["more"])
        if len(names) == stated.value or (len(names) > stated.value and is_kind):
            yield identities.counted(stated, len(names), more=bool(match["more"]))
        elif len(names) < stated.value and not match["more"] and is_kind:
            yield identities.counted(stated, len(names), more=False, exact=True)


def _together(sentence: Sentence) -> Iterator[Finding]:
    for match in _TOGETHER.finditer(sentence.text):
        names = match["names"].split("、")
        if plain(names):
            yield identities.counted(counted(sentence, match), len(names), more=False, exact=True)


def plain(names: list[str]) -> bool:
    """Names short enough to be names, none of them two in one."""
    return all(len(name) <= LONG_NAME and not re.search("[和与及或]", name) for name in names)


def alike(names: list[str]) -> bool:
    """Names that end alike are of one kind, so that nothing else is meant by the count."""
    return len({name[-1] for name in names}) == 1


def counted(sentence: Sentence, match: re.Match[str]) -> Stated:
    start, end = match.span("count")
    value = NUMERALS.get(match["count"]) or int(match["count"])
    place = sentence.places[start], sentence.places[end - 1] + 1
    return Stated(Decimal(value), match["unit"], *place)


def elsewhere(everywhere: Sequence[Sentence]) -> Iterator[Finding]:
    """Names of one kind (甲路沙河桥、乙路沙河桥、丙路沙河桥) and their number near by."""
    starts = [_start(one) for one in everywhere]
    for sentence in everywhere:
        for match in _NAMES.finditer(sentence.text):
            names = match.group().split("、")
            if len(set(names)) == len(names):
                here = _start(sentence)
                first, last = bisect_left(starts, here - NEAR), bisect_right(starts, here + NEAR)
                near = everywhere[first:last]
                yield from _numbers_of(_common_end(names), len(names), near)


def _numbers_of(kind: str, names: int, near: Iterable[Sentence]) -> Iterator[Finding]:
    kinds = [kind[-size:] for size in range(len(kind), KIND - 1, -1)]
    if not kinds:
        return
    words = "|".join(re.escape(one) for one in kinds)
    pattern = re.compile(rf"(?:{words})(?:梁|项目|工程|建设)*[为共计]?{COUNT}{THINGS}")
    for other in near:
        for match in pattern.finditer(other.text):
            yield identities.counted(counted(other, match), names, more=True)


def _start(sentence: Sentence) -> int:
    return sentence.places[0] if sentence.places else 0


def _common_end(names: Sequence[str]) -> str:
    """The letters in which all names end alike."""
    shortest = min(map(len, names))
    for size in range(min(shortest - 1, 8), 0, -1):
        if len({name[-size:] for name in names}) == 1:
            return names[0][-size:]
    return ""


def _spans(sentence: Sentence) -> Iterator[Finding]:
    for pattern in (_SPAN, _WORK, _STAGES, _BEYOND):
        for match in pattern.finditer(sentence.text):
            if int(match["last"]) < int(match["first"]):
                yield tallies.reversed_dates(*_ends(sentence, match))
    for match in _WORK.finditer(sentence.text):
        yield from _months(sentence, match)
    spans = (_SPAN_YEARS, _YEARS_SPAN, _CYCLE)
    for match in (one for pattern in spans for one in pattern.finditer(sentence.text)):
        first, last = _ends(sentence, match)
        start, end = match.span("count")
        count = Stated(
            Decimal(NUMERALS.get(match["count"]) or int(match["count"])),
            "年",
            sentence.places[start],
            sentence.places[end - 1] + 1,
        )
        years = int(last.value - first.value)
        if years > 0:
            yield tallies.years_between(first, last, count)


def _months(sentence: Sentence, match: re.Match[str]) -> Iterator[Finding]:
    """2023年3月开工，2025年3月竣工，工期24个月: by the months, one more or less granted."""
    said = _MONTHS.search(sentence.text)
    if said is None or not match["month"] or not match["end"]:
        return
    first, last = _ends(sentence, match)
    start, end = said.span("count")
    place = sentence.places[start], sentence.places[end - 1] + 1
    count = Stated(Decimal(said["count"]), "个月", *place)
    months = 12 * int(last.value - first.value) + int(match["end"]) - int(match["month"])
    if months > 0:
        yield tallies.months_between(first, last, count, months)


def _ends(sentence: Sentence, match: re.Match[str]) -> tuple[Stated, Stated]:
    def year(name: str) -> Stated:
        start, end = match.span(name)
        place = sentence.places[start], sentence.places[end - 1] + 1
        return Stated(Decimal(match[name]), "年", *place)

    return year("first"), year("last")
