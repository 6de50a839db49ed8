"""Metrics: the name of what a number counts or measures, from the words around it."""

import re
from dataclasses import dataclass, field

from lantu.core.reading.bounds import Amount
from lantu.core.reading.clauses import (
    Clause,
    after_made,
    is_endowed,
    is_made,
    is_measure,
    is_weak,
    made_last,
    parsed,
    thing,
    tidy,
    without_joints,
)

LONGEST_NAME = 28


SINCE = re.compile(
    r"在(?:19|20)\d\d年(?:末|底)?的?基础之?上再?|"
    r"[较比](?:(?:19|20)\d\d年(?:末|底|期)?|目前)的\d[^，,。；;（）()]{1,30}?(?=$|分别|继续|下降|降低|减少|提高|增长|增加|上升|削减|压减)|"
    r"[较比](?:“?十.五”?(?:末|期末|时期)?|(?:19|20)\d\d年(?:末|底)?|上年|基期|现状|目前|全[国省市]平均)"
    r"|(?:年均)?(?:增速|增长|增幅)?(?:高于|低于|快于)全[国省市县区](?:平均)?(?:水平|增速)?"
)


@dataclass(slots=True)
class Carried:
    """What a paragraph has said so far."""

    topic: str = ""  # a project, or the words that begin the paragraph
    metric: str = ""
    subject: str = ""
    year: int | None = None
    by_unit: dict[str, str] = field(default_factory=dict)
    thing: str = ""  # what a clause before has named: 青临高速公路，全长86公里
    listed: tuple[str, ...] = ()  # names that 分别 gave numbers to
    tail: str = ""  # verbs of the number before, for the others of a list


def metric_of(
    words: str, amount: Amount, part: Clause, carried: Carried, *, in_box: bool
) -> tuple[str, int, frozenset[str]]:
    """What is counted or measured, where the words end, and how it was found."""
    name, end = _own_name(amount, part)
    name = "" if name in ("其余", "剩余") else name
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
    same = carried.by_unit.get(amount.unit, "") if amount.measure == "counter" else ""
    before = _clause_before(words, part.start) or same or carried.metric
    if not name:
        return _trimmed(before or (carried.topic if in_box else "")), end, frozenset({"carried"})
    topic = before if name.startswith("占") else carried.topic or carried.thing
    if not in_box and name in _AREA_NAMES and carried.metric in words[: part.start]:
        topic = carried.metric  # 建设孵化器15家，面积50万平方米
    if not topic:
        topic = carried.thing = _thing_before(words, part.start)
    if not topic and name in _OF_THE_SAME:
        topic = carried.metric  # 生产总值年均增长8%，总量突破280亿元
    return _trimmed(_joined(topic, name)), end, frozenset({"weak_name"})


def _joined(topic: str, name: str) -> str:
    """装备产业 and 产业规模 are 装备产业规模."""
    twice = next((size for size in (3, 2) if name[:size] == topic[-size:]), 0)
    return topic + (name[twice:] if len(name) > twice else name)


