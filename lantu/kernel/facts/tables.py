"""Figures as tables: the columns, and a series as csv and json.

A zone may have figures by the million, and what many of them have alike (unit, source, scope) is
written out once. The form is that of `export.as_csv` and `export.as_json`.
"""

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TypeVar

from lantu.kernel.facts.export import as_csv, as_json, csv_cells, json_text
from lantu.kernel.facts.queries import Alike, Figure, PrintedSeries

_K = TypeVar("_K")
HEADS = (
    "id", "indicator", "subject", "period", "value", "unit", "kind", "scope", "scope_note",
    "vintage", "source_title", "source_url", "published_on", "known_on", "superseded", "reason",
)  # fmt: skip
_ALIKE = HEADS.index("unit")
EMPTY = as_csv(HEADS, []), as_json(HEADS, [])


def cells(figures: Iterable[Figure]) -> list[tuple[object, ...]]:
    """The data of figures, in the order of HEADS."""
    return [
        (
            one.id, one.indicator, one.subject, one.period, one.value, one.unit, one.kind,
            one.scope, one.scope_note, one.vintage, one.source_title, one.source_url,
            one.published_on, one.known_on, "yes" if one.is_superseded else "no", one.reason,
        )
        for one in figures
    ]  # fmt: skip


def series_tables(series: PrintedSeries) -> tuple[bytes, bytes]:
    """The figures of one series as csv, with the mark by which Excel knows it, and as json."""
    named = (series.indicator, series.subject)
    of_csv, of_json = csv_cells(named), _members(HEADS[1:3], named)
    when, rest = _Kept(_when), _Kept(_rest)
    lines = [
        f"{number},{of_csv},{when[period][0]},{value},{rest[alike][0]}\r\n"
        for number, period, _, _, value, alike in series.figures
    ]
    members = [
        f'{{"id": {number}, {of_json}, "period": {when[period][1]}, "value": "{value}",'
        f" {rest[alike][1]}}}"
        for number, period, _, _, value, alike in series.figures
    ]
    table = EMPTY[0] + "".join(lines).encode()
    return table, ("[\n" + ",\n".join(members) + "\n]\n").encode()


class _Kept(dict[_K, tuple[str, str]]):
    """What something is as csv and as json, made once."""

    def __init__(self, make: Callable[[_K], tuple[str, str]]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, key: _K) -> tuple[str, str]:
        found = self[key] = self._make(key)
        return found


@lru_cache(maxsize=4096)
def _when(period: str) -> tuple[str, str]:
    return csv_cells([period]), json_text(period)


@lru_cache(maxsize=4096)
def _rest(alike: Alike) -> tuple[str, str]:
    texts = (
        alike.unit, alike.kind, alike.scope, alike.scope_note, alike.vintage, alike.source_title,
        alike.source_url, alike.published_on, alike.known_on,
        "yes" if alike.is_superseded else "no", alike.reason,
    )  # fmt: skip
    return csv_cells(texts), _members(HEADS[_ALIKE:], texts)


def _members(heads: Iterable[str], texts: Iterable[object]) -> str:
    pairs = zip(heads, texts, strict=True)
    return ", ".join(f'"{head}": {json_text(text)}' for head, text in pairs)
