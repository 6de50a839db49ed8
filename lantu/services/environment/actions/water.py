"""Acts on samples of water: what was measured at a section in a month."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from lantu.core.errors import ContentError
from lantu.core.sheets.report import Report, RowReport
from lantu.kernel.access.actions import record
from lantu.kernel.access.models import User, Zone
from lantu.services.environment.models import Station, WaterSample
from lantu.services.environment.sampling import Sampled, opened, sampled


@transaction.atomic
def add_sample(
    station: Station, month: date, values: Mapping[str, str], *, source: str, by: User | None
) -> bool:
    """What was measured at a section in a month. False where the newest sample says the same."""
    before = WaterSample.objects.filter(station=station, month=month).order_by("pk").last()
    if before is not None and before.values == dict(values):
        return False
    terms: list[Any] = [station.code, month.isoformat(), dict(values)]
    # A correction may go back to what was said before: it stands after the one it corrects.
    terms += [] if before is None else [before.pk]
    key = hashlib.sha256(json.dumps(terms, sort_keys=True).encode()).hexdigest()
    _, is_new = WaterSample.objects.get_or_create(
        zone=station.zone, key=key,
        defaults={"station": station, "month": month, "values": dict(values), "source": source,
                  "entered_by": by},
    )  # fmt: skip
    return is_new


def note_samples(zone: Zone, count: int, *, source: str, by: User | None, **more: Any) -> None:
    """Leave one ledger entry for the samples of a file."""
    record(zone=zone, by=by, act="import", object_type="water", object_key=source,
           after={"rows": count, **more})  # fmt: skip


@transaction.atomic
def import_samples(
    zone: Zone,
    content: bytes,
    *,
    name: str,
    by: User | None,
    corrects: bool = False,
    dry_run: bool = False,
) -> Report:
    """Take the samples of a csv or xlsx file, a row for each section and month, and report.

    `corrects`: a sample that differs from a known one counts in its place; without it the row is
    refused. What came in before stays, and repeating an import changes nothing.
    Raises ContentError for a file that is no such table.
    """
    sheet, units = opened(content, name)
    report = Report(name, dry_run, notes=list(sheet.notes))
    known = _newest(zone)
    stations = _sections(zone)
    taken = 0
    for line, where, cells in sheet.rows:
        try:
            found = sampled(where, cells, units)
            station = _placed(found, where, stations)
            before = known.get((station.code, found.month))
            outcome = _held_against(before, found, where, corrects)
        except ContentError as error:
            report.rows.append(RowReport(line, "refused", error.where, error.what, error.remedy))
            continue
        known[station.code, found.month] = found.values
        report.rows.append(RowReport(line, outcome, where))
        if outcome == "taken" and not dry_run:
            taken += _keep(station, found, name, by)
    if taken:
        note_samples(zone, taken, source=name, by=by, corrects=corrects, **report.counts)
    return report


def _newest(zone: Zone) -> dict[tuple[str, date], dict[str, str]]:
    rows = WaterSample.objects.filter(zone=zone).order_by("pk")
    return {
        (code, month): values
        for code, month, values in rows.values_list("station__code", "month", "values")
    }


def _sections(zone: Zone) -> dict[str, Station]:
    """The sections by their code and by their Chinese name."""
    found = list(Station.objects.filter(zone=zone, medium__in=("river", "lake")).order_by("code"))
    return {one.zh: one for one in found} | {one.code: one for one in found}


def _placed(found: Sampled, where: str, stations: Mapping[str, Station]) -> Station:
    station = stations.get(found.section)
    if station is None:
        known = sorted({one.code for one in stations.values()})
        raise ContentError(
            where,
            f"There is no section {found.section[:40]!r}.",
            f"Use one of: {', '.join(known) or 'none yet'}.",
        )
    last = station.until
    is_before = found.month < station.since.replace(day=1)
    if is_before or (last is not None and found.month > last):
        raise ContentError(
            where,
            f"The station {station.code} was not in operation on {found.month}.",
            "Mend the time, or the station's dates.",
        )
    return station


def _held_against(
    before: Mapping[str, str] | None, found: Sampled, where: str, corrects: bool
) -> Any:
    if before is None or (corrects and before != found.values):
        return "taken"
    if before == found.values:
        return "known"
    differing = sorted(
        key for key in {*before, *found.values} if before.get(key) != found.values.get(key)
    )
    raise ContentError(
        where,
        f"There is another sample for {found.month:%Y-%m}; it differs in {', '.join(differing)}.",
        "Mend the row, or import the file as corrections.",
    )


def _keep(station: Station, found: Sampled, name: str, by: User | None) -> bool:
    source = found.source or name
    return add_sample(station, found.month, found.values, source=source, by=by)
