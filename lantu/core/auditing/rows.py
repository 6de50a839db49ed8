"""Rows of tables in any layout: base, target and growth of one row; totals over their rows."""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Final

from lantu.core.auditing import identities
from lantu.core.auditing.findings import Finding
from lantu.core.figures.decimals import printed, shown
from lantu.core.reading.prose import WRITTEN, Stated, Table
from lantu.core.reading.records import Proposal

_TOTAL: Final = re.compile(r"^(?:合计|总计|总和|共计)$")
_NUMBER: Final = re.compile(WRITTEN)
_LOOSE: Final = re.compile(r"[\[［〔(（\-−~约]$|左右|上下|[多余]")
_LEAST: Final = re.compile(r"[≥＞>]=?\s*$|以上|不低于|不少于|突破|超过")
_MOST: Final = re.compile(r"[≤＜<]=?\s*$|以下|以内|不超过|不高于|低于")
_SHARES: Final = ("%", "‰", "")


def growth(proposals: Iterable[Proposal], text: str, period: tuple[int, int]) -> Iterator[Finding]:
    """A row that prints base, target and mean growth."""
    for one in proposals:
        if one.kind != "target" or one.unit in _SHARES or one.form not in ("level", "floor"):
            continue
        if one.base_value is None or one.value is None or one.growth_pct is None:
            continue
        years = (one.target_year or period[1]) - (one.base_year or period[0] - 1)
        places = _places(text, one)
        if places is None or one.nature is None:
            continue
        base, target, rate = places
        signs = (_sign(text, rate), _sign(text, target))
        if "~" in signs:
            continue
        found = identities.growth(base, target, rate, years, signs=signs)
        if found is not None and found.result != "undetermined":
            yield found


def _places(text: str, one: Proposal) -> tuple[Stated, Stated, Stated] | None:
    """The three numbers of a row at their places; None where they are not printed once each."""
    assert one.base_value is not None and one.value is not None and one.growth_pct is not None
    found = []
    at = one.start
    for value, unit in ((one.base_value, one.unit), (one.value, one.unit), (one.growth_pct, "%")):
        match = _find(text, value, at, one.end)
        if match is None:
            return None
        found.append(Stated(value, unit, match.start(), match.end()))
        at = match.end()
    return found[0], found[1], found[2]


def _sign(text: str, stated: Stated) -> str:
    """How a printed number is bounded; ~ for about, for a total in brackets and for a fall."""
    assert stated.start is not None and stated.end is not None  # found in the text
    before = text[max(0, stated.start - 4) : stated.start].rpartition("\t")[2]
    after = re.match(r"\s*[%％]?\s*[^\s\d]{0,2}", text[stated.end : stated.end + 6])
    for pattern, sign in ((_LOOSE, "~"), (_MOST, "<="), (_LEAST, ">=")):
        if pattern.search(before) or (after and pattern.search(after.group())):
            return sign
    return "="


def _find(text: str, value: Decimal, start: int, end: int) -> re.Match[str] | None:
    for match in _NUMBER.finditer(text, start, end):
        if printed(match.group()) == value and match.group().replace(",", "") == shown(value):
            return match
    return None


def totals(tables: Sequence[Table]) -> Iterator[Finding]:
    """A row 合计 against the rows above it, where all print one number in the same unit."""
    for table in tables:
        for place, row in enumerate(table.rows):
            if not _TOTAL.match(re.sub(r"\s", "", row.name)) or len(row.numbers) != 1:
                continue
            above = table.rows[:place]
            if len(above) < 2 or any(len(one.numbers) != 1 for one in above):
                continue
            if any(_TOTAL.match(re.sub(r"\s", "", one.name)) for one in above):
                continue
            items = [one.numbers[0] for one in above]
            found = identities.parts(row.numbers[0], items, complete=True)
            if found is not None:
                yield found
