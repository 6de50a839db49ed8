"""Acts on the register. Names and merges are kept for good; the newest is in force."""

import hashlib
from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone

from lantu.core.errors import Refused
from lantu.core.figures import english
from lantu.core.sheets.reading import read
from lantu.core.sheets.report import Report, RowReport
from lantu.core.spelling import pinyin
from lantu.kernel.access.actions import record
from lantu.kernel.access.models import User, Zone
from lantu.kernel.registry.models import EntityName, LegalEntity, Merge, Subject
from lantu.kernel.registry.sheet import EntityRow, checked_code, columns, sound_rows

BATCH = 2_000


def ensure_subjects(zone: Zone, names: Iterable[str]) -> dict[str, Subject]:
    """The subjects of these names; new ones are made. The caller's act is what the ledger notes."""
    wanted = set(names)
    asked = Subject.objects.filter(zone=zone, zh__in=wanted)
    found = {subject.zh: subject for subject in asked}
    missing = [
        Subject(zone=zone, zh=name, en=zone.en if name == zone.zh else english.name(name) or "")
        for name in sorted(wanted - found.keys())
    ]
    return found | {subject.zh: subject for subject in Subject.objects.bulk_create(missing)}


@transaction.atomic
def import_entities(
    zone: Zone,
    content: bytes,
    *,
    name: str,
    by: User | None,
    whole: bool = True,
    dry_run: bool = False,
) -> Report:
    """Take the firms of a csv or xlsx file, and report on every row.

    A row with a known code and another name is a change of name if it says `since` when, and is
    refused if not. With `whole`, one refused row holds all others back.
    """
    sheet = read(content, name, columns())
    report = Report(name, dry_run, notes=list(sheet.notes))
    rows = _placed(zone, list(sound_rows(sheet, report)), report)
    if whole and report.refused:
        report.rows += [RowReport(one.line, "held-back", one.where) for one in rows]
    else:
        report.rows += [RowReport(one.line, "taken", one.where) for one in rows]
        if rows and not dry_run:
            take_rows(zone, rows, by=by)
            after = {**report.counts, "sha256": hashlib.sha256(content).hexdigest()}
            record(
                zone=zone, by=by, act="import", object_type="entities", object_key=name, after=after
            )
    report.rows.sort(key=lambda row: row.row)
    return report


def _placed(zone: Zone, rows: list[EntityRow], report: Report) -> list[EntityRow]:
    """The rows that bring something new; known ones and impossible ones go to the report."""
    known = {one.code: one for one in LegalEntity.objects.filter(zone=zone)}
    fresh = []
    for row in rows:
        found = known.get(row.code)
        if found is None or (found.zh != row.zh and row.since is not None):
            fresh.append(row)
        elif found.zh != row.zh:
            report.rows.append(
                RowReport(
                    row.line,
                    "refused",
                    row.where,
                    f"The code {row.code} belongs to {found.zh}, not to {row.zh}.",
                    "If the firm changed its name, say since when; else mend the code.",
                )
            )
        elif _differs(found, row):
            fresh.append(row)
        else:
            report.rows.append(RowReport(row.line, "known", row.where))
    return fresh


def _differs(found: LegalEntity, row: EntityRow) -> bool:
    """Whether a row says more or other than is known; an empty cell says nothing."""
    return (
        (bool(row.en) and row.en != found.en)
        or row.status != found.status
        or (bool(row.industry) and row.industry != found.industry)
        or (row.founded_on is not None and row.founded_on != found.founded_on)
    )


def take_rows(zone: Zone, rows: list[EntityRow], *, by: User | None) -> dict[str, LegalEntity]:
    """Enter rows that were checked. The caller's act is what the ledger notes."""
    known = {one.code: one for one in LegalEntity.objects.filter(zone=zone)}
    unknown = [row for row in rows if row.code not in known]
    new = [
        LegalEntity(
            zone=zone, code=row.code, zh=row.zh, en=row.en, initials=first,
            status=row.status, industry=row.industry, founded_on=row.founded_on,
        )
        for row, first in zip(unknown, initials([row.zh for row in unknown]), strict=True)
    ]  # fmt: skip
    made = {one.code: one for one in LegalEntity.objects.bulk_create(new, batch_size=BATCH)}
    EntityName.objects.bulk_create(
        (
            EntityName(
                entity=made[row.code], zh=row.zh, en=row.en, since=row.since, source=row.source
            )
            for row in rows
            if row.code in made
        ),
        batch_size=BATCH,
    )
    for row in rows:
        if row.code in known:
            _change(known[row.code], row, by)
    return known | made


