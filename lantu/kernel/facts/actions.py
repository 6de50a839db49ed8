"""Acts on figures. Nothing here changes or deletes one."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import islice

from django.db import transaction
from django.utils import timezone

from lantu.core.errors import ContentError, Refused
from lantu.core.figures import english
from lantu.core.figures.decimals import shown
from lantu.core.plans.records import Observed
from lantu.core.plans.tables import observation
from lantu.core.sheets.reading import Sheet
from lantu.core.sheets.report import Report, RowReport
from lantu.kernel.access.actions import record
from lantu.kernel.access.models import User, Zone
from lantu.kernel.facts.models import Indicator, Observation
from lantu.kernel.facts.spreadsheet import kind_named, read
from lantu.kernel.registry.actions import ensure_subjects

BATCH = 2_000
# What a figure does not take over from the one that it supersedes.
_OWN = {"id", "entered_at", "entered_by_id", "entered_from", "key", "supersedes_id"}
NOT_REPORTED = {"", "-", "—", "——", "–", "…", "……", "...", "N/A", "n/a", "无", "暂无", "/"}


@transaction.atomic
def import_file(
    zone: Zone,
    content: bytes,
    *,
    name: str,
    by: User | None,
    scopes: Sequence[str] = (),
    whole: bool = True,
    dry_run: bool = False,
) -> Report:
    """Take the figures of a csv or xlsx file, and report on every row.

    With `whole`, one refused row holds all others back. Repeating an import changes nothing.
    Raises ContentError where the file as a whole cannot be read.
    """
    sheet = read(content, name)
    report = Report(name, dry_run, notes=list(sheet.notes))
    sound = list(_sound(zone, sheet, report, scopes))
    if whole and report.refused:
        report.rows += [RowReport(line, "held-back", where) for line, where, _ in sound]
    else:
        _take(zone, sound, report, by=by, dry_run=dry_run)
    report.rows.sort(key=lambda row: row.row)
    taken = report.counts.get("taken", 0)
    if taken and not dry_run:
        after = {**report.counts, "sha256": hashlib.sha256(content).hexdigest()}
        record(
            zone=zone, by=by, act="import", object_type="observations", object_key=name, after=after
        )
    return report


def _sound(
    zone: Zone, sheet: Sheet, report: Report, scopes: Sequence[str]
) -> Iterator[tuple[int, str, Observed]]:
    for line, where, row in sheet.rows:
        try:
            _refuse_unreported(row, where, line in sheet.merged)
            meant = {**row, "kind": kind_named(row["kind"])}
            found = observation(meant, where, invented=zone.invented)
            _refuse_ahead(found, where)
            if found.scope and scopes and found.scope not in scopes:
                raise ContentError(
                    where, f"The scope {found.scope!r} is not known.", f"Use: {', '.join(scopes)}."
                )
            yield line, where, found
        except ContentError as error:
            report.rows.append(RowReport(line, "refused", error.where, error.what, error.remedy))


def _refuse_unreported(row: dict[str, str], where: str, is_merged: bool) -> None:
    if row["value"] in NOT_REPORTED:
        shown_as = f"`{row['value']}`" if row["value"] else "empty"
        raise ContentError(
            where,
            f"The value is {shown_as}: not reported. Unknown is not zero, so nothing is taken.",
            "Leave the row out until the figure is known.",
        )
    if is_merged and not all(row[key] for key in ("indicator", "subject", "period")):
        raise ContentError(
            where, "The row has merged cells, so some of its cells are empty.", "Unmerge them."
        )


def _refuse_ahead(found: Observed, where: str) -> None:
    """What is in the record is public at once, so a figure comes in on its day and not before."""
    today = timezone.localdate()
    published = found.published_on
    if published[:10] > today.isoformat()[: len(published)]:
        raise ContentError(
            where, f"It is published on {published}, which lies ahead.", "Take it in on that day."
        )
    if found.known_on is not None and found.known_on > today:
        raise ContentError(
            where, f"It is known on {found.known_on}, which lies ahead.", "Take it in on that day."
        )


def import_observed(
    zone: Zone, rows: Iterable[Observed], *, source: str, by: User | None
) -> Report:
    """Take figures that were read from a plan folder. The caller's act is what the ledger notes."""
    report = Report(source)
    numbered = [(line, row.where, row) for line, row in enumerate(rows, 2)]
    _take(zone, numbered, report, by=by, dry_run=False)
    return report


