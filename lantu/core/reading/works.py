"""Works: the projects of boxes."""

import re
from collections.abc import Iterator
from decimal import Decimal

from lantu.core.figures.decimals import printed
from lantu.core.reading.outline import Outline, Under, is_project_box
from lantu.core.reading.records import Proposal

_NAME = re.compile(r"^(?P<name>[^。:：]{2,40})[。:：]")
_INVESTMENT = re.compile(
    r"投资(?:总额|约需|约|合计|计划约|需)?\s*(?P<value>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>亿元|万元|亿|万)"
)
_AREA = re.compile(
    r"(?:占地|用地|建筑)(?:面积|规模)?(?:约)?(?P<area>\d[\d,.]*\s*(?:万?平方米|亩|公顷|m²))"
)
_BY = re.compile(r"(?:到|至)?\s*(20\d\d)\s*年(?:末|底)?")
_CAPACITY = re.compile(r"年产\s*\d[\d.]*\s*万?[^\s\d，,。]{1,4}")


def projects(text: str, outline: Outline) -> Iterator[Proposal]:
    """One for each paragraph of a box of projects that begins with a name and a stop."""
    start = 0
    for line in text.splitlines(keepends=True):
        for offset, part in _paragraphs(line, start):
            under = outline.at(offset)
            name = _NAME.match(part)
            is_heading = part.startswith(("专栏", "表"))
            if is_project_box(under) and name and "\t" not in line and not is_heading:
                yield _project(part, offset, name["name"], under)
        start += len(line)


def _paragraphs(line: str, start: int) -> Iterator[tuple[int, str]]:
    """A line, and every bold lead within it, may begin a project."""
    marks = [m.start() for m in re.finditer(r"\*\*", line)]
    places = [0, *(marks[i] for i in range(0, len(marks) - 1, 2) if marks[i] > 0)]
    for first, last in zip(places, [*places[1:], len(line)], strict=True):
        part = line[first:last].lstrip("* \t")
        if part.strip():
            yield start + first + line[first:last].index(part[0]), part.rstrip()


def _project(part: str, offset: int, name: str, under: Under) -> Proposal:
    plain = part.replace(" ", "")
    money, area, years = _INVESTMENT.search(plain), _AREA.search(plain), _BY.findall(plain)
    capacity = _CAPACITY.search(plain)
    return Proposal(
        kind="project",
        form="milestone" if years else "task",
        metric=name.strip(),
        project=name.strip(),
        chapter=under.chapter,
        section=under.section,
        table=under.table,
        start=offset,
        end=offset + len(name),
        quote=name,
        investment=_in_hundred_millions(money),
        area=area["area"] if area else "",
        capacity=capacity.group() if capacity else "",
        finish_year=int(years[-1]) if years else None,
        target_year=int(years[-1]) if years else None,
        confidence=0.85,
    )


def _in_hundred_millions(match: re.Match[str] | None) -> Decimal | None:
    if match is None:
        return None
    value = printed(match["value"])
    return value if match["unit"].startswith("亿") else value / 10_000
