"""Acts on yearly figures. A figure is superseded, never changed."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from django.db import transaction

from lantu.core.errors import ContentError, Refused
from lantu.core.figures.decimals import shown
from lantu.core.sheets.report import Report, RowReport
from lantu.kernel.access.actions import record
from lantu.kernel.access.models import User, Zone
from lantu.kernel.registry.models import LegalEntity
from lantu.services.enterprises.items import items, ratio
from lantu.services.enterprises.models import Figure, FirmYear
from lantu.services.enterprises.sheet import Reported, of_row, opened, units_of

BATCH = 2_000
Key = tuple[int, int, str]  # entity, year, item


@transaction.atomic
def import_figures(
    zone: Zone,
    content: bytes,
    *,
    name: str,
    by: User | None,
    reason: str = "",
    whole: bool = True,
    dry_run: bool = False,
) -> Report:
    """Take the yearly figures of a file, and report on every row. Repeating it changes nothing.

    A figure that differs from the one in force supersedes it where a `reason` is given, and is
    refused where none is. With `whole`, one refused row holds all others back.
    """
    sheet, is_long = opened(content, name)
    report = Report(name, dry_run, notes=list(sheet.notes))
    units = None if is_long else units_of(sheet, name)
    entities = {
        one.code: one for one in LegalEntity.objects.filter(zone=zone).select_related("merged_into")
    }
    in_force = _in_force(zone)
    fresh: list[Reported] = []
    lines: dict[int, str] = {}
    seen: dict[Key, Decimal] = {}
    for line, where, cells in sheet.rows:
        try:
            sound = list(of_row(line, where, cells, units))
            new = [one for one in sound if _is_new(one, entities, in_force, seen, reason)]
        except ContentError as error:
            report.rows.append(RowReport(line, "refused", error.where, error.what, error.remedy))
            continue
        if new:
            lines[line] = where
            fresh += new
        else:
            report.rows.append(RowReport(line, "known", where))
    is_held = whole and bool(report.refused)
    outcome = "held-back" if is_held else "taken"
    report.rows += [RowReport(line, outcome, where) for line, where in lines.items()]  # type: ignore[arg-type]
    if fresh and not is_held and not dry_run:
        take(zone, fresh, entities, in_force, reason=reason, source=name, by=by)
        after = {**report.counts, "sha256": hashlib.sha256(content).hexdigest()}
        record(
            zone=zone, by=by, act="import", object_type="firm-figures", object_key=name,
            after=after, note=reason,
        )  # fmt: skip
    report.rows.sort(key=lambda row: row.row)
    return report


def _is_new(
    one: Reported,
    entities: dict[str, LegalEntity],
    in_force: dict[Key, Figure],
    seen: dict[Key, Decimal],
    reason: str,
) -> bool:
    """Whether a figure says something new. Raises ContentError where it may not be taken."""
    entity = entities.get(one.code)
    if entity is None:
        raise ContentError(
            one.where, f"The code {one.code} is not in the register.", "Enter the firm first."
        )
    if entity.merged_into is not None:
        raise ContentError(
            one.where,
            f"{entity.zh} was merged into {entity.merged_into.zh}.",
            f"Use the code {entity.merged_into.code}.",
        )
    key = (entity.pk, one.year, one.item)
    label = items()[one.item].label["zh"]
    if seen.setdefault(key, one.value) != one.value:
        raise ContentError(
            one.where, f"{label} of {one.year} stands twice with two values.", "Keep one of them."
        )
    known = in_force.get(key)
    if known is None or known.value == one.value:
        return known is None
    if not reason.strip():
        raise ContentError(
            one.where,
            f"{label} of {one.year} is {shown(known.value)} so far, not {shown(one.value)}.",
            "Give a reason for the import to supersede it, or leave the row out.",
        )
    return True


def _in_force(zone: Zone, ids: Iterable[int] | None = None) -> dict[Key, Figure]:
    """The figures in force. The order of ids is the order of entry, so the last one counts."""
    found = Figure.objects.filter(entity__zone=zone)
    if ids is not None:
        found = found.filter(entity_id__in=list(ids))
    return {(one.entity_id, one.year, one.item): one for one in found.order_by("pk")}


def take(
    zone: Zone,
    rows: list[Reported],
    entities: dict[str, LegalEntity],
    in_force: dict[Key, Figure],
    *,
    source: str,
    by: User | None,
    reason: str = "",
) -> None:
    """Enter figures that were checked. The caller's act is what the ledger notes."""
    made: dict[Key, Figure] = {}
    for one in rows:
        key = (entities[one.code].pk, one.year, one.item)
        known = in_force.get(key)
        made[key] = Figure(
            entity_id=key[0], year=one.year, item=one.item, value=one.value,
            unit=items()[one.item].unit, printed=one.printed, source=one.source or source,
            vintage=one.vintage, supersedes=known, reason=reason.strip() if known else "",
            entered_by=by,
        )  # fmt: skip
    Figure.objects.bulk_create(made.values(), batch_size=BATCH)
    refresh(zone, {key[:2] for key in made}, in_force | made)


