"""Duties: the rows of a task list, a sentence each, due when their column says."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from lantu.core.reading.grids import Cell, Grid
from lantu.core.reading.narrative import Narrative
from lantu.core.reading.outline import Outline
from lantu.core.reading.periods import Period
from lantu.core.reading.prose import WIDTH, Sentence, sentences
from lantu.core.reading.records import Proposal

_WHAT = re.compile(r"任务|内容|举措|措施|事项")
_DUE = re.compile(r"时限|(?:完成|办结|截止)(?:时间|日期|年限)|时间节点")
_YEAR = re.compile(r"20\d\d(?=年|[.\-/]|$)")


def duties(
    text: str, outline: Outline, years: Period, tables: Sequence[Grid]
) -> Iterator[Proposal]:
    """What the rows of task lists promise and set going."""
    for grid in tables:
        columns: tuple[int, int] | None = None
        for row in grid.rows if grid.is_exact else ():
            found = _columns(row)
            if found is not None:
                columns = found
            elif columns is not None and max(columns) < len(row):
                what, due = row[columns[0]], row[columns[1]]
                yield from _of_row(what, due, Narrative(text, outline, years))


def is_of_duties(grid: Grid) -> bool:
    """Whether a table lists tasks with the day by which each is done."""
    return any(_columns(row) is not None for row in grid.rows[:4])


def _columns(row: Sequence[Cell]) -> tuple[int, int] | None:
    """The columns of the task and of its day, where a row names both; the last of 任务 and 内容."""
    heads = [re.sub(r"\s", "", cell.text) for cell in row]
    what = [at for at, head in enumerate(heads) if len(head) <= 8 and _WHAT.search(head)]
    due = [at for at, head in enumerate(heads) if len(head) <= 8 and _DUE.search(head)]
    return (what[-1], due[-1]) if what and due and what[-1] != due[-1] else None


def _of_row(what: Cell, due: Cell, narrative: Narrative) -> Iterator[Proposal]:
    """A year in the sentence itself goes before the one in the column."""
    named = _YEAR.findall(due.text.translate(WIDTH))
    year = int(named[-1]) if named else None
    for one in sentences(narrative.text[what.start : what.end]):
        places = tuple(what.start + at for at in one.places)
        moved = Sentence(one.text, places, one.is_first)
        is_told = re.search(r"20\d\d年", one.text) is not None
        for found in narrative.read(moved):
            yield found if is_told or year is None else replace(found, target_year=year)
