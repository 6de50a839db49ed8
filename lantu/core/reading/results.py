"""Results: a row of a table of what a former plan reached, as facts."""

import re
from collections.abc import Iterator

from lantu.core.reading.celled import Number
from lantu.core.reading.confidence import confidence
from lantu.core.reading.grids import Cell
from lantu.core.reading.outline import Under
from lantu.core.reading.records import GOAL, Proposal
from lantu.core.reading.rows import Row, Shown

_SAYS_RATE = re.compile(r"(?:增长|增速|增幅|增长率|下降|降低|减少)$")


def results(row: Row, under: Under, text: str, name: tuple[str, str]) -> Iterator[Proposal]:
    """A row that sets a past goal beside its result: both are facts, and no promise.

    `name`: the metric and its unit.
    """
    metric, unit = name
    nature = nature_of(_last(row))
    for one in _numbers(row):
        number = Number(one.cell)
        if number.value is None or (unit == "" and _is_words(one.cell)):
            continue
        is_rate = one.is_growth and not number.is_total
        yield Proposal(
            kind="fact", tense="past", comparator=number.comparator or None, value=number.value,
            metric=f"{metric}增速" if is_rate and not _SAYS_RATE.search(metric) else metric,
            unit="%" if is_rate else unit or number.unit, nature=nature,
            target_year=one.year or row.target_year or row.base_year, chapter=under.chapter,
            section=under.section, table=under.table or None, start=row.start, end=row.end,
            quote=text[row.start : row.end], confidence=confidence({"table", "unsaid"}),
            id=GOAL if one.is_goal else "",
        )  # fmt: skip


def _numbers(row: Row) -> list[Shown]:
    """The numbers of a row; where no heads say which they are, all cells but its name."""
    if row.shown:
        return list(row.shown)
    name = row.cells["name"]
    others = [one for one in row.plain if one is not name and one.text.strip()]
    return [
        Shown(one, is_growth=False, is_goal=False, year=None)
        for one in others
        if one.start >= name.start
    ]


def _is_words(cell: Cell) -> bool:
    """Whether a cell holds a sentence with some number in it rather than a number."""
    return len(re.findall(r"[\u4e00-\u9fff]", cell.text)) > _MOST_WORDS


_MOST_WORDS = 6


def _last(row: Row) -> Cell | None:
    return next((cell for cell in reversed(row.plain) if cell.text), None)


def nature_of(cell: Cell | None) -> str | None:
    """What a cell says of how a number binds; None where it says nothing."""
    text = cell.text if cell else ""
    if "约" in text:
        return "binding"
    return "expected" if "预期" in text else None