_AREA_NAMES = ("面积", "总面积", "建筑面积", "占地面积")
_OF_THE_SAME = ("总量", "总额", "总规模", "规模")
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
    match = re.search(
        r"([^，,；;。：:（()）]{3,30})[，,](?:使其|使|并|其|力争|争取|确保|预计)*$", window
    )
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
    head = SINCE.sub("", part.head).strip('、“”"的和与')
    head = re.sub(
        r"(?<=[\u4e00-\u9fff]{2})(?:(?:[三五十\d]年)?累计)?(?:完成|实现|预计)+$", "", head
    )
    head = re.sub(r"^(?:坚决|牢牢|严格|在|对|向|针对)$", "", head)
    head = re.sub(r"(?:实现)?翻[一两二三]?番$", "", head)
    if _STAGE.fullmatch(head) and not part.follows:
        return "", amount.end  # 建设住房80万平方米，竣工30万平方米
    follows = thing(part.follows)
    made = is_made(f"{part.head}{part.tail}") if part.head else bool(part.tail)
    made = made or (bool(part.head) and is_made(part.head) and not is_weak(part.head))
    is_described = re.search(r"\d[^\d]{1,6}的$", part.left) and amount.measure == "counter"
    if is_described and len(follows) >= 2:
        return follows, amount.end + _reach(part.after, follows)  # 总投资35亿元的80项工程
    is_open = not head or made or head.endswith(("等", "年产"))
    is_open = is_open or (amount.measure == "counter" and bool(made_last(head)))
    is_open = is_open or (amount.measure == "counter" and is_row(head, follows))
    is_given_to = amount.measure == "counter" and (
        is_endowed(part)
        or _GIVEN_TO.search(part.left)
        or (_FOR_EACH.match(part.head) and not part.head.endswith(("数", "量")))
    )
    if is_given_to and part.follows and len(follows) >= 2:
        return follows, amount.end + _reach(part.after, follows)
    if is_open and len(follows) >= 2 and not is_verb_phrase(follows):
        is_countable = amount.measure == "counter" or not head or made or is_made(part.left)
        if head == "年产":
            return f"{head}{follows}", amount.end + _reach(part.after, follows)
        if is_countable or head.endswith("等") or is_row(head, follows):
            new = "新增" if "新增" in (head or part.tail) and made else ""
            return f"{new}{follows}", amount.end + _reach(part.after, follows)
    if made and head:
        rest = re.sub(r"^(?:实现|完成|形成|力争|累计)+", "", head)
        is_thing = 2 <= len(rest) < len(head) or (len(head) >= 3 and not is_made(head[:-1]))
        return (rest if is_thing else ""), amount.end
    return _without_verb(head, is_count=amount.measure == "counter"), amount.end


def is_row(head: str, follows: str) -> bool:
    """Names in a row before the count of what they are: 建设甲、乙、丙3个水库."""
    return "、" in head and len(follows) >= 3 and not is_measure(head)


_STAGE = re.compile(r"(?:年内)?(?:新?开工(?:建设)?|续建|竣工|在建|基本建成|建成|完工|完成|开工)+")
_GIVEN_TO = re.compile(r"(?:[为向对给让使](?:全[市区县州省]|我[市区县州省])?|[少都均配设拥]有)$")
_FOR_EACH = re.compile(r"(?:每|各)[^\d]{1,10}$")  # 每校至少配备1名教师


def _reach(after: str, follows: str) -> int:
    return after.find(follows) + len(follows)


def is_verb_phrase(words: str) -> bool:
    """Words after a number that are no thing: 增长5%, 达到."""
    return (
        re.match(
            r"(?:分别|增长|达到|提高|下降|的目标|目标|规模$|标准(?!化)|新?台阶|大关|任务(?=$)|水平|的规模)",
            words,
        )
        is not None
    )


MAKES = re.compile(
    r"(?:新改扩建|新建|改建|改造|建成(?!区)|新培育|培育|新引进|引进|打造|创建|新增|新?开通(?!率)|举办|引育|培养|安装|铺设|开展|选派|扶持|孵化|组建)+"
)


_REACHES = re.compile(
    r"^(?:推动|促进|力促|确保)(?=..)|^[县区市镇乡村]建设(?=..)|^(?:[^，]{0,4}?)(?:实现|完成|形成|建成(?!区)|新建|改建|打造|培育|开工建设|续建|竣工)+(?=..)"
)


def _without_verb(head: str, *, is_count: bool) -> str:
    """培育高新技术企业 → 高新技术企业; 新增 stays, for it says that a flow is counted."""
    head = re.sub(r"^(?:累计|共计|合计|总计|再(?=新|建|增))+(?=..)", "", head)
    if head.startswith("新增"):
        return head
    if not is_count:
        return _REACHES.sub("", head)
    last = next(reversed(list(MAKES.finditer(head))), None)
    if last is not None and len(head) - last.end() >= 2:
        if last.group() == "新增":
            return head if last.start() <= 4 else head[last.start() :]
        return head[last.end() :].lstrip('“”"')
    return after_made(head)


# What leads to the number and is no part of the name: 利用外资三年(累计), 发生率由(11.2%).
_LEFT_OVER = re.compile(r"(?<=[\u4e00-\u9fff]{2})(?:[一二三四五六七八九十两\d]+年|由|从|自)$")


def _trimmed(metric: str) -> str:
    metric = _LEFT_OVER.sub("", tidy(metric))
    metric = without_joints(metric.strip('，、的与及“”"：:（）() '))[-LONGEST_NAME:]
    return without_joints(metric.lstrip("、的与及"))
