"""Enumerations: a count against names in brackets, after 包括, as 一是 … 二是, or next to it."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from lantu.core.auditing import identities
from lantu.core.auditing.findings import Finding
from lantu.core.auditing.lists import COUNT, NAME, NUMERALS, THINGS, alike, counted, plain
from lantu.core.reading.prose import Sentence, Stated

_NAMES: Final = rf"(?P<names>{NAME}(?:、{NAME}){{1,20}})"
# 桥梁4座（甲桥、乙桥、丙桥、丁桥）; 公园3个，包括东湖公园、西湖公园、南湖公园; 三区为甲区…
_BRACKETED: Final = re.compile(rf"{COUNT}{THINGS}[(（]{_NAMES}(?P<more>等)?[)）]")
_INCLUDING: Final = re.compile(
    rf"{COUNT}{THINGS}[，,]?(?:分别)?(?:包括|即|为)[：:]?{_NAMES}(?P<more>等)?(?=[。；;，,）)]|$)"
)
_FORMS: Final = re.compile(
    rf"(?<=[，,。；;“\"])(?P<count>[二两三四五六七八九十])(?P<unit>区|带|轴|园|极|心|核|廊|片)[”\"]?(?:分别)?(?:为|即)"
    rf"[：:]?{_NAMES}(?P<more>等)?(?=[。；;]|$)"
)
_SIDES: Final = re.compile(
    r"(?P<count>[二两三四五六七八九十])(?:个|大|项|篇|条|种|场)(?P<unit>[\u4e00-\u9fff]{2})"
    r"[^。；;：:]{0,8}[：:，,]"
)
_ORDINAL: Final = re.compile(r"(?<=[：:；;，,。])(?P<which>[一二三四五六七八九十])(?:是|要)")
# The kinds of things whose names end in one letter, and how they are counted.
# 新建3座变电站（甲、乙、丙）
_NAMED: Final = re.compile(rf"{COUNT}{THINGS}[\u4e00-\u9fff]{{2,8}}[(（]{_NAMES}(?P<more>等)?[)）]")
# “两轴”（甲轴、乙轴）; 市级、区级、镇级三级服务网络
_QUOTED: Final = re.compile(
    rf"[“\"](?P<count>[二两三四五六])(?P<unit>[\u4e00-\u9fff])[”\"][(（]{_NAMES}[)）]"
)
_LEVELS: Final = re.compile(
    r"(?P<names>[\u4e00-\u9fff]{1,3}级(?:、[\u4e00-\u9fff]{1,3}级){1,6})(?P<count>[二两三四五六])(?P<unit>级)"
)
# 和甲、乙两个镇: what is counted right behind names, none left out
_APPOSED: Final = re.compile(
    rf"(?:[和及与在对]|位于){_NAMES}{COUNT}(?P<unit>个)(?=[\u4e00-\u9fff]{{1,4}})"
)
# 甲路、乙路、丙路3条主干道
_COUNTED_AFTER: Final = re.compile(
    rf"{_NAMES}{COUNT}(?P<unit>条|座|所|处|家|个|项|名)(?=[\u4e00-\u9fff]{{2,6}})"
)
# 下辖甲、乙、丙3个村
_RULED: Final = re.compile(
    rf"(?:下辖|管辖|辖有?|下设|设有|成立|组建|涉及|覆盖|惠及|由){_NAMES}(?P<more>等)?{COUNT}{THINGS}(?=[\u4e00-\u9fff]{{1,6}})"
)
# “五化”方向：高端化、智能化、…
_FORMED: Final = re.compile(
    rf"[“\"](?P<count>[二两三四五六七八九十])(?P<unit>[\u4e00-\u9fff])[”\"][\u4e00-\u9fff]{{0,6}}[：:，,]即?{_NAMES}(?=[。；;]|$)"
)
# 发展甲产业、乙产业、丙产业三大主导产业
_GREAT: Final = re.compile(
    r"(?:(?<=[，,。；;：:])|^)(?P<names>[\u4e00-\u9fff]{2,14}(?:、[\u4e00-\u9fff]{2,10}){1,9})"
    r"(?P<count>[二两三四五六七八九十])(?P<unit>大)(?:主导|支柱|优势|特色|新兴|重点|传统|战略性新兴)?(?:产业|工程|行动|平台|板块|领域|集群|中心|战役|体系)"
)
_KINDS: Final = {"桥": "桥梁?|大桥", "路": "道路", "园": "公园|园区", "馆": "场?馆"}
_RUN: Final = re.compile(rf"{NAME}(?:、{NAME}){{2,20}}")
NEXT: Final = 2  # sentences after the count


def of_text(everywhere: Sequence[Sentence]) -> Iterator[Finding]:
    """All counts that stand beside what they count, in one sentence or in the next ones."""
    for at, sentence in enumerate(everywhere):
        yield from _beside(sentence)
        yield from _sides(sentence, everywhere[at + 1 : at + 8])
        yield from _following(sentence, everywhere[at + 1 : at + 1 + NEXT])


def _beside(sentence: Sentence) -> Iterator[Finding]:
    yield from _great(sentence)
    yield from _counted_beside(sentence)
    for pattern in (_BRACKETED, _INCLUDING, _FORMS):
        for match in pattern.finditer(sentence.text):
            names = match["names"].split("、")
            stated = counted(sentence, match)
            is_whole = pattern is not _INCLUDING and not match["more"] and alike(names)
            if not plain(names) or (len(names) < stated.value and not is_whole):
                continue
            if len(names) == stated.value or alike(names):
                yield identities.counted(
                    stated, len(names), more=bool(match["more"]), exact=is_whole
                )


def _great(sentence: Sentence) -> Iterator[Finding]:
    """甲产业、乙产业、丙产业三大主导产业; 3座变电站（甲、乙、丙）: no more names than counted."""
    for match in _GREAT.finditer(sentence.text):
        names = match["names"].split("、")
        joined = re.search(r"[等和与及的以为并]", "".join(names[1:]))
        if joined is None and len(names) >= NUMERALS[match["count"]]:
            yield identities.counted(counted(sentence, match), len(names), more=False)


def _counted_beside(sentence: Sentence) -> Iterator[Finding]:
    """“两轴”（甲轴、乙轴）; 市级、区级两级; 甲路、乙路2条主干道; 3座变电站（甲、乙、丙）."""
    for pattern in (_RULED, _APPOSED, _FORMED, _QUOTED, _LEVELS, _COUNTED_AFTER, _NAMED):
        for match in pattern.finditer(sentence.text):
            names, stated = match["names"].split("、"), counted(sentence, match)
            is_one_kind = pattern in (_NAMED, _RULED, _APPOSED) or alike(names)
            # A list that goes on elsewhere names fewer; these two forms name all.
            is_whole = pattern in (_RULED, _APPOSED, _FORMED)
            is_full = is_whole or pattern in (_QUOTED, _LEVELS) or len(names) >= stated.value
            if plain(names) and is_one_kind and is_full and not match.groupdict().get("more"):
                yield identities.counted(stated, len(names), more=False, exact=is_whole)


def _sides(sentence: Sentence, after: Sequence[Sentence]) -> Iterator[Finding]:
    """四个方面：一是…；二是…；三是… up to the end of the paragraph."""
    mark = _SIDES.search(sentence.text)
    if mark is None:
        return
    words = sentence.text[mark.end() - 1 :]
    for other in after:
        if other.is_first:
            break
        words += other.text
    ordinals = [NUMERALS[one["which"]] for one in _ORDINAL.finditer(words)]
    run = [at for at, one in enumerate(ordinals, 1) if one == at]
    if len(run) >= 2 and run == ordinals:
        yield identities.counted(counted(sentence, mark), len(run), more=False, exact=True)


def _following(sentence: Sentence, after: Sequence[Sentence]) -> Iterator[Finding]:
    """新建桥梁4座。甲桥、乙桥、丙桥、丁桥、戊桥开工: more names than were counted."""
    for last, words in _KINDS.items():
        counting = rf"(?:{words})(?:项目|工程)?{COUNT}{THINGS}(?=[。；;，,]|$)"
        match = re.search(counting, sentence.text)
        if match is None:
            continue
        for other in after:
            if other.is_first:
                break
            yield from _more_than(counted(sentence, match), last, other)


def _more_than(stated: Stated, last: str, other: Sentence) -> Iterator[Finding]:
    for match in _RUN.finditer(other.text):
        names = [one for one in match.group().split("、") if last in one[1:]]
        if len(names) > stated.value and len(set(names)) == len(names) and plain(names):
            yield identities.counted(stated, len(names), more=False)