def _change(entity: LegalEntity, row: EntityRow, by: User | None) -> None:
    if entity.zh != row.zh and row.since is not None:
        rename(entity, row.zh, en=row.en, since=row.since, source=row.source, by=by)
    before = {"status": entity.status, "industry": entity.industry}
    entity.status = row.status
    entity.en = row.en or entity.en
    entity.industry = row.industry or entity.industry
    entity.founded_on = row.founded_on or entity.founded_on
    entity.save(update_fields=["status", "en", "industry", "founded_on"])
    after = {"status": entity.status, "industry": entity.industry}
    if before != after:
        record(
            zone=entity.zone, by=by, act="update", object_type="entity", object_key=entity.code,
            before=before, after=after,
        )  # fmt: skip


def initials(names: list[str]) -> list[str]:
    """The first letters of each name's pinyin, by which it can be found."""
    return [first[:120] for _, first in pinyin(names)]


@transaction.atomic
def register(
    zone: Zone, code: str, zh: str, *, by: User | None, en: str = "", founded_on: date | None = None
) -> LegalEntity:
    """Enter one firm. Raises ContentError for a wrong code, Refused for one that is known."""
    right = checked_code(code, code)
    if found := LegalEntity.objects.filter(zone=zone, code=right).first():
        raise Refused(f"The code {right} belongs to {found.zh}. One code is one firm.")
    row = EntityRow(0, code, right, zh.strip(), en, "active", "", founded_on, None, "")
    entity = take_rows(zone, [row], by=by)[right]
    record(zone=zone, by=by, act="create", object_type="entity", object_key=right, after={"zh": zh})
    return entity


@transaction.atomic
def rename(
    entity: LegalEntity, zh: str, *, since: date, by: User | None, en: str = "", source: str = ""
) -> None:
    """Give a firm a new name from a day on; the old one stays with its last day.

    Raises Refused where the day is not after the one on which the name in force began.
    """
    entity = LegalEntity.objects.select_for_update().get(pk=entity.pk)
    current = entity.names.get(until__isnull=True)
    if current.since is not None and since <= current.since:
        raise Refused(
            f"The name {current.zh} holds since {current.since}; a new one cannot begin on {since}."
        )
    current.until = date.fromordinal(since.toordinal() - 1)
    current.save(update_fields=["until"])
    entity.names.create(zh=zh, en=en, since=since, source=source)
    entity.zh, entity.en, entity.initials = zh, en or entity.en, initials([zh])[0]
    entity.save(update_fields=["zh", "en", "initials"])
    record(
        zone=entity.zone, by=by, act="rename", object_type="entity", object_key=entity.code,
        before={"zh": current.zh}, after={"zh": zh, "since": since.isoformat()}, note=source,
    )  # fmt: skip


@transaction.atomic
def merge(entity: LegalEntity, into: LegalEntity, *, reason: str, by: User | None) -> Merge:
    """Let one entry of the register stand for another. Nothing of either is lost.

    Raises Refused for a circle, another zone, or an entity that was merged already.
    """
    entity = LegalEntity.objects.select_for_update().get(pk=entity.pk)
    into = LegalEntity.objects.select_for_update().get(pk=into.pk)
    _refuse_merge(entity, into, reason)
    entity.merged_into = into
    entity.save(update_fields=["merged_into"])
    made = Merge.objects.create(entity=entity, into=into, reason=reason.strip(), by=by)
    record(
        zone=entity.zone, by=by, act="merge", object_type="entity", object_key=entity.code,
        after={"into": into.code}, note=reason,
    )  # fmt: skip
    return made


def _refuse_merge(entity: LegalEntity, into: LegalEntity, reason: str) -> None:
    if not reason.strip():
        raise Refused("A merge needs a reason. Say how it is known that both are one.")
    if entity.zone_id != into.zone_id:
        raise Refused("The two firms are in different zones. Merge within one zone.")
    if entity.pk == into.pk:
        raise Refused("A firm cannot be merged into itself. Name another code.")
    if entity.merged_into_id is not None:
        raise Refused(f"{entity.zh} was merged before. Undo that first.")
    if into.merged_into_id is not None:
        raise Refused(f"{into.zh} was itself merged into another. Merge into that one.")
    if entity.absorbed.exists():
        raise Refused(f"Others were merged into {entity.zh}. Undo or move those first.")


@transaction.atomic
def undo_merge(entity: LegalEntity, *, reason: str, by: User | None) -> None:
    """Take a merge back. Raises Refused without a reason, or where there is none in force."""
    if not reason.strip():
        raise Refused("Undoing a merge needs a reason. Say what was wrong with it.")
    found = Merge.objects.filter(entity=entity, undone_at__isnull=True).first()
    if found is None:
        raise Refused(f"{entity.zh} is not merged into another firm.")
    found.undone_at, found.undone_by, found.undone_reason = timezone.now(), by, reason.strip()
    found.save(update_fields=["undone_at", "undone_by", "undone_reason"])
    LegalEntity.objects.filter(pk=entity.pk).update(merged_into=None)
    record(
        zone=entity.zone, by=by, act="undo-merge", object_type="entity", object_key=entity.code,
        before={"into": found.into.code}, note=reason,
    )  # fmt: skip
