"""What was accepted becomes the zone's plan, after its difference was shown."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from lantu.cli.setup import _load_samples
from lantu.core.errors import Refused
from lantu.core.plans.folder import check_folder
from lantu.core.plans.standing import Question
from lantu.kernel.access.actions import ensure_zone
from lantu.kernel.commitments import queries as commitments
from lantu.kernel.commitments.models import Plan
from lantu.services.reading import actions, queries
from lantu.services.reading.actions.loading import Told
from lantu.services.reading.queries import Asked
from lantu.services.reading.records import in_force
from lantu.services.reading.tests.conftest import TEXT

HEAD = Told(zh="南湖区“十五五”规划", en="Plan of Nanhu", start=2026, end=2030, outlook=2035)


@pytest.fixture
def decide(planner):
    """Accept whatever a plan can hold, leave the rest out, and say what the plan is called."""

    def make(reading, head=HEAD):
        drafts = queries.listed(reading, Asked())
        actions.accept_all(reading, drafts, above=Decimal(0), by=planner)
        actions.reject_all(reading, drafts, by=planner)
        actions.describe(reading, head, by=planner)
        reading.refresh_from_db()
        return reading

    return make


def test_what_is_accepted_is_judged_like_every_promise(reading, decide, planner):
    actions.load(decide(reading), by=planner)

    standings = commitments.commitments("nanhu-2026-2030", Question(date(2027, 6, 1)))
    by_form = {one.record.form: one for one in standings}
    level = by_form["level"].record
    assert (level.target_value, level.target_year, level.unit) == (Decimal("600"), 2030, "亿元")
    assert TEXT[level.place.start : level.place.end] == level.place.phrase
    assert by_form["level"].verdict.state == "no-data"


def test_what_is_left_out_is_not_in_the_plan(reading, decide, planner, draft):
    row = draft("70%")
    actions.reject(row, by=planner)

    actions.load(decide(reading), by=planner)

    assert row.code not in [one.code for one in commitments.plan("nanhu-2026-2030").commitments]


def test_an_edited_record_is_loaded_as_it_was_put_right(reading, decide, planner, draft):
    row = draft("600亿元")
    right = replace(in_force(row), value=Decimal("620.0"))
    actions.edit(row, right, en="Industrial output", by=planner)

    actions.load(decide(reading), by=planner)

    plan = commitments.plan("nanhu-2026-2030")
    found = next(one for one in plan.commitments if one.code == row.code)
    assert str(found.target_value) == "620.0"
    assert found.title["en"] == "Industrial output: 620.0 × CNY 100 m by 2030"


def test_the_difference_is_shown_first_and_writes_nothing(reading, decide):
    found = actions.would_change(decide(reading))

    assert {change.act for change in found} == {"add"}
    assert len(found) == reading.drafts.filter(state="accepted").count()
    assert not Plan.objects.filter(name="nanhu-2026-2030").exists()


def test_the_folder_of_the_plan_is_kept_and_has_no_fault(reading, decide, planner, settings):
    actions.load(decide(reading), by=planner)

    assert check_folder(settings.HOME / "plans" / "nanhu-2026-2030", TEXT) == []


def test_nothing_is_loaded_while_a_draft_is_open(reading, decide, planner, draft):
    decide(reading)
    actions.reopen(draft("600亿元"), by=planner)

    with pytest.raises(Refused, match="1 drafts are still open"):
        actions.load(reading, by=planner)


def test_what_is_loaded_is_not_reviewed_any_more(reading, decide, planner, draft):
    actions.load(decide(reading), by=planner)

    with pytest.raises(Refused, match="not in review"):
        actions.reject(draft("600亿元"), by=planner)
    with pytest.raises(Refused, match="not in review"):
        actions.load(reading, by=planner)


def test_a_plan_that_came_another_way_is_not_replaced(qinghe, person, decide, planner):
    found = actions.receive(qinghe, TEXT.encode(), name="规划.txt", by=planner)
    actions.read(found)
    found.refresh_from_db()
    decide(found, replace(HEAD, start=2021, end=2025))

    with pytest.raises(Refused, match="in force"):
        actions.would_change(found)


def test_two_plans_of_a_zone_do_not_overlap(reading, decide, planner, hand_in):
    actions.load(decide(reading), by=planner)
    other = decide(hand_in(f"{TEXT}完。"), replace(HEAD, start=2027, end=2031))

    with pytest.raises(Refused, match="already"):
        actions.would_change(other)


@pytest.mark.parametrize(("start", "end"), [(2030, 2026), (1890, 2030), (2026, 2200)])
def test_years_that_are_not_in_order_are_refused(reading, planner, start, end):
    with pytest.raises(Refused, match="not in order"):
        actions.describe(reading, replace(HEAD, start=start, end=end, outlook=None), by=planner)


AMENDED = TEXT.replace("600亿元", "650亿元").replace("新建5座公厕。", "").replace(
    "第二章 民生\n", "第二章 民生\n\n医疗机构床位达到900张。\n"
)  # fmt: skip


def test_an_amended_document_keeps_codes_and_decisions_of_what_is_unchanged(
    reading, decide, planner, hand_in, draft
):
    floor, output = draft("70%"), draft("600亿元")
    actions.load(decide(reading), by=planner)

    amended = hand_in(AMENDED, older=reading)

    kept = amended.drafts.get(code=floor.code)
    assert (kept.change, kept.state) == ("kept", "accepted")
    changed = amended.drafts.get(code=output.code)
    assert (changed.change, changed.state) == ("changed", "open")
    assert "床位" in amended.drafts.get(change="added").machine["quote"]


def test_the_two_versions_are_told_apart(reading, decide, planner, hand_in):
    actions.load(decide(reading), by=planner)

    found = queries.versions(hand_in(AMENDED, older=reading))

    assert [(one.fields[0].first, one.fields[0].second) for one in found.changed] == [
        ("600", "650")
    ]
    assert ["公厕" in one.quote for one in found.removed] == [True]
    assert ["床位" in one.quote for one in found.added] == [True]


def test_loading_the_amended_document_changes_the_plan_and_nothing_else(
    reading, decide, planner, hand_in
):
    actions.load(decide(reading), by=planner)
    amended = decide(hand_in(AMENDED, older=reading))

    found = actions.load(amended, by=planner)

    acts = sorted(change.act for change in found if change.fields != ("place",))
    assert acts == ["add", "change", "remove"]
    plan = commitments.plan("nanhu-2026-2030")
    assert Decimal("650") in [one.target_value for one in plan.commitments]


def test_a_correction_by_hand_is_carried_to_the_amended_document(
    reading, decide, planner, hand_in, draft
):
    row = draft("70%")
    actions.edit(row, replace(in_force(row), nature="binding"), en="Urban share", by=planner)
    made = actions.split(draft("70%"), by=planner)
    actions.load(decide(reading), by=planner)

    amended = hand_in(AMENDED, older=reading)

    kept = amended.drafts.get(code=row.code)
    assert (in_force(kept).nature, kept.en) == ("binding", "Urban share")
    assert AMENDED[in_force(kept).start : in_force(kept).end] == in_force(kept).quote
    assert amended.drafts.get(code=made.code).state == "accepted"


def test_what_a_person_added_is_found_again_by_its_words(reading, decide, planner, hand_in):
    kept = actions.add(reading, "第二章 民生", by=planner)
    gone = actions.add(reading, "座公厕", by=planner)
    actions.load(decide(reading), by=planner)

    amended = hand_in(AMENDED, older=reading)

    again = amended.drafts.get(code=kept.code)
    assert (again.state, again.change) == ("accepted", "kept")
    assert AMENDED[in_force(again).start : in_force(again).end] == "第二章 民生"
    assert gone.code in amended.removed


def test_what_was_split_off_from_a_promise_that_changed_is_open_again(
    reading, decide, planner, hand_in, draft
):
    made = actions.split(draft("600亿元"), by=planner)
    actions.load(decide(reading), by=planner)

    amended = hand_in(AMENDED, older=reading)

    again = amended.drafts.get(code=made.code)
    assert (again.state, again.change) == ("open", "changed")


def test_what_was_merged_into_a_promise_that_changed_is_open_again(
    reading, decide, planner, hand_in, draft
):
    row = draft("70%")
    actions.merge(row, by=planner)  # into the output, which the amended document changes
    actions.load(decide(reading), by=planner)

    amended = hand_in(AMENDED, older=reading)

    assert amended.drafts.get(code=row.code).state == "open"


def test_a_plan_may_follow_another_of_earlier_years(reading, decide, planner, hand_in):
    actions.load(decide(reading, replace(HEAD, start=2021, end=2030)), by=planner)
    later = hand_in(TEXT.replace("2030", "2035").replace("十五五", "十六五"))

    actions.load(decide(later, replace(HEAD, start=2031, end=2035)), by=planner)

    assert {one.name for one in commitments.plans(later.zone)} == {
        "nanhu-2021-2030", "nanhu-2031-2035",
    }  # fmt: skip


def test_real_and_invented_zones_keep_apart(reading, decide, planner):
    actions.load(decide(reading), by=planner)

    assert commitments.plan("nanhu-2026-2030").invented
    with pytest.raises(Refused, match="never mix"):
        ensure_zone("nanhu", zh="南湖区", en="Nanhu", invented=False, by=None)


def test_the_server_starts_with_an_invented_zone_that_the_samples_do_not_know(
    reading, decide, planner, settings
):
    actions.load(decide(reading), by=planner)
    settings.SERVICES = ("assessment", "scenarios")

    _load_samples()

    assert commitments.plan("nanhu-2026-2030") is not None


def test_what_the_document_says_of_itself_is_filled_in(hand_in, planner):
    found = hand_in(
        "南湖发〔2026〕7号\n\n关于印发《南湖区国民经济和社 会发展第十五个五年规划》的通知\n\n"
        "第一章 目标\n\n到2030年，工业总产值达到600亿元。\n\n展望到2035年，常住人口达到100万人。\n"
    )
    actions.accept_all(found, queries.listed(found, Asked()), above=Decimal(0), by=planner)

    assert queries.guessed(found) == {
        "zh": "南湖区国民经济和社会发展第十五个五年规划", "number": "南湖发〔2026〕7号",
        "start": 2026, "end": 2030, "outlook": 2035,
    }  # fmt: skip
