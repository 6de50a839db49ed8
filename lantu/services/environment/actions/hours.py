"""Acts on air stations, their hourly values, and the results that follow from them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from lantu.core.errors import ContentError, Refused
from lantu.core.figures.decimals import shown
from lantu.core.figures.periods import Period
from lantu.core.plans.records import Observed
from lantu.core.rules.engines import computed
from lantu.core.rules.methods import Method, named
from lantu.kernel.access.actions import record
from lantu.kernel.access.models import User, Zone
from lantu.kernel.facts.actions import import_observed, supersede
from lantu.kernel.facts.models import Observation
from lantu.kernel.facts.report import Report, RowReport
from lantu.kernel.methods.actions import About, keep_run, note_published
from lantu.kernel.methods.snapshots import SERVICES, keep, kept
from lantu.services.environment import daily
from lantu.services.environment.incoming import BEIJING, Given, csv_values, reading
from lantu.services.environment.models import Batch, Station
from lantu.services.environment.series import Reading, Stored, opened, store

GOOD_DAYS = "优良天数比率"
RATIO, INDEX = "environment.good_day_ratio", "environment.aqi"


@dataclass(frozen=True, slots=True)
class Behind:
    """A run behind a published share before it is entered: what went in, what came out."""

    method: Method
    topic: str
    inputs: Any
    results: Any


@transaction.atomic
def import_hours(
    zone: Zone,
    content: bytes,
    *,
    name: str,
    by: User | None,
    ends: bool = False,
    corrects: bool = False,
    dry_run: bool = False,
) -> Report:
    """Take the hourly values of a csv file and report on every one.

    `ends`: times name the end of the hour. `corrects`: values that differ from known ones take
    their place (confirmed after provisional ones); without it they are refused. Nothing that came
    in before is changed, and repeating an import changes nothing.
    """
    return take(
        zone, csv_values(content, name), name=name, by=by, ends=ends, corrects=corrects,
        dry_run=dry_run,
    )  # fmt: skip


@transaction.atomic
def take(
    zone: Zone,
    values: Iterable[Given],
    *,
    name: str,
    by: User | None,
    ends: bool = False,
    corrects: bool = False,
    dry_run: bool = False,
) -> Report:
    """Take values however they came, and compute the days that they touch anew."""
    report = Report(name, dry_run)
    stations = {one.code: one for one in Station.objects.filter(zone=zone, medium="air")}
    read: list[tuple[Given, Reading]] = []
    for given in values:
        try:
            found = reading(given, ends=ends)
            _refuse_place(found, given, stations)
            read.append((given, found))
        except ContentError as error:
            report.rows.append(
                RowReport(given.line, "refused", error.where, error.what, error.remedy)
            )
    fresh = _sorted_out(zone, read, report, corrects)
    report.rows.sort(key=lambda row: row.row)
    if fresh and not dry_run:
        _keep(zone, fresh, name, by, corrects, report)
    return report


def _refuse_place(found: Reading, given: Given, stations: Mapping[str, Station]) -> None:
    station = stations.get(found.station)
    if station is None:
        raise ContentError(
            given.where,
            f"There is no air station {found.station[:40]!r}.",
            f"Use one of: {', '.join(sorted(stations)) or 'none yet'}.",
        )
    day = found.hour.date()
    if day < station.since or (station.until is not None and day > station.until):
        raise ContentError(
            given.where,
            f"The station {station.code} was not in operation on {day}.",
            "Mend the time, or the station's dates.",
        )
    now = datetime.now(BEIJING).replace(tzinfo=None)
    if found.hour > now:
        raise ContentError(
            given.where, f"{given.time} is in the future.", "Set the station's clock."
        )


def _sorted_out(
    zone: Zone, read: list[tuple[Given, Reading]], report: Report, corrects: bool
) -> list[Reading]:
    """What is new. Equal values are known; different ones for one hour are refused."""
    known = _known(zone, [one for _, one in read])
    fresh: dict[tuple[str, datetime, str], Reading] = {}
    for given, one in read:
        before = fresh.get(one.place) or (None if corrects else known.get(one.place))
        if before is None and known.get(one.place) != one:
            fresh[one.place] = one
            report.rows.append(RowReport(given.line, "taken", given.where))
        elif before is None or before == one:
            report.rows.append(RowReport(given.line, "known", given.where))
        else:
            report.rows.append(
                RowReport(
                    given.line,
                    "refused",
                    given.where,
                    f"There is already {before.text or 'a gap'} for {one.hour:%Y-%m-%d %H:%M}; "
                    f"now {one.text or 'a gap'}.",
                    "Mend the clock; import confirmed values as corrections.",
                )  # fmt: skip
            )
    return list(fresh.values())


def _known(zone: Zone, read: list[Reading]) -> dict[tuple[str, datetime, str], Reading]:
    if not read:
        return {}
    first, last = min(one.hour for one in read), max(one.hour for one in read)
    paths = batch_paths(zone, first, last)
    if not paths:
        return {}
    rows = (
        opened(paths)
        .raw_sql(
            "SELECT station, hour, item, text, value, unit, mark FROM series "
            f"WHERE hour BETWEEN TIMESTAMP '{first}' AND TIMESTAMP '{last}'"
        )
        .fetchall()
    )
    return {(row[0], row[1], row[2]): Reading(*row) for row in rows}


def batch_paths(zone: Zone, first: datetime, last: datetime) -> list[str]:
    """The files of the batches that have hours in a span."""
    found = Batch.objects.filter(
        zone=zone, first_hour__lte=_aware(last), last_hour__gte=_aware(first)
    )
    return list(found.order_by("number").values_list("path", flat=True))


def _aware(hour: datetime) -> datetime:
    return hour.replace(tzinfo=BEIJING).astimezone(UTC)


def _keep(
    zone: Zone,
    fresh: list[Reading],
    name: str,
    by: User | None,
    corrects: bool,
    report: Report,
) -> None:
    number = next_number(zone)
    stored = store(zone.slug, number, fresh)
    hours = [one.hour for one in fresh]
    add_batch(
        zone, stored, number=number, source=name, rows=len(fresh), first=min(hours),
        last=max(hours), corrects=corrects, counts=report.counts, by=by,
    )  # fmt: skip
    report.notes += daily.recompute(zone, min(hours).date(), max(hours).date())


def next_number(zone: Zone) -> int:
    """The number of the next batch of a zone."""
    last = Batch.objects.filter(zone=zone).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def add_batch(
    zone: Zone,
    stored: Stored,
    *,
    number: int,
    source: str,
    rows: int,
    first: datetime,
    last: datetime,
    by: User | None,
    corrects: bool = False,
    counts: Mapping[str, int] | None = None,
) -> Batch:
    """Note a batch that was written; from here on its values count."""
    batch = Batch.objects.create(
        zone=zone,
        number=number,
        path=stored.path,
        sha256=stored.sha256,
        source=source[:200],
        rows=rows,
        first_hour=_aware(first),
        last_hour=_aware(last),
        corrects=corrects,
        entered_by=by,
    )
    after = {"sha256": stored.sha256, "rows": rows, "corrects": corrects, **(counts or {})}
    record(zone=zone, by=by, act="import", object_type="hours", object_key=source, after=after)
    return batch


def publish_good_days(zone: Zone, year: int, *, by: User | None, subject: str) -> Decimal:
    """Publish the zone's share of good days as a figure, which the plan's promises read.

    Raises Refused where the year is not over or has too few valid days. A figure that changed is
    superseded, never overwritten.
    """
    found = daily.good_days(zone, year)
    if found.ratio is None or not found.is_valid:
        raise Refused(
            f"{year} has {found.valid} valid days; a year needs {found.least}. "
            "Import the missing hours first."
        )
    value = found.ratio.quantize(Decimal("0.1"))
    before = _published(zone, year)
    if before is None or before.value != value:
        # The runs take a second or so, in which others can write: they are computed before.
        behind = [_days_behind(zone, found), _ratio_behind(zone, found)]
        _publish_found(zone, found, value, behind, by, subject)
    return value


def _published(zone: Zone, year: int) -> Observation | None:
    return Observation.objects.filter(
        zone=zone, source_url=_address(zone, year), indicator__zh=GOOD_DAYS,
        superseded_by__isnull=True,
    ).last()  # fmt: skip


def _address(zone: Zone, year: int) -> str:
    return f"/z/{zone.slug}/air/?year={year}"


@transaction.atomic
def _publish_found(
    zone: Zone,
    found: daily.GoodDays,
    value: Decimal,
    behind: list[Behind],
    by: User | None,
    subject: str,
) -> None:
    year, before = found.year, _published(zone, found.year)
    if before is not None and before.value == value:
        return  # somebody else has published it meanwhile
    if before is None:
        _publish(zone, year, value, _address(zone, year), subject, by)
    else:
        if by is None:
            raise Refused("A published figure is superseded only by a person.")
        reason = "Hourly values came in or were corrected."
        known = timezone.localdate()
        supersede(before, value=value, reason=reason, known_on=known, by=by)
    days, ratio = (_keep_run(zone, year, one, by) for one in behind)
    batches = Batch.objects.filter(zone=zone).values_list("sha256", flat=True)
    after = {
        "good": found.good,
        "valid": found.valid,
        "ratio": shown(value),
        "method": RATIO,
        "days": days,
        "run": ratio,
        "batches": list(batches),
    }
    record(
        zone=zone, by=by, act="publish", object_type="good-days", object_key=str(year), after=after
    )


def _days_behind(zone: Zone, found: daily.GoodDays) -> Behind:
    """Of the days that are counted: their means in, their index out."""
    return _behind(INDEX, daily.means(zone, found.year), "air", found.year)


def _ratio_behind(zone: Zone, found: daily.GoodDays) -> Behind:
    """Of the share: days in, share out, with the method's version and rule."""
    import pyarrow

    table = pyarrow.table(
        {"subject": [zone.slug], "period": [found.year], "good_days": [float(found.good)],
         "valid_days": [float(found.valid)]}
    )  # fmt: skip
    return _behind(RATIO, table, "good-days", found.year)


def _behind(method: str, table: Any, topic: str, year: int) -> Behind:
    rule = named(SERVICES, method)
    return Behind(rule, topic, table, computed(rule, kept(keep(table)), on=date(year, 12, 31)))


def _keep_run(zone: Zone, year: int, one: Behind, by: User | None) -> int:
    """Enter it as a published run; give its number."""
    about = About(f"{one.topic}/{year}", "published", _address(zone, year))
    run = keep_run(
        zone, one.method, inputs=one.inputs, results=one.results, on=date(year, 12, 31), by=by,
        draft=False, about=about,
    )  # fmt: skip
    return note_published(run, by=by).pk


def _publish(
    zone: Zone, year: int, value: Decimal, source: str, subject: str, by: User | None
) -> None:
    row = Observed(
        indicator=GOOD_DAYS, subject=subject, period=Period(year, 1, year, 12), value=value,
        unit="%", kind="level", scope="", scope_note="", vintage="年报",
        source_title="由小时监测数据计算", source_url=source,
        published_on="", known_on=date(year, 12, 31) + timedelta(days=1), where=source,
    )  # fmt: skip
    import_observed(zone, [row], source=source, by=by)
