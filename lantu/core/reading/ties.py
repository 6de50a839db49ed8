"""Ties: what a plan says around a promise — its territory, who answers for it, what belongs to it.

A scope is named in brackets beside a promise, or in the note of a table. Departments are named in
brackets after a sentence, or in the columns of a task list. Promises of one clause, and promises
about one thing, belong together.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, permutations

from lantu.core.reading.grids import Cell, Grid, grids
from lantu.core.reading.outline import Outline
from lantu.core.reading.records import Proposal


@dataclass(frozen=True, slots=True)
class Ties:
    """The ties of one promise. Names are as the plan prints them; `links` are codes or ids."""

    scope: str = ""
    lead: str = ""
    support: tuple[str, ...] = ()
    links: tuple[str, ...] = ()


def joined(first: Ties, second: Ties) -> Ties:
    """The ties of two promises that are one; of the second only what the first does not say."""
    support = _once(one for one in (*first.support, *second.support) if one != first.lead)
    return Ties(
        scope=first.scope or second.scope,
        lead=first.lead or second.lead,
        support=support,
        links=_once((*first.links, *second.links)),
    )


_FIGURES = ("target", "fact")
MOST_LINKS = 6  # a clause with more numbers is a list, whose items have little in common
TELLING = 10  # a number from which on it says by itself that two promises are one
BELOW = 60  # letters between a table and its note
FAR = 12  # letters between a promise and the bracket that says its territory
LONGEST = 30  # letters of a department's name
_STOP = re.compile(r"[。！？!?]|\n\s*\n")
_CLAUSE = re.compile(r"[，,。；;！？!?、：:]|\n\s*\n")
_AREA = r"(?:区域|片区|园区|地区|辖区|城区|街道|乡镇|新区|[县市区镇乡])"
_SCOPE = (
    rf"(?:不含|不包括|不包含|未含|剔除|扣除|含|包括|包含)\s?[^\s，,。；;、()（）\d]{{1,16}}?{_AREA}"
)
_BESIDE = re.compile(rf"[(（]\s*(?:均|都)?(?P<scope>{_SCOPE})\s*[)）]")
_NOTE = re.compile(
    rf"(?:所有|全部|各项?|以上|上述|表中|本表)\S{{0,6}}(?:指标|数据|数值|数字)\S{{0,4}}?(?P<scope>{_SCOPE})"
)
_LEADS = r"牵头(?:责任)?(?:单位|部门|领导机构)?|第一责任单位|主要责任单位|主办单位"
_SHARES = r"(?:配合|协同|协办|参与|参加|支持)(?:责任)?(?:单位|部门)?"
_BOTH = (
    r"(?:主要|主体)?责任(?:单位|部门|主体)|主管(?:单位|部门)|实施(?:单位|部门)|承办单位|落实单位"
)
_ROLE = re.compile(rf"(?P<lead>{_LEADS})|(?P<share>{_SHARES})|(?P<both>{_BOTH})")
_NAMED = re.compile(
    rf"[(（【\[]\s*(?P<told>(?:{_LEADS}|{_BOTH})\s*[:：][^()（）【】\[\]]{{2,300}})[)）】\]]"
)
_BY = re.compile(
    r"[(（](?:由)?(?P<lead>[^()（），,。；;：:]{2,30}?)牵头(?:[，,、；;](?P<share>[^()（）。；;：:]{2,200}?)(?:配合|参与|协同))?"
    r"(?:负责)?[)）]"
)
# 固定资产投资增长7%。（区发展改革委、财政局，各镇政府）: offices alone, behind the stop.
_OFFICES = re.compile(r"[。；]\s*[(（](?P<told>[^()（）。]{2,200})[)）]\s*(?=\n|$)")
_OFFICE = re.compile(
    r"[一-龥]{0,16}(?:局|委|办|厅|部|处|院|政府|管委会|办公室|中心|公司|单位|集团|街道|联社|联合会|银行|支队|大队|办事处)"
)
_INSIDE = re.compile(r"[〔\[【][^〔〕\[\]【】]{1,12}[〕\]】]")
_APART = re.compile(r"[、，,/\s]+")
_REST = re.compile(r"等?(?:相关|有关)?(?:单位|部门)?(?:按职责分工负责|分工负责|负责|等)?$")
_GROWS = re.compile(r"(?:年均)?(?:增速|增长率?|增幅|增加值增速)$")
_BLANK = re.compile(r"\s+")


def ties(text: str, found: Sequence[Proposal]) -> list[Ties]:
    """The ties of every proposal, in their order; what the text does not say is empty."""
    tables = grids(text)
    scopes, owners = _scopes(text, found, tables), _owners(text, found, tables)
    links = _links(text, found)
    return [
        replace(
            owners[at] if one.kind != "project" else Ties(),
            scope=scopes[at] if one.kind != "project" else "",
            links=tuple(sorted(links[one.id])),
        )
        for at, one in enumerate(found)
    ]


def _scopes(text: str, found: Sequence[Proposal], tables: Sequence[Grid]) -> list[str]:
    """A bracket right beside the promise, else the note of its table."""
    beside = [(m.start(), m.end(), m["scope"]) for m in _BESIDE.finditer(text)]
    starts = [start for start, _, _ in beside]
    noted = _notes(text, found, tables)
    scopes = []
    for one in found:
        at = bisect_left(starts, one.start)
        near = beside[at] if at < len(beside) else None
        is_near = near is not None and _is_beside(text, one, near[0])
        scope = near[2] if near and is_near else noted.get(one.id, "")
        scopes.append(_BLANK.sub("", scope))
    return scopes


def _is_beside(text: str, one: Proposal, start: int) -> bool:
    return start < one.end or (
        start <= one.end + FAR and _CLAUSE.search(text[one.end : start]) is None
    )


def _notes(text: str, found: Sequence[Proposal], tables: Sequence[Grid]) -> dict[str, str]:
    """What the note below a table says of all figures that stand in it, by proposal."""
    noted: dict[str, str] = {}
    outline: Outline | None = None
    for note in _NOTE.finditer(text):
        outline = outline or Outline(text)
        title, above = outline.at(note.start()).table, _above(note.start(), tables)
        for one in found:
            is_titled = bool(title) and one.table == title and one.start < note.start()
            is_above = above is not None and above[0] <= one.start < above[1]
            if one.kind in _FIGURES and (is_titled or is_above):
                noted.setdefault(one.id, note["scope"])
    return noted


def _above(note: int, tables: Sequence[Grid]) -> tuple[int, int] | None:
    """First and last place of the table right above a note."""
    spans = ((one.spans[0][0], one.spans[-1][1]) for one in tables if one.spans)
    return next((span for span in spans if span[1] <= note <= span[1] + BELOW), None)


def _owners(text: str, found: Sequence[Proposal], tables: Sequence[Grid]) -> list[Ties]:
    """Who is named after the sentence of each proposal, or in its row."""
    owned: dict[int, Ties] = {}
    starts = [one.start for one in found]
    stops = [match.end() for match in _STOP.finditer(text)]
    for start, who in _named(text):
        first = _begin(text, stops, start)
        for at in range(bisect_left(starts, first), bisect_left(starts, start)):
            owned.setdefault(at, who)
    for first, last, who in _in_rows(tables):
        for at in range(bisect_left(starts, first), bisect_right(starts, last)):
            owned.setdefault(at, who)
    return [owned.get(at, Ties()) for at in range(len(found))]


def _begin(text: str, stops: Sequence[int], start: int) -> int:
    """Where the sentence begins after which a bracket stands, be it before or after the stop.

    In a work list the bracket speaks of its whole paragraph, which begins after a line break.
    """
    line = text.rfind("\n", 0, start) + 1
    at = bisect_right(stops, start) - 1
    while at >= 0 and not text[stops[at] : start].strip():
        at -= 1
    sentence = stops[at] if at >= 0 else 0
    return min(line, sentence) if text[line:start].strip() else sentence


def _named(text: str) -> Iterator[tuple[int, Ties]]:
    for match in _NAMED.finditer(text):
        yield match.start(), told(match["told"])
    for match in _BY.finditer(text):
        support = _names(match["share"] or "")
        yield match.start(), Ties(lead=match["lead"].strip(), support=support)
    for match in _OFFICES.finditer(text):
        offices = _names(_INSIDE.sub("", match["told"]))
        if offices and all(_OFFICE.fullmatch(one) for one in offices):
            yield match.start("told"), Ties(lead=offices[0], support=offices[1:])


def told(words: str) -> Ties:
    """Lead and support from the words of a bracket: 牵头单位：甲；配合单位：乙、丙.

    Of those that are only called responsible the first leads.
    """
    roles = list(_ROLE.finditer(words))
    lead: list[str] = []
    support: list[str] = []
    for role, after in zip(roles, [*roles[1:], None], strict=True):
        names = _names(words[role.end() : after.start() if after else len(words)])
        if role["share"]:
            support += names
        else:
            lead += names
    rest = [*lead[1:], *support]
    return Ties(
        lead=lead[0] if lead else "", support=_once(one for one in rest if one not in lead[:1])
    )


def _names(words: str) -> tuple[str, ...]:
    plain = _BLANK.sub("", words).strip("：:；;，,、。")
    parts = (_REST.sub("", one) for one in re.split(r"[、，,/；;]", plain))
    return _once(one for one in parts if 2 <= len(one) <= LONGEST)


def _once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _in_rows(tables: Sequence[Grid]) -> Iterator[tuple[int, int, Ties]]:
    """First and last place of each row of a task list, with whom its columns name."""
    for grid in tables:
        columns: dict[int, str] = {}
        for row in grid.rows if grid.is_exact else ():
            heads = _heads(row)
            if heads:
                columns = heads
            elif columns and max(columns) < len(row):
                words = "；".join(
                    f"{head}：{row[at].text}"
                    for at, head in columns.items()
                    if row[at].text.strip()
                )
                who = told(words)
                if who.lead or who.support:
                    yield min(cell.start for cell in row), max(cell.end for cell in row), who


def _heads(row: Sequence[Cell]) -> dict[int, str]:
    plain = [_BLANK.sub("", cell.text) for cell in row]
    return {at: head for at, head in enumerate(plain) if len(head) <= 8 and _ROLE.match(head)}


def _links(text: str, found: Sequence[Proposal]) -> dict[str, set[str]]:
    """Promises of one clause, and targets about one thing: both ways."""
    links: dict[str, set[str]] = defaultdict(set)
    projects = {one.id for one in found if one.kind == "project"}
    for group in (*_of_clauses(text, found), *_of_one_thing(found)):
        if 2 <= len(group) <= MOST_LINKS:
            for one, other in permutations(group, 2):
                if not {one, other} <= projects:  # a plan folder keeps links at promises
                    links[one].add(other)
    return links


def _of_clauses(text: str, found: Sequence[Proposal]) -> Iterator[list[str]]:
    stops = [match.start() for match in _CLAUSE.finditer(text)]
    clauses: dict[int, list[str]] = defaultdict(list)
    for one in found:
        if one.kind in ("target", "project") and not one.table:
            clauses[bisect_right(stops, max(one.start, one.end - 1))].append(one.id)
    yield from clauses.values()


def _of_one_thing(found: Sequence[Proposal]) -> Iterator[list[str]]:
    """Pairs of targets that a text says twice: of one name, or of one number with alike names.

    Two numbers of one name, form and year are two things. A small number is no sign by itself:
    many things are three.
    """
    names: dict[str, list[Proposal]] = defaultdict(list)
    numbers: dict[tuple[object, ...], list[Proposal]] = defaultdict(list)
    for one in found:
        if one.kind == "target" and len(metric := _thing(one)) > 1:
            names[metric].append(one)
            if one.value is not None and (one.value >= TELLING or one.value % 1):
                numbers[one.value, one.unit, one.target_year, one.form].append(one)
    for group in names.values():
        if len(group) <= MOST_LINKS:
            yield from _pairs(group, _is_same_thing)
    for group in numbers.values():
        yield from _pairs(group, _ends_alike)


def _thing(one: Proposal) -> str:
    return _GROWS.sub("", _BLANK.sub("", one.metric))


def _pairs(
    group: Sequence[Proposal], belong: Callable[[Proposal, Proposal], bool]
) -> Iterator[list[str]]:
    for first, second in combinations(group, 2):
        if belong(first, second):
            yield [first.id, second.id]


def _is_same_thing(one: Proposal, other: Proposal) -> bool:
    is_one_number = (one.value, one.unit) == (other.value, other.unit)
    return is_one_number or (one.form, one.target_year) != (other.form, other.target_year)


def _ends_alike(one: Proposal, other: Proposal) -> bool:
    return _thing(one).endswith(_thing(other)) or _thing(other).endswith(_thing(one))
