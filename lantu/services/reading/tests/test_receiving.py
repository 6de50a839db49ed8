"""A document goes in as it lies on the disk, and is read by a process of its own."""

from datetime import timedelta

import pytest
from django.utils import timezone

from lantu.core.errors import ContentError, Refused
from lantu.core.reading.propose import proposals
from lantu.kernel.access.models import LedgerEntry
from lantu.services.reading import actions, queries
from lantu.services.reading.models import Reading
from lantu.services.reading.tests.conftest import TEXT


def test_a_document_is_kept_by_its_hash_and_its_text_is_kept(reading, settings):
    digest = reading.sha256

    assert (settings.HOME / "readings" / digest[:2] / digest).read_bytes() == TEXT.encode()
    assert (reading.state, reading.text, reading.end) == ("review", TEXT, 2030)


def test_another_process_reads_the_document(nanhu, planner):
    found = actions.receive(nanhu, TEXT.encode(), name="规划.txt", by=planner)

    actions.read(found)

    assert Reading.objects.get(pk=found.pk).text == TEXT
    assert found.drafts.count() == len(proposals(TEXT))


def test_every_proposal_is_an_open_draft_in_the_order_of_the_text(reading):
    rows = list(reading.drafts.all())

    assert {row.state for row in rows} == {"open"}
    starts = [row.machine["start"] for row in rows]
    assert len(starts) >= 5
    assert starts == sorted(starts)


def test_handing_in_and_reading_are_on_record(reading):
    acts = LedgerEntry.objects.filter(object_type="reading").values_list("act", flat=True)

    assert list(acts) == ["receive", "read"]


def test_the_same_document_is_not_read_twice(nanhu, planner, reading):
    with pytest.raises(Refused, match="at the desk already"):
        actions.receive(nanhu, TEXT.encode(), name="again.txt", by=planner)


def test_a_kind_that_is_not_read_is_refused_at_once(nanhu, planner):
    with pytest.raises(ContentError, match="picture"):
        actions.receive(nanhu, b"\x89PNG....", name="scan.png", by=planner)

    assert not Reading.objects.exists()


def test_a_document_that_cannot_be_read_says_why(nanhu, planner):
    found = actions.receive(nanhu, b"%PDF-1.7 nothing", name="规划.pdf", by=planner)

    actions.read(found)

    told = queries.progress(Reading.objects.get(pk=found.pk))
    assert told.fault[:2] == ("规划.pdf", "The pdf is damaged.")
    assert not told.is_running


def test_a_document_whose_reading_failed_can_be_read_again(nanhu, planner):
    found = actions.receive(nanhu, b"%PDF-1.7 nothing", name="规划.pdf", by=planner)
    actions.read(found)

    assert actions.begin(found, by=planner).state == "waiting"


def test_a_document_that_is_being_read_is_not_read_again(nanhu, planner):
    found = actions.receive(nanhu, TEXT.encode(), name="规划.txt", by=planner)

    with pytest.raises(Refused, match="Wait for it"):
        actions.begin(found, by=planner)


def test_a_reader_that_is_silent_for_long_is_given_up(nanhu, planner):
    found = actions.receive(nanhu, TEXT.encode(), name="规划.txt", by=planner)
    Reading.objects.update(state="reading", beat=timezone.now() - timedelta(hours=1))
    found.refresh_from_db()

    assert queries.progress(found).is_stuck
    assert actions.begin(found, by=planner).state == "waiting"


def test_a_document_is_read_once_even_if_two_processes_are_started(reading):
    count = reading.drafts.count()

    actions.read(reading)

    assert reading.drafts.count() == count