def _take(
    zone: Zone,
    rows: list[tuple[int, str, Observed]],
    report: Report,
    *,
    by: User | None,
    dry_run: bool,
) -> None:
    keys = [figure_key(row) for _, _, row in rows]
    known = _known(zone, keys)
    fresh: list[tuple[str, Observed]] = []
    for key, (line, where, row) in zip(keys, rows, strict=True):
        report.rows.append(RowReport(line, "known" if key in known else "taken", where))
        if key not in known:
            known.add(key)
            fresh.append((key, row))
    if fresh and not dry_run:
        _insert(zone, fresh, by)


def _known(zone: Zone, keys: list[str]) -> set[str]:
    known: set[str] = set()
    rest = iter(keys)
    while batch := list(islice(rest, 500)):
        known |= set(
            Observation.objects.filter(zone=zone, key__in=batch).values_list("key", flat=True)
        )
    return known


def _insert(zone: Zone, fresh: list[tuple[str, Observed]], by: User | None) -> None:
    subjects = ensure_subjects(zone, (row.subject for _, row in fresh))
    indicators = _indicators(zone, {row.indicator for _, row in fresh})
    Observation.objects.bulk_create(
        (
            Observation(
                zone=zone,
                indicator=indicators[row.indicator],
                subject=subjects[row.subject],
                period=str(row.period),
                first_day=date(row.period.start_year, row.period.start_month, 1),
                last_day=row.period.last_day,
                kind=row.kind,
                value=row.value,
                unit=row.unit,
                scope=row.scope,
                scope_note=row.scope_note,
                vintage=row.vintage,
                source_title=row.source_title,
                source_url=row.source_url,
                published_on=row.published_on,
                known_on=row.known_on,
                key=key,
                entered_by=by,
                entered_from=row.where[:300],
            )
            for key, row in fresh
        ),
        batch_size=BATCH,
    )


def _indicators(zone: Zone, names: set[str]) -> dict[str, Indicator]:
    found = {one.zh: one for one in Indicator.objects.filter(zone=zone, zh__in=names)}
    missing = [
        Indicator(zone=zone, zh=name, en=english.name(name) or "")
        for name in sorted(names - found.keys())
    ]
    return found | {one.zh: one for one in Indicator.objects.bulk_create(missing)}


def figure_key(row: Observed) -> str:
    """What makes two rows the same figure: everything but the wording of notes."""
    parts = (
        row.indicator,
        row.subject,
        str(row.period),
        row.kind,
        shown(row.value),
        row.unit,
        row.scope,
        row.vintage,
        row.source_url,
        row.published_on,
        str(row.known_on or ""),
    )
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


@transaction.atomic
def supersede(
    observation: Observation, *, value: Decimal, reason: str, known_on: date, by: User
) -> Observation:
    """Put a new figure in the place of one that was wrong; the old one is kept.

    Raises Refused without a reason, for a day that lies ahead, or where it was superseded before.
    """
    if not reason.strip():
        raise Refused("A figure is superseded only with a reason. Say what was wrong with it.")
    if known_on > timezone.localdate():
        raise Refused(f"{known_on} lies ahead. A correction is public at once: enter it that day.")
    if Observation.objects.filter(supersedes=observation).exists():
        raise Refused("This figure was superseded before. Supersede the newer one.")
    fields = {
        field.attname: getattr(observation, field.attname)
        for field in Observation._meta.concrete_fields
        if field.attname not in _OWN
    }
    fields |= {"value": value, "reason": reason.strip(), "known_on": known_on}
    digest = hashlib.sha256(f"{observation.key}\x1f{shown(value)}\x1f{known_on}".encode())
    new = Observation.objects.create(
        **fields, key=digest.hexdigest(), supersedes=observation, entered_by=by, entered_from=""
    )
    record(
        zone=observation.zone,
        by=by,
        act="supersede",
        object_type="observation",
        object_key=str(observation.pk),
        before={"value": shown(observation.value)},
        after={"value": shown(value), "observation": new.pk},
        note=reason,
    )
    return new
