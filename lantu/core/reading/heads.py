"""Heads: what the columns of a table hold."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from lantu.core.reading.periods import Period, plan_of
from lantu.core.reading.prose import WIDTH

_ROLES = (
    (
        "other",
        re.compile(r"序号|编号|备注|责任|牵头|部门|类别|分类|领域$|来源|层级|级别|编码|代码|范围"),
    ),
    ("nature", re.compile(r"属性|性质|类型")),
    ("growth", re.compile(r"年均|增速|增幅|增长率|年增长|增减|变化|^增长")),
    ("total", re.compile(r"累计")),
    ("unit", re.compile(r"单位")),
    ("name", re.compile(r"指标|名称|项目|内容")),
    ("target", re.compile(r"目标|规划|预期值|约束值")),
    ("base", re.compile(r"基数|现状|基期|完成|实际|预计|基准|实绩")),
)
_YEAR = re.compile(r"((?:19|20)\d\d)")
_END = re.compile(r"[“\"]?十(?P<number>[一二三四五六])五[”\"]?(?:规划|时期)?(?:期?末|目标)")
LONGEST_HEAD = 30
UNKNOWN = Period()


@dataclass(frozen=True, slots=True)
class Column:
    """What the head of a column of numbers says, whatever part the column has in a promise."""

    place: int
    is_growth: bool
    is_goal: bool
    year: int | None


@dataclass(frozen=True, slots=True)
class Heads:
    """The roles of the columns by place, and the years that they name."""

    roles: dict[int, str]
    base_year: int | None = None
    target_year: int | None = None
    is_mixed: bool = False  # a column that holds growth or totals
    later: tuple[tuple[int, int], ...] = ()  # columns of goals beyond the plan, with their year
    columns: tuple["Column", ...] = ()  # all columns of numbers, as they are named

    def place_of(self, role: str) -> int | None:
        """Where the first column of a role stands."""
        return next((at for at, one in self.roles.items() if one == role), None)

    @property
    def values(self) -> list[int]:
        """The columns of numbers, in order."""
        return sorted(
            place for place, role in self.roles.items()
            if role in ("base", "target", "growth", "former", "later")
        )  # fmt: skip


def heads(cells: Sequence[str], period: Period = UNKNOWN) -> Heads | None:
    """The roles of the columns, where a row names them; the plan's years tell goal and base."""
    if single := _single(cells):
        return single
    roles: dict[int, str] = {}
    years: dict[int, int] = {}
    for place, cell in enumerate(cells):
        plain = re.sub(r"\s", "", cell).translate(WIDTH)
        if not plain or len(plain) > LONGEST_HEAD:
            continue
        role = _role(plain)
        found = _YEAR.findall(plain) or _ends(plain)
        if role not in ("growth", "nature", "unit", "other", "total") and found:
            years[place] = int(found[-1])
            role = role if role in ("target", "base") else "year"
        if role == "name" and "name" in roles.values():
            role = "other" if len(plain) < 4 else role
        if role is not None:
            roles[place] = role
    if "name" not in roles.values() or len(roles) < 2:
        return None
    mixed = any("累计" in cell and roles.get(place) == "growth" for place, cell in enumerate(cells))
    columns = tuple(_columns(roles, years, cells))
    dated = _dated(roles, years, period, cells, is_mixed=mixed)
    return None if dated is None else replace(dated, columns=columns)


_GOAL = re.compile(r"目标|规划|预期值|约束值")
_RESULT = re.compile(r"完成|实际|实绩|现状|达到|预计")


def _columns(
    roles: dict[int, str], years: dict[int, int], cells: Sequence[str]
) -> Iterator[Column]:
    """The columns of numbers. A head that spans several stands over the first of them only."""
    is_goal = False
    for place, role in sorted(roles.items()):
        if role in ("name", "nature", "unit", "other"):
            continue
        if role != "growth" or _GOAL.search(cells[place]) or _RESULT.search(cells[place]):
            is_result = _RESULT.search(re.sub(r"目标|规划", "", cells[place])) is not None
            is_goal = _GOAL.search(cells[place]) is not None and not is_result
        yield Column(place, role == "growth", is_goal, years.get(place))


