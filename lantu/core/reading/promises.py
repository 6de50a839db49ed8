"""Promises: the numbers of the running text, each as a proposed commitment."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lantu.core.reading.amounts import Amount, amounts
from lantu.core.reading.clauses import (
    Clause,
    after_made,
    clause,
    is_made,
    is_means,
    is_measure,
    is_weak,
    made_last,
    names,
    parsed,
    says_who,
    thing,
    tidy,
)
from lantu.core.reading.confidence import confidence
from lantu.core.reading.forms import form_of
from lantu.core.reading.outline import Under, is_project_box
from lantu.core.reading.prose import Sentence
from lantu.core.reading.records import Proposal
from lantu.core.reading.senses import Sense, told, told_before, year_at

LONGEST_NAME = 28
_WORD = re.compile(r"[\u4e00-\u9fff]{2}|[A-Za-z]{2}")
_MONEY_OF_PROJECTS = re.compile(r"投资|需$|需要|资金|经费|预算|估算|补助")
_SINCE = re.compile(
    r"[较比](?:“?十.五”?(?:末|期末|时期)?|(?:19|20)\d\d年(?:末|底)?|上年|基期|现状|目前|全[国省市]平均)"
)
_INCOME = re.compile(r"产值|税|收入|利润|出口|销售|营收|进口|贸易|增加值")
_COUNTS_OF_THE_TEXT = re.compile(
    r"(?:指标|约束性|预期性|其余|专栏|[一二三四五六七八九十][章条款])[—-]*$"
)
_GRANT = re.compile(r"^(?:的)?(?:一次性)?(?:奖励|补助|补贴|资助|支持|奖补)")
_TEXTUAL = re.compile(r"^(?:个)?(?:类别|领域|方面|板块|部分|维度)$")
_EACH = re.compile(r"每(?![年月季周日天千万百十亿])")
_GOALS = re.compile(r"目标|指标")


@dataclass(slots=True)
class Carried:
    """What a paragraph has said so far."""

    topic: str = ""  # a project, or the words that begin the paragraph
    metric: str = ""
    subject: str = ""
    year: int | None = None
    thing: str = ""  # what a clause before has named: 青临高速公路，全长86公里
    tail: str = ""  # verbs of the number before, for the others of a list


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
        group = _listed(words, found, at) if "分别" in part.left else 1
        if group > 1:
            yield from _shared(found[at : at + group], part, carried)
            at += group
            continue
        said = _one(words, found[at], part, carried, in_box=in_box)
        if said is not None:
            carried.metric, carried.tail = said.metric, said.clause.tail
            carried.subject = said.clause.subject or carried.subject
            yield said
        at += 1


def _listed(words: str, found: list[Amount], at: int) -> int:
    """How many numbers follow each other with no more than a joint between them."""
    count = 1
    while at + count < len(found):
        between = words[found[at + count - 1].end : found[at + count].start]
        if not re.fullmatch(r"[、,，和与及]|以及", between):
            break
        count += 1
    return count


def _shared(group: list[Amount], part: Clause, carried: Carried) -> Iterator[Said]:
    """甲、乙分别达到95%和85%左右: one number for each name, with the bound they share."""
    head = re.split(r"分别", part.left)[0] if "分别" in part.left else part.head
    given = names(_named(head) or carried.metric, len(group))
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


def _named(head: str) -> str:
    """A head without time, who, and comparison."""
    return _SINCE.sub("", parsed(head, 0).head).strip('、“”"的和与')


def _one(
    words: str, amount: Amount, part: Clause, carried: Carried, *, in_box: bool
) -> Said | None:
    if not _counts(amount, part, in_box=in_box) or not _is_said(words, amount, part):
        return None
    metric, end, signs = _metric(words, amount, part, carried, in_box=in_box)
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
    if part.restates or (is_means(part.head) and not _MAKES.search(part.head)):
        return False
    if _GRANT.search(part.follows) and re.search(r"给予|补助|奖励|补贴", part.left):
        return False  # what a firm gets, not what the plan reaches
    is_of_text = _TEXTUAL.search(part.follows) or _TEXTUAL.search(part.head)
    return not (is_of_text or _COUNTS_OF_THE_TEXT.search(part.head) or _is_each(amount, part))


def _is_each(amount: Amount, part: Clause) -> bool:
    """每班45人 describes; 每条产业链不少于10个 promises."""
    is_plain = amount.measure == "counter" and amount.comparator == "=" and not part.tail
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


def _metric(
    words: str, amount: Amount, part: Clause, carried: Carried, *, in_box: bool
) -> tuple[str, int, frozenset[str]]:
    """What is counted or measured, where the words end, and how it was found."""
    name, end = _own_name(amount, part)
    if name and part.after.startswith("的") and is_weak(_ESTABLISHES.sub("", name)):
        weak = _AREAS.get(_ESTABLISHES.sub("", name), _ESTABLISHES.sub("", name))
        whole = thing(part.after)  # 设立总规模50亿元的产业基金
        return (
            _trimmed(f"{whole}{weak}"),
            amount.end + _reach(part.after, whole),
            frozenset({"following"}),
        )
    if name and (in_box or not is_weak(name)) and not name.startswith("占G"):
        signs = {"own_name"} if end == amount.end else {"following"}
        return _trimmed(_AREAS.get(name, name)), end, frozenset(signs)
    if part.bracket:
        return _trimmed(f"{part.bracket}{name}"), end, frozenset({"following"})
    before = _clause_before(words, part.start) or carried.metric
    if not name:
        return _trimmed(before or (carried.topic if in_box else "")), end, frozenset({"carried"})
    topic = before if name.startswith("占") else carried.topic or carried.thing
    if not topic:
        topic = carried.thing = _thing_before(words, part.start)
    return _trimmed(f"{topic}{name}"), end, frozenset({"weak_name"})


_ESTABLISHES = re.compile(r"^(?:设立|组建|成立|发行|建设|规划|打造|引进)+")
_AREAS = {"占地": "占地面积", "项目计划占地": "占地面积", "总占地": "占地面积", "用地": "用地面积"}


def _thing_before(words: str, start: int) -> str:
    """What the clause before makes, where that has no number: 建设青临高速公路，全长86公里."""
    window = words[max(0, start - 120) : start]
    for one in reversed(re.split(r"[，,；;：:]", window)[:-1]):
        part = parsed(one[-30:], 0)
        if len(one) >= 4 and part.made and not re.search(r"\d", one):
            return after_made(part.head)
    return ""


def _clause_before(words: str, start: int) -> str:
    """The name of the clause before, where that has no number: 总额翻一番，达到60亿元."""
    window = words[max(0, start - 40) : start]
    match = re.search(r"([^，,；;。：:（()）]{3,30})[，,](?:使其|使|并|其)?$", window)
    if match is None or re.search(r"\d", match[1]):
        return ""
    told_again = re.split(
        r"(?:实现|力争)?(?:翻[一两]?番|倍增)|(?:持续|稳步|不断|显著|逐年|大幅|进一步|明显)*(?:增加|提高|提升|增长|扩大|优化|增强|壮大|上升|加大)$",
        match[1],
    )[0]
    if told_again == match[1] and not re.search(
        r"(?:应用|投入|占比|强度|水平|总额|规模|产业|收入|经济)$", match[1]
    ):
        return ""
    return after_made(parsed(told_again, 0).head)


def _own_name(amount: Amount, part: Clause) -> tuple[str, int]:
    """The name in the words about the number: before it, or after it for what is made."""
    head = _SINCE.sub("", part.head).strip('、“”"的和与')
    head = re.sub(r"(?<=[\u4e00-\u9fff]{2})(?:完成|实现|预计)+$", "", head)
    follows = thing(part.after)
    made = is_made(f"{part.head}{part.tail}") if part.head else bool(part.tail)
    made = made or (bool(part.head) and is_made(part.head) and not is_weak(part.head))
    is_open = not head or made or head.endswith(("等", "年产"))
    is_open = is_open or (amount.measure == "counter" and bool(made_last(head)))
    is_given_to = amount.measure == "counter" and re.search(r"[为向对给让使]$", part.left)
    if is_given_to and len(follows) >= 2:
        return follows, amount.end + _reach(part.after, follows)
    if is_open and len(follows) >= 2 and not _is_verb_phrase(follows):
        is_countable = amount.measure == "counter" or not head or made or is_made(part.left)
        if head == "年产":
            return f"{head}{follows}", amount.end + _reach(part.after, follows)
        if is_countable or head.endswith("等"):
            new = "新增" if "新增" in (head or part.tail) and made else ""
            return f"{new}{follows}", amount.end + _reach(part.after, follows)
    if made and head:
        rest = re.sub(r"^(?:实现|完成|形成|力争|累计)+", "", head)
        is_thing = 2 <= len(rest) < len(head) or (len(head) >= 3 and not is_made(head[:-1]))
        return (rest if is_thing else ""), amount.end
    return _without_verb(head, is_count=amount.measure == "counter"), amount.end


def _reach(after: str, follows: str) -> int:
    return after.find(follows) + len(follows)


def _is_verb_phrase(words: str) -> bool:
    """Words after a number that are no thing: 增长5%, 达到."""
    return (
        re.match(r"(?:增长|达到|提高|下降|的目标|目标|规模$|标准|任务|水平|的规模)", words)
        is not None
    )


_MAKES = re.compile(
    r"(?:新改扩建|新建|改建|改造|建成(?!区)|新培育|培育|新引进|引进|打造|创建|新增|举办|引育|培养|安装|铺设|开展|选派|扶持|孵化|组建)+"
)
_REACHES = re.compile(r"^(?:[^，]{0,4}?)(?:实现|完成|形成|建成(?!区)|新建|改建|打造|培育)+(?=..)")


def _without_verb(head: str, *, is_count: bool) -> str:
    """培育高新技术企业 → 高新技术企业; 新增 stays, for it says that a flow is counted."""
    head = re.sub(r"^(?:累计|共计|合计|总计|再)+(?=..)", "", head)
    if head.startswith("新增"):
        return head
    if not is_count:
        return _REACHES.sub("", head)
    last = next(reversed(list(_MAKES.finditer(head))), None)
    if last is not None and len(head) - last.end() >= 2:
        if last.group() == "新增":
            return head if last.start() <= 4 else head[last.start() :]
        return head[last.end() :].lstrip('“”"')
    return after_made(head)


def _trimmed(metric: str) -> str:
    metric = tidy(metric)
    return metric.strip('，、的和与及“”"：:（）() ')[-LONGEST_NAME:].lstrip("、的和与及")


def _is_said(words: str, amount: Amount, part: Clause) -> bool:
    """Whether the words tie the number to what it measures; one in passing is left out."""
    if amount.comparator != "=" or amount.measure in ("share", "bare", "ratio"):
        return True
    if part.tail or is_made(part.head) or made_last(part.head):
        return True
    is_named = is_measure(part.head) or len(part.follows) < 3 or _is_verb_phrase(part.follows)
    if part.made:
        return amount.measure == "counter" or is_named
    if not part.head:
        is_listed = words[max(0, amount.start - 1) : amount.start] in ("、", "和")
        return bool(part.bracket) or len(thing(part.after)) >= (2 if is_listed else 3)
    if part.head.endswith("等") and part.after:
        return True
    return len(part.head) >= 2 and is_named


def _proposal(
    sentence: Sentence, said: Said, where: tuple[Under, Sense, str], carried: Carried
) -> Proposal:
    under, sense, text = where
    amount, part = said.amount, said.clause
    form = form_of(part, amount, said.metric)
    due, base_year, dated = year_at(sentence.text, amount.start, sense)
    if not dated and carried.year is not None:
        due, dated = carried.year, True
    is_past = sense.is_past or told(part.left) or told_before(sentence.text, amount.start)
    is_past = is_past or _is_over(due, dated, sense)
    start, end = sentence.places[part.start], sentence.places[said.end - 1] + 1
    is_rate = form == "growth"
    signs = set(said.signs)
    signs |= {"dated"} if dated else set()
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


def _is_over(due: int | None, dated: bool, sense: Sense) -> bool:
    """A number of a year before the plan begins is a fact."""
    border = sense.period.now or sense.period.first
    return dated and due is not None and border is not None and due < border
