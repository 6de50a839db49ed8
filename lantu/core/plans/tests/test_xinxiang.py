"""The real plan's files beside its text and the published data: nothing is overlooked."""

import csv
import hashlib
import re
from pathlib import Path

import pytest

from lantu.core.figures.english import name
from lantu.core.plans.folder import find, read_folder
from lantu.core.reading.propose import proposals

SHARED = Path(__file__).parents[5] / "shared"
TEXT = SHARED / "seed" / "xinxiang-etdz-14fyp.txt"
DATA = SHARED / "data" / "xinxiang"
has_text = pytest.mark.skipif(not TEXT.exists(), reason="the real plan's text is not beside us")
has_data = pytest.mark.skipif(not DATA.exists(), reason="the published data are not beside us")
FOLDER = find("xinxiang-2021-2025")
PLAN = read_folder(FOLDER)
HAN = re.compile("[\u4e00-\u9fff]")

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
            for value in (one.value, one.growth_pct, one.low, one.base_value)
        } - {None}
        if seen and values - {None} and not seen & values:
            differ.append(record.code)

    # A circle of 15 minutes is full coverage, a rise in one clause stands beside its base, and of
    # a clause with two numbers (18 classes of 45; an area in m² and in mu) the reader takes one.
    assert set(differ) <= {
        "culture-circle", "fitness-circle", "h-pension-before", "entry-hightech",
        "growth-above-city", "b81-pyh-class-primary", "b81-pyh-class-middle",
        "b81-tianli-class-size", "b81-pyh-land-mu", "b82-land-mu", "b84-teachers-size",
        "b84-flats-size", "b84-teachers-now",
    }  # fmt: skip


def printed(folder: Path, name: str, columns: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The rows of a csv file, cut to some columns."""
    with (folder / name).open(encoding="utf-8-sig", newline="") as file:
        return sorted(tuple(row[column] for column in columns) for row in csv.DictReader(file))


@has_data
def test_every_published_figure_is_there_as_it_was_printed():
    names = ("indicator", "subject", "period", "value", "unit", "scope_note",
             "source_title", "source_url")  # fmt: skip

    published = printed(DATA, "observations.csv", (*names, "published", "kind"))
    ours = printed(FOLDER, "observations.csv", (*names, "published_on", "kind"))

    assert [row[:-1] for row in ours] == [row[:-1] for row in published]
    differ = [(a, b) for a, b in zip(published, ours, strict=True) if a != b]
    # A figure that says it is the sum since January is of that kind, not a level of nine months.
    assert len(differ) == 7
    assert {(a[-1], b[-1]) for a, b in differ} == {("level", "cumulative")}
    assert all("累计" in b[5] and "-01/" in b[2] for _, b in differ)


@has_data
def test_every_published_event_is_there_with_its_day_and_its_words():
    same = ("project", "detail", "source_title", "source_url")

    published = printed(DATA, "project_events.csv", (*same, "event"))
    assert printed(FOLDER, "events.csv", (*same, "event_printed")) == published
    with (DATA / "project_events.csv").open(encoding="utf-8-sig", newline="") as file:
        days = {(row["project"], row["detail"]): row["date"] for row in csv.DictReader(file)}
    with (FOLDER / "events.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            printed_day = days[row["project"], row["detail"]]
            assert row["date"].startswith(printed_day), row["project"]
            assert row["precision"] == {4: "year", 7: "month", 10: "day"}[len(printed_day)]


def test_what_is_told_of_its_events_has_its_english():
    told = {text for one in PLAN.events for text in (one.event_printed, one.project, one.detail)}
    told -= {""} | {project.title["zh"] for project in PLAN.projects}

    assert [text for text in sorted(told) if name(text) is None or HAN.search(name(text))] == []
