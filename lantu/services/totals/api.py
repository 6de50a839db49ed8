"""Totals of areas over HTTP. Public, read only."""

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils.timezone import localdate
from ninja import Field, Query, Router, Schema

from lantu.core.errors import Refused
from lantu.core.figures.decimals import shown
from lantu.services.totals import queries
from lantu.services.totals.queries import Cell, Row
from lantu.ui.api import MISSING, IsoDay, Slug

router = Router(tags=["totals"])
Name = Annotated[str, Field(max_length=120, pattern=r"^[^\x00]*$")]


class AreaOut(Schema):
    """An area, the one above it, and how many zones lie in it, those of areas below it too."""

    slug: str
    name: dict[str, str]
    upper: str | None
    invented: bool
    zones: int


class TotalsCell(Schema):
    """A total; decimals are text. `value` is null where a zone is unknown.

    `at_least` is what it is at least, where nothing can be below zero. `known` is what the known
    zones come to: `whole` of `of` zones are known for the whole period, `partly` for some months.
    """

    period: str
    value: str | None
    at_least: str | None
    known: str | None
    whole: int
    partly: int
    of: int


class TotalsRow(Schema):
    kind: Literal["area", "zone"]
    slug: str
    name: dict[str, str]
    depth: int
    cells: list[TotalsCell]


class TotalsOut(Schema):
    """Totals of an area and all that lies in it, from the top down."""

    area: str
    invented: bool
    indicator: str
    unit: str
    over_areas: str
    over_time: str
    scopes: list[str]
    figures_without_scope: int
    periods_of_several_scopes: int
    figures_in_another_unit: int
    rows: list[TotalsRow]


class TotalsAsked(Schema):
    """`year` is for quarters and months; the last with figures where it is left out."""

    indicator: Name
    grain: Literal["year", "quarter", "month"] = "year"
    year: Annotated[int, Field(ge=1900, le=2200)] | None = None
    scope: Annotated[str, Field(max_length=60, pattern=r"^[^\x00]*$")] = ""
    known_on: IsoDay | None = None


@router.get("/areas", response=list[AreaOut], summary="All areas")
def area_list(request: HttpRequest) -> Any:
    return [
        {"slug": one.area.slug, "name": {"zh": one.area.zh, "en": one.area.en},
         "upper": one.area.upper.slug if one.area.upper else None,
         "invented": one.area.invented, "zones": one.zones}
        for one in queries.areas(localdate())
    ]  # fmt: skip


@router.get("/areas/{slug}/totals", response={200: TotalsOut, **MISSING})
def area_totals(request: HttpRequest, slug: Slug, asked: Query[TotalsAsked]) -> Any:
    question = queries.Asked(
        asked.indicator, asked.grain, asked.year, asked.scope, localdate(), asked.known_on
    )
    page = queries.page(slug, question)
    if page is None or page.table is None:
        raise Refused(f"There are no totals of {asked.indicator} in {slug}.")
    table = page.table
    return {
        "area": slug, "invented": page.area.invented, "indicator": table.kind.name,
        "unit": table.kind.unit, "over_areas": table.kind.areas, "over_time": table.kind.time,
        "scopes": list(table.scopes), "figures_without_scope": table.unscoped,
        "periods_of_several_scopes": table.mixed, "figures_in_another_unit": table.other_unit,
        "rows": [_row(one, [str(period) for period in table.periods]) for one in table.rows],
    }  # fmt: skip


def _row(one: Row, periods: list[str]) -> dict[str, Any]:
    return {
        "kind": "zone" if one.zone else "area", "slug": one.named.slug, "depth": one.depth,
        "name": {"zh": one.named.zh, "en": one.named.en},
        "cells": [_cell(*pair) for pair in zip(periods, one.cells, strict=True)],
    }  # fmt: skip


def _cell(period: str, one: Cell) -> dict[str, Any]:
    total = one.total
    numbers = {"value": total.value, "at_least": total.at_least, "known": total.known}
    return {
        "period": period, "whole": total.whole, "partly": total.partly, "of": total.of,
        **{key: None if found is None else shown(found) for key, found in numbers.items()},
    }  # fmt: skip
