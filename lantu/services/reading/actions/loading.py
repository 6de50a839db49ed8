"""Loading: what was accepted becomes a plan of the zone, by the way every plan takes."""

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from lantu.core.errors import ContentError, Refused
from lantu.core.plans import folder
from lantu.core.plans.drafts import Head, write_folder
from lantu.kernel.access.actions import record
from lantu.kernel.access.models import User
from lantu.kernel.commitments.actions import load_folder
from lantu.kernel.commitments.difference import Change
from lantu.kernel.commitments.models import Plan
from lantu.services.reading.actions.tying import settled
from lantu.services.reading.models import Draft, Reading
from lantu.services.reading.naming import words_by_slug
from lantu.services.reading.records import as_core

EARLIEST, LATEST = 1990, 2100


@dataclass(frozen=True, slots=True)
class Told:
    """What a person says of the plan as a whole."""

    zh: str
    en: str
    start: int
    end: int
    outlook: int | None = None
    number: str = ""
    issued: date | None = None
    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # sort → printed → English


@transaction.atomic
def describe(reading: Reading, told: Told, *, by: User) -> Reading:
    """Keep how the plan is called and which years it plans. Raises Refused for years amiss."""
    found = Reading.objects.select_for_update(of=("self",)).get(pk=reading.pk)
    if found.state != Reading.State.REVIEW:
        raise Refused("The document is not in review.")
    if not EARLIEST <= told.start <= told.end <= (told.outlook or told.end) <= LATEST:
        raise Refused(
            f"The years {told.start}, {told.end} and {told.outlook or told.end} are not in order. "
            "Write the first year, the last year and, if there is one, the year of the outlook."
        )
    found.head = {
        "zh": told.zh, "en": told.en, "start": told.start, "end": told.end,
        "outlook": told.outlook, "number": told.number,
        "issued": None if told.issued is None else told.issued.isoformat(),
    }  # fmt: skip
    found.names = {
        sort: {name: english.strip() for name, english in names.items() if english.strip()}
        for sort, names in told.names.items()
    }
    found.save(update_fields=["head", "names"])
    record(
        zone=found.zone, by=by, act="describe", object_type="reading", object_key=str(found.pk),
        after=found.head | ({"names": found.names} if any(found.names.values()) else {}),
    )  # fmt: skip
    return found


def would_change(reading: Reading) -> list[Change]:
    """What loading would add, change and remove. Writes nothing.

    Raises Refused where the plan may not be loaded yet or here, ContentError for a fault in it.
    """
    _refuse(reading)
    with _folder(reading) as path:
        return load_folder(path, dry_run=True)


@transaction.atomic
def load(reading: Reading, *, by: User) -> list[Change]:
    """Make the accepted drafts the plan of the zone, and end the review; give what that changed.

    Raises Refused and ContentError as `would_change`.
    """
    reading = Reading.objects.select_for_update(of=("self",)).get(pk=reading.pk)
    _refuse(reading)
    with _folder(reading) as path:
        found = load_folder(path, by=by)
        reading.fingerprint = folder.fingerprint(path)
        kept = settings.HOME / "plans" / path.name
        shutil.rmtree(kept, ignore_errors=True)
        shutil.copytree(path, kept)
    reading.state = Reading.State.CONFIRMED
    reading.confirmed_by, reading.confirmed_at = by, timezone.now()
    reading.save()
    record(
        zone=reading.zone, by=by, act="confirm", object_type="reading", object_key=str(reading.pk),
        after={"plan": name_of(reading), "changed": len(found)},
    )  # fmt: skip
    return found


def name_of(reading: Reading) -> str:
    """The name of the plan that a document becomes: its zone and years."""
    return f"{reading.zone.slug}-{reading.head['start']}-{reading.head['end']}"


def _refuse(reading: Reading) -> None:
    if reading.state != Reading.State.REVIEW:
        raise Refused("The document is not in review.")
    if not reading.head:
        raise Refused("Say first how the plan is called and which years it plans.")
    count = reading.drafts.filter(state=Draft.State.OPEN).count()
    if count:
        raise Refused(
            f"{count} drafts are still open. Decide them first: what is left out of an amended "
            "plan is taken away from it."
        )
    if not reading.drafts.filter(state=Draft.State.ACCEPTED).exists():
        raise Refused("No draft is accepted, so there is nothing to load.")
    _refuse_other_plan(reading)


def _refuse_other_plan(reading: Reading) -> None:
    """A zone has one plan for the same years, and the desk amends only what it loaded itself."""
    name, head = name_of(reading), reading.head
    over = Plan.objects.filter(zone=reading.zone, start__lte=head["end"], end__gte=head["start"])
    # An annual plan of the zone lies within the years of the plan that it carries out.
    other = next((one for one in over.exclude(name=name).order_by("pk") if not one.is_nested), None)
    if other is not None:
        raise Refused(
            f"The zone has the plan {other.name} for {other.start} to {other.end} already. "
            "Mend the years, or load into another zone."
        )
    same = Plan.objects.filter(name=name).first()
    if same is None:
        return
    if reading.older is None or same.fingerprint != reading.older.fingerprint:
        raise Refused(
            f"The plan {name} is in force, and it is not what the older version of this document "
            "loaded. Hand the document in as an amendment of the newest version that was loaded, "
            "or amend the plan's folder: lantu plan load FOLDER"
        )


@contextmanager
def _folder(reading: Reading) -> Iterator[Path]:
    """The plan as a folder, checked against the text; gone afterwards."""
    head = reading.head
    ties = settled(reading.drafts.all())
    drafts = [
        replace(as_core(row), ties=ties[row.code])
        for row in reading.drafts.filter(state=Draft.State.ACCEPTED)
    ]
    with tempfile.TemporaryDirectory(prefix="lantu-plan-") as place:
        path = Path(place) / name_of(reading)
        write_folder(
            path,
            Head(
                name=path.name,
                zone=reading.zone.slug,
                zone_zh=reading.zone.zh,
                zone_en=reading.zone.en,
                invented=reading.zone.invented,
                zh=head["zh"],
                en=head["en"],
                start=head["start"],
                end=head["end"],
                outlook=head["outlook"],
                document=head["zh"],
                sha256=reading.sha256,
                characters=len(reading.text),
                number=head["number"],
                issued=date.fromisoformat(head["issued"]) if head["issued"] else None,
                scopes=words_by_slug(reading, "scopes"),
                departments=words_by_slug(reading, "departments"),
            ),
            drafts,
            reading.text,
        )
        faults = folder.check_folder(path, reading.text)
        if faults:
            raise _first(faults)
        yield path


def _first(faults: list[ContentError]) -> ContentError:
    """The first fault, which says how many there are."""
    first = faults[0]
    if len(faults) == 1:
        return first
    return ContentError(first.where, first.what, f"{first.remedy} ({len(faults)} faults in all.)")