def _single(cells: Sequence[str]) -> Heads | None:
    """The head of a table of two columns that says all of it: 2030年主要指标."""
    if len(cells) != _PAIR or cells[1].strip() or not _WHOLE_HEAD.search(cells[0]):
        return None
    years = _YEAR.findall(cells[0])
    return Heads({0: "name", 1: "target"}, None, int(years[-1]) if years else None)


_PAIR = 2
_WHOLE_HEAD = re.compile(r"(?:指标|目标)(?:如下|[,，]?其中)?[:：]?\s*$")


def _ends(plain: str) -> list[int]:
    """The year in which a period ends that a head names: “十三五”末."""
    return [plan_of(one) for one in _END.finditer(plain)]


def _role(plain: str) -> str | None:
    """What a head says of its column; 指标（单位） is a name that carries its unit."""
    bare = re.sub(r"[(（](?:计量)?单位[)）]", "", plain) or plain
    return next((name for name, words in _ROLES if words.search(bare)), None)


def _dated(
    roles: dict[int, str],
    years: dict[int, int],
    period: Period,
    cells: Sequence[str],
    *,
    is_mixed: bool,
) -> Heads | None:
    """The first year is the base's, the plan's last the target's; a later one is further off."""
    _one_name(roles)
    target = _target(roles, years, period.end or period.now)
    if target is not None:
        roles[target] = "target"
        limit = years.get(target, 9999)
        before = [at for at in years if at != target and years[at] <= limit]
        base = _base(before, roles, years, (cells, period.first))
        for place in before:
            roles[place] = "base" if place == base else "former"
    due = years.get(target, 9999) if target is not None else 9999
    for place, role in list(roles.items()):
        if place != target:
            roles[place] = _other(role, is_later=years.get(place, 0) > due)
    if "growth" not in roles.values() and "total" in roles.values():
        _rename(roles, "total", "growth")
        is_mixed = True
    _one(roles, "growth", last=True)
    _one(roles, "base", last=True)
    if not {"target", "growth"} & set(roles.values()):
        return None
    by_role = {role: years[place] for place, role in roles.items() if place in years}
    later = tuple((place, years[place]) for place, role in roles.items() if role == "later")
    return Heads(roles, by_role.get("base"), by_role.get("target"), is_mixed, later)


def _other(role: str, *, is_later: bool) -> str:
    """The role of a column beside the goal's: of a later year, or of a former plan."""
    if is_later and role in ("year", "target", "base"):
        return "later"
    return "former" if role in ("year", "target") else role


def _rename(roles: dict[int, str], old: str, new: str) -> None:
    for place, role in roles.items():
        if role == old:
            roles[place] = new


def _target(roles: dict[int, str], years: dict[int, int], last_year: int | None) -> int | None:
    """The column of the goal: of the plan's last year, named a goal, or of the latest year."""
    of_plan = [at for at, year in years.items() if year == last_year]
    named = [at for at, role in roles.items() if role == "target"]
    both = [at for at in of_plan if at in named]
    if both or of_plan:
        return (both or of_plan)[-1]
    if named:
        return max(named, key=lambda at: (years.get(at, 0), at))
    open_years = {at: year for at, year in years.items() if roles.get(at) != "base"}
    return max(open_years, key=lambda at: (open_years[at], at)) if open_years else None


def _base(
    before: list[int],
    roles: dict[int, str],
    years: dict[int, int],
    told: tuple[Sequence[str], int | None],
) -> int | None:
    """The column of the base: a result rather than a former goal, the latest before the plan.

    `told`: the heads, and the first year of the plan; a year within the plan is a step on the way.
    """
    cells, first = told
    results = [at for at in before if not re.search(r"目标|规划", cells[at])]
    choice = results or before
    begun = [at for at in choice if first is None or years[at] < first]
    choice = begun or [at for at in choice if roles.get(at) == "base"]
    return max(choice, key=lambda at: (roles.get(at) == "base", years[at], at)) if choice else None


def _one_name(roles: dict[int, str]) -> None:
    """Of several columns of names the last is the name, the others its groups."""
    named = [at for at, role in sorted(roles.items()) if role == "name"]
    for place in named[:-1]:
        roles[place] = "other"


def _one(roles: dict[int, str], role: str, *, last: bool) -> None:
    places = sorted(at for at, one in roles.items() if one == role)
    for place in places[:-1] if last else places[1:]:
        roles[place] = "former"
