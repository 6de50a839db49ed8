"""Figures as tables: the columns, and a series as csv and json.

A zone may have figures by the million, and what many of them have alike (unit, source, scope) is
written out once. The form is that of `export.as_csv` and `export.as_json`.
"""

from collections.abc import Iterable
from functools import lru_cache

from lantu.kernel.facts.export import as_csv, as_json, csv_cells, json_text
from lantu.kernel.facts.queries import Figure, Printed

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


def series_tables(figures: Iterable[Printed]) -> tuple[bytes, bytes]:
    """The figures of one series as csv, with the mark by which Excel knows it, and as json."""
    lines, members = [], []
    rest: dict[tuple[object, ...], tuple[str, str]] = {}
    for row in figures:
        number, indicator, subject, period, value = row[:_ALIKE]
        of_csv, of_json = _named(indicator, subject, period)
        alike = row[_ALIKE:]
        if alike not in rest:
            rest[alike] = _rest(*alike)
        then_csv, then_json = rest[alike]
        lines.append(f"{number},{of_csv},{value},{then_csv}\r\n")
        members.append(f'{{"id": {number}, {of_json}, "value": "{value}", {then_json}}}')
    table = EMPTY[0] + "".join(lines).encode()
    return table, ("[\n" + ",\n".join(members) + "\n]\n").encode()


@lru_cache(maxsize=4096)
def _named(*texts: str) -> tuple[str, str]:
    return csv_cells(texts), _members(HEADS[1:4], texts)


def _rest(*columns: str | int | None) -> tuple[str, str]:
    *alike, replaced_by, reason = columns
    texts = (*alike, "no" if replaced_by is None else "yes", reason)
    return csv_cells(texts), _members(HEADS[_ALIKE:], texts)


def _members(heads: Iterable[str], texts: Iterable[object]) -> str:
    pairs = zip(heads, texts, strict=True)
    return ", ".join(f'"{head}": {json_text(text)}' for head, text in pairs)
