"""The real plan's files beside its text and the published data: nothing is overlooked."""

import csv
import hashlib
from decimal import Decimal
from pathlib import Path

import pytest

from lantu.core.plans.folder import find, read_folder
from lantu.core.reading.propose import proposals

SHARED = Path(__file__).parents[5] / "shared"
TEXT = SHARED / "seed" / "xinxiang-etdz-14fyp.txt"
DATA = SHARED / "data" / "xinxiang"
has_text = pytest.mark.skipif(not TEXT.exists(), reason="the real plan's text is not beside us")
has_data = pytest.mark.skipif(not DATA.exists(), reason="the published data are not beside us")
PLAN = read_folder(find("xinxiang-2021-2025"))

# Numbers that the reader proposes and that promise nothing, with the reason.
NO_PROMISE = {"(2 所)": "how many clinics of a list lie in one community"}


def overlaps(proposal, record):
    place = record.place
    return place.start is not None and not (
        place.end < proposal.start - 2 or place.start > proposal.end + 2
    )


@has_text
def test_every_number_that_the_reader_proposes_has_its_record():
    text = TEXT.read_text(encoding="utf-8")
    records = [*PLAN.commitments, *PLAN.projects]

    bare = [
        text[one.start - 6 : one.end + 6]
        for one in proposals(text)
        if one.kind in ("target", "fact") and not any(overlaps(one, r) for r in records)
    ]

    assert [one for one in bare if not any(known in one for known in NO_PROMISE)] == []


@has_text
def test_every_record_stands_in_the_document_whose_checksum_it_names():
    raw = TEXT.read_bytes()
    text = raw.decode("utf-8")

    assert hashlib.sha256(raw).hexdigest() == PLAN.document.sha256
    for record in (*PLAN.commitments, *PLAN.projects):
        place = record.place
        assert "".join(text[place.start : place.end].split()) == place.phrase, record.code


@has_text
def test_most_values_are_those_that_the_reader_reads():
    """The reader is another pair of eyes; where it reads a number, the record has the same."""
    text = TEXT.read_text(encoding="utf-8")
    read = [one for one in proposals(text) if one.kind in ("target", "fact")]
    differ = []
    for record in PLAN.commitments:
        values = {record.target_value, record.value, record.growth_pct, record.low, record.n}
        seen = {
            value
            for one in read
            if overlaps(one, record)
            for value in (one.value, one.growth_pct, one.low)
        } - {None}
        if seen and values - {None} and not seen & values:
            differ.append(record.code)

    # A circle of 15 minutes is full coverage, and a rise in one clause stands beside its base.
    assert set(differ) <= {
        "culture-circle", "fitness-circle", "h-pension-before", "entry-hightech",
        "growth-above-city",
    }  # fmt: skip


@has_data
def test_every_published_figure_is_there_as_it_was_printed():
    with (DATA / "observations.csv").open(encoding="utf-8-sig", newline="") as file:
        published = [
            (
                row["indicator"],
                row["subject"],
                Decimal(row["value"]),
                row["unit"],
                row["source_url"],
            )
            for row in csv.DictReader(file)
        ]
    ours = [
        (one.indicator, one.subject, one.value, one.unit, one.source_url)
        for one in PLAN.observations
    ]

    assert sorted(map(str, ours)) == sorted(map(str, published))


@has_data
def test_every_published_event_is_there():
    with (DATA / "project_events.csv").open(encoding="utf-8-sig", newline="") as file:
        published = [
            (row["project"], row["event"], row["source_url"]) for row in csv.DictReader(file)
        ]

    ours = [(one.project, one.event_printed, one.source_url) for one in PLAN.events]

    assert sorted(ours) == sorted(published)
