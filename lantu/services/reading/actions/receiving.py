"""Handing a document in, and reading it."""

import hashlib
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from lantu.core.errors import ContentError, Refused
from lantu.core.reading.apart import Read, read_apart
from lantu.core.reading.documents.kinds import kind_of
from lantu.core.reading.portions import Portion
from lantu.core.reading.ties import Ties
from lantu.kernel.access.actions import record
from lantu.kernel.access.models import User, Zone
from lantu.kernel.documents.actions import place_of_file, write_once
from lantu.services.reading.actions.amending import compared, fresh
from lantu.services.reading.models import Draft, Reading
from lantu.services.reading.records import SILENT

LARGEST = 50_000_000  # bytes
ROOT = Path(__file__).resolve().parents[4]


def stored(sha256: str) -> Path:
    """Where the file of a document lies, by its hash."""
    return place_of_file(sha256, "readings")


@transaction.atomic
def receive(
    zone: Zone, content: bytes, *, name: str, by: User, older: Reading | None = None
) -> Reading:
    """Keep a document that is to be read. `older` is the version that it amends.

    Raises ContentError for a kind that is not read, Refused for a document that is there already.
    """
    if len(content) > LARGEST:
        raise ContentError(
            name, f"The file has {len(content):,} bytes; {LARGEST:,} is the most.", "Split it."
        )
    kind_of(content, name)
    digest = hashlib.sha256(content).hexdigest()
    same = Reading.objects.filter(zone=zone, sha256=digest).exclude(state=Reading.State.REFUSED)
    if (first := same.first()) is not None:
        raise Refused(
            f"This document is at the desk already, as {first.name}. Open it in the list."
        )
    write_once(content, stored(digest))
    found = Reading.objects.create(
        zone=zone, older=older, name=name[-200:], sha256=digest, size=len(content), by=by
    )
    _note(found, "receive", by, {"file": found.name, "sha256": digest, "size": found.size})
    return found


def start(reading: Reading) -> None:
    """Start the process that reads a document; it lives on when the page is closed.

    What goes wrong in it beyond the document's own faults stands in readings/worker.log.
    """
    with (settings.HOME / "readings" / "worker.log").open("ab") as log:
        subprocess.Popen(
            [sys.executable, "-m", "lantu.services.reading.worker", str(reading.pk)],
            cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=log,
            start_new_session=True,
        )  # fmt: skip


@transaction.atomic
def begin(reading: Reading, *, by: User) -> Reading:
    """Have a document read again whose reading failed or whose process is gone.

    Raises Refused where it was read, or is being read.
    """
    found = Reading.objects.select_for_update(of=("self",)).get(pk=reading.pk)
    is_silent = timezone.now() - found.beat > SILENT
    is_stuck = found.state in (Reading.State.WAITING, Reading.State.READING) and is_silent
    if found.state != Reading.State.REFUSED and not is_stuck:
        raise Refused("The document was read, or is being read. Wait for it.")
    found.state, found.stage, found.fault = Reading.State.WAITING, "", None
    found.portion = {}
    found.save()
    _note(found, "read-again", by, {"file": found.name})
    return found


def read(reading: Reading) -> None:
    """Read a document that waits, and keep its text and what it proposes. For its own process.

    A document that cannot be read says so on its page; nothing is raised.
    """
    taken = Reading.objects.filter(pk=reading.pk, state=Reading.State.WAITING)
    if not taken.update(state=Reading.State.READING, beat=timezone.now()):
        return
    reading.refresh_from_db()

    def told(portion: Portion) -> None:
        Reading.objects.filter(pk=reading.pk).update(
            stage=portion.stage, portion=asdict(portion), beat=timezone.now()
        )

    try:
        found = read_apart(stored(reading.sha256), reading.name, told=told)
    except ContentError as error:
        reading.state = Reading.State.REFUSED
        reading.fault = [error.where, error.what, error.remedy]
        reading.save()
        return
    _keep(reading, found)


@transaction.atomic
def _keep(reading: Reading, found: Read) -> None:
    reading.text, reading.end = found.text, found.end
    reading.state, reading.stage, reading.portion = Reading.State.REVIEW, "kept", {}
    ties = found.ties or (Ties(),) * len(found.proposals)
    if reading.older is None:
        pairs = zip(found.proposals, ties, strict=True)
        rows = [fresh(reading, one, one.id, tied) for one, tied in pairs]
    else:
        rows = compared(reading, reading.older, found.proposals, ties)
    for place, row in enumerate(rows, 1):
        row.place = place
    Draft.objects.bulk_create(rows, batch_size=500)
    reading.save()
    after = {"characters": len(found.text), "proposals": len(found.proposals)}
    _note(reading, "read", reading.by, after)


def _note(reading: Reading, act: str, by: User, after: Mapping[str, object]) -> None:
    record(
        zone=reading.zone, by=by, act=act, object_type="reading", object_key=str(reading.pk),
        after=dict(after),
    )  # fmt: skip
