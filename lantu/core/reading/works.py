"""Works: the projects of boxes and of project tables."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from lantu.core.figures.decimals import printed
from lantu.core.reading.grids import Cell, Grid
from lantu.core.reading.outline import Outline, Under, is_project_box
from lantu.core.reading.prose import WIDTH, Sentence
from lantu.core.reading.records import Proposal

_NUMBERING = re.compile(
    r"^(?:[（(]?\d{1,3}[)）.、．]\s*|[①-⑳]|[—一\-·•●◆]+\s*|[（(][一二三四五六七八九十]+[)）])"
)
_NAME = re.compile(r"^(?P<name>[^。:：]{2,40})[。:：]")
_MONEY = (
    r"(?<![\d,])(?P<value>\d[\d,]{0,19}(?:\.\d{1,10})?)(?:多|余)?(?P<unit>亿元|万元|亿美元|亿|万)"
)
_TOTAL = re.compile(
    rf"(?:总投资|投资总额|计划投资|概算投资|匡算投资)(?:额|约需|约为|约|合计|计划约|计划|预计|为|需|达|共)*{_MONEY}"
)
_INVESTMENT = re.compile(rf"投资(?:额|约需|约为|约|合计|计划约|计划|预计|为|需|达|共)*{_MONEY}")
_LED = re.compile(r"[^。，,；;：:]{2,14}(?:项目|工程)[:：]")
_PHASE = re.compile(r"(?:[一二三四]期|首期|子项|单体)[^，。；]{0,30}$|[一二三四]期.{0,40}$")
_AREA = re.compile(
    r"(?:占地|用地|建筑|建设|房屋|规划)(?:总)?(?:面积|规模)?(?:约|为|达)*(?P<area>\d[\d,.]*(?:万平方米|平方米|平方公里|亩|公顷|m²|㎡))"
    r"|(?:利用|新购|新增|征地|占用)[^，。；\d]{0,6}(?P<bought>\d[\d,.]*(?:亩|公顷))"
)
_BY = re.compile(r"(?:到|至)?(20\d\d)年(?:\d{1,2}月)?(?:末|底|前)?")
_SPAN = re.compile(r"(20\d\d)年?(?:\.\d{1,2})?[-—–~～至]{1,2}(20\d\d)年?")
_START = re.compile(r"(20\d\d)年(?:\d{1,2}月)?(?:底|前)?(?:开工|启动|动工)")
_CAPACITY = re.compile(
    r"年产(?:能)?\s*\d[\d.]*(?:百|千)?[万亿]?(?:吨|台套|台|套|件|米|平方米|立方米|辆|支|只|片|条|元|双|千瓦|兆瓦|吉瓦时)"
    r"|(?:日处理|年处理|设计规模|处理规模|处理能力|装机容量|装机规模|装机|床位)(?:约|为|达|能力)*\d[\d.]*万?(?:吨/日|吨/天|立方米/日|吨|立方米|千瓦|兆瓦|张)"
)
_OWNER = re.compile(
    r"(?:责任单位|牵头单位|实施单位|建设单位|业主|承建单位|实施主体|责任部门)[:：为]?(?P<named>[^，,。；;（）()]{2,30})"
    r"|由(?P<by>[^，,。；;（）()]{2,24}?(?:公司|集团|研究院|学院|大学|管委会|委员会|局|中心|院))(?:负责|投资|新增|建设|实施|承建|牵头|承担)"
    r"|(?:^|[。，])(?P<firm>[^，,。；;（）()]{4,24}(?:有限公司|股份公司|有限责任公司))(?:自主|投资|建设|新增|实施|承建)"
)


def projects(
    text: str, outline: Outline, prose: Sequence[Sentence], tables: Sequence[Grid]
) -> Iterator[Proposal]:
    """One for each paragraph of a box that begins with a name, and each row of a project table."""
    for name, under, words in _paragraphs(text, outline, prose):
        yield _project(text, name, under, words)
    for grid in tables:
        yield from _of_table(text, outline, grid)


@dataclass(frozen=True, slots=True)
class _Name:
    words: str
    start: int
    end: int
    until: int  # letters of the sentence up to its end, its number included


def _paragraphs(
    text: str, outline: Outline, prose: Sequence[Sentence]
) -> Iterator[tuple[_Name, Under, str]]:
    """The name and the words of every project: a paragraph, or a bold lead within one."""
    name: _Name | None = None
    place = Under()
    words: list[str] = []
    begun = 0
    for sentence in prose:
        first = sentence.places[0]
        begun = first - 3 if sentence.is_first else begun
        # An odd count of marks since the paragraph began: the sentence opens in bold.
        is_bold = text[max(0, first - 3) : first].rstrip().endswith("**")
        is_bold = is_bold and text.count("**", max(0, begun), first) % 2 == 1
        is_bold = is_bold or (name is not None and _LED.match(sentence.text) is not None)
        if not (sentence.is_first or is_bold):
            words.append(sentence.text)
            continue
        if name is not None:
            yield name, place, "".join(words)
        place = outline.at(sentence.places[0])
        name, words = _named(sentence) if is_project_box(place) else None, []
        if name is not None:
            words = [sentence.text[name.until :].lstrip("。:：")]
    if name is not None:
        yield name, place, "".join(words)


def _named(sentence: Sentence) -> _Name | None:
    """The name at the beginning of a sentence, without its number."""
    numbered = _NUMBERING.match(sentence.text)
    first = numbered.end() if numbered else 0
    match = _NAME.match(sentence.text[first:])
    if match is None or match["name"].startswith(("专栏", "表", "注", "第", "来源")):
        return None
    last = first + len(match["name"])
    return _Name(match["name"], sentence.places[first], sentence.places[last - 1] + 1, last)


def _project(text: str, name: _Name, under: Under, words: str) -> Proposal:
    everything = f"{name.words}。{words}"
    area, capacity = _AREA.search(words), _CAPACITY.search(everything)
    start, finish = _years(words)
    return Proposal(
        kind="project",
        form="milestone" if finish else "task",
        metric=name.words,
        project=name.words,
        chapter=under.chapter,
        section=under.section,
        table=under.table or None,
        start=name.start,
        end=name.end,
        quote=text[name.start : name.end],
        investment=_investment(words),
        area=(area["area"] or area["bought"]) if area else "",
        capacity=capacity.group() if capacity else "",
        start_year=start,
        finish_year=finish,
        target_year=finish,
        owner=_owner(words),
        confidence=0.9 if name.words.endswith(_KINDS) else 0.8,
    )


_KINDS = (
    "项目",
    "工程",
    "园",
    "基地",
    "中心",
    "平台",
    "建设",
    "二期",
    "一期",
    "港",
    "院",
    "学校",
    "小学",
)


def _years(words: str) -> tuple[int | None, int | None]:
    """The years in which a project begins and is done."""
    if span := _SPAN.search(words):
        return int(span[1]), int(span[2])
    begun = _START.search(words)
    named = [one for one in _BY.findall(words) if begun is None or one != begun[1]]
    return (int(begun[1]) if begun else None), (int(named[-1]) if named else None)


def _investment(words: str) -> Decimal | None:
    """What a project costs as a whole; a phase, or one of several sums, is not the whole."""
    if match := _TOTAL.search(words):
        return in_hundred_millions(match["value"], match["unit"])
    found = list(_INVESTMENT.finditer(words))
    if len(found) != 1 or _PHASE.search(words[: found[0].start()]):
        return None
    return in_hundred_millions(found[0]["value"], found[0]["unit"])


def in_hundred_millions(value: str, unit: str) -> Decimal | None:
    """亿元, from 万元 or 亿元; None for money of another country."""
    if "美元" in unit:
        return None
    number = printed(value)
    return number if unit.startswith("亿") else number / 10_000


def _owner(words: str) -> str:
    match = _OWNER.search(words)
    return next((one for one in match.groups() if one), "") if match else ""


_COLUMNS = (
    ("name", re.compile(r"项目名称|工程名称|^项目$|^名称$|重点项目")),
    ("money", re.compile(r"投资")),
    ("years", re.compile(r"年限|起止|建设期|工期|时间|年份")),
    ("what", re.compile(r"建设内容|内容|规模|建设地点及内容")),
    ("owner", re.compile(r"责任|建设单位|实施单位|牵头|业主|主体|部门")),
)


def _of_table(text: str, outline: Outline, grid: Grid) -> Iterator[Proposal]:
    """The rows of a table of projects: name, content, investment, years, owner."""
    columns: dict[str, int] = {}
    unit = "万元"
    for row, span in zip(grid.rows, grid.spans, strict=True):
        found = _columns(row)
        if found:
            columns, unit = found, _money_unit(row, found, text[max(0, span[0] - 80) : span[0]])
        elif columns and grid.is_exact:
            if re.fullmatch(r"[（(]?[一二三四五六七八九十]+[)）]?", row[0].text.strip()):
                continue  # the sum of a group
            cells = {key: row[at] for key, at in columns.items() if at < len(row)}
            project = _row_project(text, outline.at(span[0]), cells, unit)
            if project is not None:
                yield project


def is_of_projects(grid: Grid) -> bool:
    """Whether a table lists projects rather than indicators."""
    return any("money" in _columns(row) for row in grid.rows[:4])


def _columns(row: Sequence[Cell]) -> dict[str, int]:
    found: dict[str, int] = {}
    for at, cell in enumerate(row):
        plain = re.sub(r"\s", "", cell.text)
        key = next((name for name, words in _COLUMNS if words.search(plain)), None)
        if key is not None and key not in found and len(plain) <= 16:
            found[key] = at
    is_head = "name" in found and len(found) >= 2 and ("money" in found or "what" in found)
    return found if is_head else {}


def _money_unit(row: Sequence[Cell], columns: dict[str, int], above: str) -> str:
    """亿元 or 万元, from the head of the column or the line above the table."""
    head = row[columns["money"]].text if "money" in columns else ""
    match = re.search(r"亿元|万元", head) or re.search(r"单位[:：]\s*(?:人民币)?(亿元|万元)", above)
    return re.sub(r"单位[:：]|\s|人民币", "", match.group()) if match else "万元"


def _row_project(text: str, under: Under, cells: dict[str, Cell], unit: str) -> Proposal | None:
    name, money = cells["name"], cells.get("money")
    if len(name.text.strip()) < 3 or re.match(
        r"合计|总计|小计|[一二三四五六七八九十]、", name.text
    ):
        return None
    digits = re.search(r"\d[\d,]*(?:\.\d+)?", money.text.translate(WIDTH)) if money else None
    what = " ".join(cells[key].text for key in ("what", "years") if key in cells)
    start, finish = _years(re.sub(r"(20\d\d)(?!\d|年)", r"\1年", what.translate(WIDTH)))
    capacity, area = _CAPACITY.search(what), _AREA.search(what)
    end = name.start + len(name.text)
    return Proposal(
        kind="project", form="milestone" if finish else "task", metric=name.text.strip(),
        project=name.text.strip(), chapter=under.chapter, section=under.section,
        table=under.table or None, start=name.start, end=end, quote=text[name.start : end],
        investment=in_hundred_millions(digits.group(), unit) if digits else None,
        area=(area["area"] or area["bought"]) if area else "",
        capacity=capacity.group() if capacity else "", start_year=start, finish_year=finish,
        target_year=finish, owner=cells["owner"].text.strip() if "owner" in cells else "",
        confidence=0.9,
    )  # fmt: skip