def refresh(zone: Zone, pairs: set[tuple[int, int]], in_force: dict[Key, Figure]) -> None:
    """Make the yearly rows of these firms and years anew from the figures in force."""
    rows: dict[tuple[int, int], dict[str, Decimal]] = defaultdict(dict)
    for (entity, year, item), figure in in_force.items():
        if (entity, year) in pairs:
            rows[entity, year][item] = figure.value
    FirmYear.objects.bulk_create(
        (_row(zone, entity, year, figures) for (entity, year), figures in rows.items()),
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["entity", "year"],
        update_fields=["figures", "tax_per_mu", "tax_paid", "land_used", "revenue"],
    )


def _row(zone: Zone, entity: int, year: int, figures: dict[str, Decimal]) -> FirmYear:
    def sortable(value: Decimal | None) -> float | None:
        return None if value is None else float(value)

    return FirmYear(
        zone=zone,
        entity_id=entity,
        year=year,
        figures={key: shown(value) for key, value in figures.items()},
        tax_per_mu=sortable(ratio("tax_per_mu", figures)),
        **{key: sortable(figures.get(key)) for key in ("tax_paid", "land_used", "revenue")},
    )


@transaction.atomic
def correct_figure(
    entity: LegalEntity,
    year: int,
    item: str,
    value: Decimal,
    *,
    reason: str,
    source: str,
    by: User | None,
) -> Figure:
    """Put a figure in the place of one that was wrong, or where there was none.

    Raises Refused without a reason or source, for an item that is not known, a value that cannot
    be, or where the figure is the same.
    """
    kind = items().get(item)
    if kind is None or not reason.strip() or not source.strip():
        raise Refused("A correction names the item, the reason and the source. Fill in all three.")
    if kind.least is not None and value < kind.least:
        raise Refused(f"{kind.label['zh']} is {value:f}; it cannot be below {kind.least:f}.")
    in_force = _in_force(entity.zone, [entity.pk])
    known = in_force.get((entity.pk, year, item))
    if known is not None and known.value == value:
        raise Refused(f"{kind.label['zh']} of {year} is {shown(value)} already.")
    made = Figure.objects.create(
        entity=entity, year=year, item=item, value=value, unit=kind.unit, source=source.strip(),
        supersedes=known, reason=reason.strip() if known else "", entered_by=by,
    )  # fmt: skip
    refresh(entity.zone, {(entity.pk, year)}, in_force | {(entity.pk, year, item): made})
    record(
        zone=entity.zone, by=by, act="supersede", object_type="firm-figure",
        object_key=f"{entity.code} {year} {item}",
        before=None if known is None else {"value": shown(known.value)},
        after={"value": shown(value), "source": source}, note=reason,
    )  # fmt: skip
    return made
