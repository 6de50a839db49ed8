"""Promises: the numbers of the running text, each as a proposed commitment."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lantu.core.reading.amounts import amounts
from lantu.core.reading.bounds import Amount
from lantu.core.reading.clauses import (
    Clause,
    clause,
    is_endowed,
    is_made,
    is_means,
    is_measure,
    made_last,
    names,
    parsed,
    thing,
)
from lantu.core.reading.confidence import confidence
from lantu.core.reading.forms import form_of
from lantu.core.reading.meant import says_who
from lantu.core.reading.metrics import (
    LONGEST_NAME,
    MAKES,
    SINCE,
    Carried,
    is_row,
    is_verb_phrase,
    metric_of,
)
from lantu.core.reading.outline import Under, is_project_box
from lantu.core.reading.prose import Sentence
from lantu.core.reading.records import Proposal
from lantu.core.reading.senses import (
    Sense,
    is_a_share,
    may_be_ahead,
    told,
    told_before,
    turns_ahead,
    year_at,
)

_WORD = re.compile(r"[\u4e00-\u9fff]{2}|[A-Za-z]{2}")


_MONEY_OF_PROJECTS = re.compile(r"投资|需$|需要|资金|经费|预算|估算|补助")


_INCOME = re.compile(r"交易额|成交额|产值|税|收入|利润|出口|销售|营收|进口|贸易|增加值")


_COUNTS_OF_THE_TEXT = re.compile(
    r"(?:指标|约束性|预期性|专栏|[一二三四五六七八九十][章条款])[—-]*$"
)


_GRANT = re.compile(r"^(?:的)?(?:一次性)?(?:奖励|补助|补贴|资助|支持|奖补)")


_GRANTED = re.compile(
    r"给予[^，,。；;]{0,8}(?:奖励|奖补|补助|补贴|资助|支持)(?:最高|不超过|不低于|最多|共)?$"
)


_TEXTUAL = re.compile(
    r"^(?:个)?(?:类别|领域|方面|板块|部分|维度|大项|子项|内容|条款)(?:主要|重点|工作)?(?:任务|举措|措施|内容)?$"
)


_EVENT = re.compile(r"(?:应到|实到|出席|列席|相当于)[^，。]{0,8}$|来自[^，。]{2,14}$")
_OF_TEXT = re.compile(
    r"(?:规划|纲要|方案|计划|报告|草案|意见|全文)[^，。]{0,3}(?:设|分为|包括|包含)$"
)


_EACH = re.compile(r"每(?![年月季周日天千万百十亿])")


_GOALS = re.compile(r"目标|指标")


@dataclass(frozen=True, slots=True)
class Said:
    """One number with its words and its name."""

    amount: Amount
    clause: Clause
    metric: str
    end: int  # of the words in the sentence
    signs: frozenset[str] = field(default_factory=frozenset)


def promises(
    sentence: Sentence, under: Under, sense: Sense, text: str, carried: Carried
) -> Iterator[Proposal]:
    """Every number of a sentence that promises something, or tells of the past."""
    for said in _said(sentence.text, carried, in_box=is_project_box(under)):
        yield _proposal(sentence, said, (under, sense, text), carried)


def _said(words: str, carried: Carried, *, in_box: bool) -> Iterator[Said]:
    found = amounts(words)
    found = [one for at, one in enumerate(found) if not says_who(words, one, found, at)]
    at = 0
    while at < len(found):
        part = clause(words, found[at], found, at)
        group = _listed(words, found, at) if "分别" in part.left else [at]
        if len(group) > 1:
            yield from _shared([found[one] for one in group], part, carried)
            inside = [one for one in range(at, group[-1]) if one not in group]
            for one in inside:  # 分别减少12%（其中工业减少10%）、15%
                part = clause(words, found[one], found, one)
                if said := _one(words, found[one], part, carried, in_box=in_box):
                    yield said
            at = group[-1] + 1
            continue
        if both := _both(part):
            yield from _alike(found[at], part, both, carried)
            at += 1
            continue
        said = _one(words, found[at], part, carried, in_box=in_box)
        if said is not None:
            carried.metric, carried.tail = said.metric, said.clause.tail
            carried.by_unit[said.amount.unit] = said.metric
            carried.subject = said.clause.subject or carried.subject
            yield said
        at += 1


def _listed(words: str, found: list[Amount], at: int) -> list[int]:
    """The numbers that follow each other with no more than a joint, or a bracket, between them."""
    members = [at]
    for one in range(at + 1, len(found)):
        between = words[found[members[-1]].end : found[one].start]
        if re.match(r"[(（][^()（）]*$", between):
            continue  # inside a bracket behind the last
        if not re.fullmatch(r"[、,，和与及]|以及", re.sub(r"[(（][^()（）]*[)）]", "", between)):
            break
        members.append(one)
    return members


def _shared(group: list[Amount], part: Clause, carried: Carried) -> Iterator[Said]:
    """甲、乙分别达到95%和85%左右: one number for each name, with the bound they share."""
    head = re.split(r"分别", part.left)[0] if "分别" in part.left else part.head
    named = _named(head)
    if not named and len(carried.listed) == len(group):
        given = list(carried.listed)  # 分别达到1家、2家，到2030年分别达到3家、4家
    else:
        given = names(named or carried.metric, len(group))
    carried.listed = tuple(given)
    last, first = group[-1].comparator, group[0].comparator
    shared = last if first == "=" else first
    for amount, name in zip(group, given, strict=True):
        sign = shared if amount.comparator == "=" else amount.comparator
        carried.metric = name
        unit = group[-1].unit if amount.unit in ("", "个") else amount.unit
        yield Said(
            replace(amount, comparator=sign, unit=unit), part, name[:LONGEST_NAME], group[-1].end,
            frozenset({"listed", "verb", "own_name"}),
        )  # fmt: skip


_BOTH = re.compile(r"(?<![人户亩平月年])(?:均|都|双双|全部)(?!衡|匀|等|市|会)")


def _both(part: Clause) -> list[str]:
    """甲率、乙率均达到95%: the names that one number is said of; none where it is of one."""
    found = _BOTH.search(part.left)
    head = _named(part.left[: found.start()]) if found else ""
    count = len([one for one in re.split(r"[、和与及]|以及", head) if one])
    given = names(head, count) if count > 1 else []
    is_told = len(given) == count and all(
        is_measure(one) or one[-1] in "数量额值次费" for one in given
    )
    return given if is_told else []


def _alike(amount: Amount, part: Clause, given: list[str], carried: Carried) -> Iterator[Said]:
    for name in given:
        carried.metric = name
        signs = frozenset({"listed", "verb", "own_name"})
        yield Said(amount, part, name[:LONGEST_NAME], amount.end, signs)


def _named(head: str) -> str:
    """A head without time, who, and comparison."""
    plain = SINCE.sub("", parsed(head, 0).head)
    return re.sub(r"(?:[三五十]年)?(?:累计|总共)?$", "", plain).strip('、“”"的和与')


def _one(
    words: str, amount: Amount, part: Clause, carried: Carried, *, in_box: bool
) -> Said | None:
    if not _counts(amount, part, in_box=in_box) or not _is_said(words, amount, part):
        return None
    metric, end, signs = metric_of(words, amount, part, carried, in_box=in_box)
    if not _WORD.search(metric):
        return None
    if part.tail:
        signs |= {"verb"}
    elif not part.made:
        signs |= {"unsaid"}
    return Said(amount, part, metric, end, signs | _of_amount(amount, metric, in_box=in_box))


def _counts(amount: Amount, part: Clause, *, in_box: bool) -> bool:
    """Whether a number may promise something at all, by the words around it."""
    if in_box and _is_money(amount, part) and not _INCOME.search(part.left):
        return False  # the project has it
    if part.restates or (
        is_means(part.head) and not MAKES.search(part.head) and part.left != "针对"
    ):
        return False
    if _GRANTED.search(part.left):
        return False
    if _GRANT.search(part.follows) and re.search(r"给予|补助|奖励|补贴", part.left):
        return False  # what a firm gets, not what the plan reaches
    if part.head.endswith("其余") and amount.unit in ("项", "个", "类", ""):
        return False  # of the indicators, or of nothing that was named
    if _EVENT.search(part.left) or part.after.endswith("之一"):
        return False
    if amount.unit in ("篇", "章", "节", "部", "条", "个") and _OF_TEXT.search(part.left):
        return False
    is_of_text = _TEXTUAL.search(part.follows) or _TEXTUAL.search(part.head)
    return not (is_of_text or _COUNTS_OF_THE_TEXT.search(part.head) or _is_each(amount, part))


def _is_each(amount: Amount, part: Clause) -> bool:
    """每班45人 describes; 每条产业链不少于10个 promises."""
    is_plain = amount.measure == "counter" and amount.comparator == "=" and not part.tail
    is_plain = is_plain and not is_endowed(part)
    return is_plain and _EACH.match(part.head) is not None


def _is_money(amount: Amount, part: Clause) -> bool:
    is_short = amount.unit in ("万", "亿") and _MONEY_OF_PROJECTS.search(part.left) is not None
    return "元" in amount.unit or is_short


def _of_amount(amount: Amount, metric: str, *, in_box: bool) -> frozenset[str]:
    signs = {
        "share": amount.measure == "share",
        "in_words": amount.in_words,
        "no_unit": not amount.unit,
        "short_name": len(metric) <= 2,
        "long_name": len(metric) >= 16,
        "boxed": in_box,
    }
    return frozenset(name for name, holds in signs.items() if holds)


_ADVANCES = re.compile("加快|推进|推动|启动")
_TO_WHOM = re.compile(
    r"(?:^|[，,、；;：:）)])(?:为|对|向|在|针对|(?:加强|深化)与)(?:全[市区县州省]|我[市区县州省])?$"
)


def _is_said(words: str, amount: Amount, part: Clause) -> bool:
    """Whether the words tie the number to what it measures; one in passing is left out."""
    if amount.comparator != "=" or amount.measure in ("share", "bare", "ratio"):
        return True
    if (
        part.tail
        or is_endowed(part)
        or part.head in ("其余", "剩余")
        or is_made(part.head)
        or made_last(part.head)
    ):
        return True
    if amount.measure == "counter" and _is_place(words, amount):
        return False
    if amount.measure == "counter" and _TO_WHOM.search(
        words, max(0, amount.start - 24), amount.start
    ):
        return len(thing(part.after)) >= 4
    is_named = is_measure(part.head) or len(part.follows) < 3 or is_verb_phrase(part.follows)
    if part.made:
        return amount.measure == "counter" or is_named
    if not part.head:
        is_listed = words[max(0, amount.start - 1) : amount.start] in ("、", "和")
        return bool(part.bracket) or len(thing(part.after)) >= (2 if is_listed else 3)
    is_rowed = _ADVANCES.match(part.head) is not None and is_row(part.head, part.follows)
    if part.after and (part.head.endswith("等") or is_rowed):
        return True
    return len(part.head) >= 2 and is_named


_WHERE = re.compile(r"在[^，,。；;]{0,60}$")
_THERE = re.compile(r"[^，,。；;：:（(\d]{2,30}\d")


def _is_place(words: str, amount: Amount) -> bool:
    """在12个乡镇新建食堂30处: a count of the places where something else is counted."""
    is_where = _WHERE.search(words, max(0, amount.start - 64), amount.start) is not None
    return is_where and _THERE.match(words, amount.end) is not None


def _proposal(
    sentence: Sentence, said: Said, where: tuple[Under, Sense, str], carried: Carried
) -> Proposal:
    under, sense, text = where
    amount, part = said.amount, said.clause
    form = form_of(part, amount, said.metric)
    due, base_year, dated = year_at(sentence.text, amount.start, sense)
    if by := _BY.match(part.after):
        due, dated = int(by[1]), True
    if not dated and carried.year is not None:
        due, dated = carried.year, True
    is_past = sense.is_past or told(part.left) or told_before(sentence.text, amount.start)
    is_past = is_past or _is_over(due, dated, sense) or is_a_share(sentence.text, part.left)
    start, end = sentence.places[part.start], sentence.places[said.end - 1] + 1
    is_rate = form == "growth"
    signs = set(said.signs)
    signs |= {"dated"} if dated else set()
    signs |= {"told"} if _is_told(sense, sentence.text, dated=dated) else set()
    signs |= {"goals"} if _GOALS.search(under.section or under.chapter) else set()
    project = carried.topic if is_project_box(under) else None
    return Proposal(
        kind="fact" if is_past else "target",
        form=None if is_past else form,
        tense="past" if is_past else "future",
        subject=part.subject or carried.subject,
        metric=said.metric,
        comparator=amount.comparator,
        value=None if is_rate else amount.value,
        low=amount.low,
        high=amount.high,
        unit=amount.unit,
        base_value=amount.base,
        base_year=base_year,
        target_year=due,
        growth_pct=amount.value if is_rate else None,
        project=project,
        chapter=under.chapter,
        section=under.section,
        table=under.table or None,
        start=start,
        end=end,
        quote=text[start:end],
        confidence=confidence(signs),
    )


def _is_told(sense: Sense, words: str, *, dated: bool) -> bool:
    """Words without a sign of what will be, in a story or a text of unknown years."""
    years = sense.period
    is_open = years.is_story or (years.end is None and years.now is None)
    return is_open and not dated and not (turns_ahead(words) or may_be_ahead(words))


_BY = re.compile(r"(20\d\d)年(?:底|末|年底)?前")  # 10所2025年前建成


def _is_over(due: int | None, dated: bool, sense: Sense) -> bool:
    """A number of a year before the plan begins is a fact."""
    border = sense.period.now or sense.period.first
    return dated and due is not None and border is not None and due < border
