"""A plan changes only by loading a folder, and every change is shown and on record."""

import shutil

import pytest

from lantu.core.errors import ContentError, Refused
from lantu.core.plans import folder
from lantu.kernel.access.models import LedgerEntry
from lantu.kernel.commitments import queries
from lantu.kernel.commitments.actions import load_folder
from lantu.kernel.facts.queries import count

NAME = "qinghe-2021-2025"


@pytest.fixture
def amended(tmp_path):
    """A copy of the sample plan that a test may change."""
    return shutil.copytree(folder.find(NAME), tmp_path / NAME)


def edit(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_loading_a_folder_twice_changes_nothing_and_leaves_no_entry(qinghe):
    before = LedgerEntry.objects.count()

    assert load_folder(folder.find(NAME)) == []
    assert LedgerEntry.objects.count() == before


def test_a_trial_shows_the_difference_and_applies_nothing(qinghe, amended):
    edit(amended / "commitments" / "01.yaml", "value: 200", "value: 180")

    (change,) = load_folder(amended, dry_run=True)

    assert (change.act, change.code, change.fields) == ("change", "gdp", ("target_value",))
    assert "target_value: 200 → 180" in str(change)
    assert queries.plan(NAME).commitments[0].target_value == 200


def test_an_amended_folder_changes_the_plan_and_the_ledger_keeps_both(qinghe, amended, clerk):
    edit(amended / "commitments" / "01.yaml", "value: 200", "value: 180")

    load_folder(amended, by=clerk)

    entry = LedgerEntry.objects.filter(act="load").latest("number")
    assert queries.plan(NAME).commitments[0].target_value == 180
    assert entry.by_name == "alice"
    assert entry.after["changes"][0]["before"] == {"target_value": "200"}


def test_a_folder_with_a_fault_changes_nothing(qinghe, amended):
    edit(amended / "commitments" / "01.yaml", "unit: 亿元", "unit: 亿圆")

    with pytest.raises(ContentError, match="The unit '亿圆' is not known"):
        load_folder(amended)


def test_real_figures_cannot_enter_an_invented_zone(qinghe, amended):
    edit(amended / "plan.yaml", "invented: true", "invented: false")

    with pytest.raises(Refused, match="Real and invented never mix"):
        load_folder(amended)


def test_a_plan_does_not_move_to_another_zone(qinghe, amended):
    edit(amended / "plan.yaml", "slug: qinghe", "slug: elsewhere")

    with pytest.raises(Refused, match="belongs to the zone qinghe"):
        load_folder(amended)


def test_the_database_holds_what_the_folder_says(xinxiang):
    loaded = queries.plan("xinxiang-2021-2025")
    written = folder.read_folder(folder.find("xinxiang-2021-2025"))

    assert [c.code for c in loaded.commitments] == [c.code for c in written.commitments]
    assert [c.promise() for c in loaded.commitments] == [c.promise() for c in written.commitments]
    assert count(xinxiang) == len(written.observations)
    assert loaded.events == tuple(
        type(event)(**{**{f: getattr(event, f) for f in event.__slots__}, "where": ""})
        for event in written.events
    )
