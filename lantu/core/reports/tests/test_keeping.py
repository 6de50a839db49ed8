"""A report is kept whole, and what stands otherwise later is named with its figures."""

import json
from dataclasses import replace

from lantu.core.plans import folder
from lantu.core.plans.standing import Question
from lantu.core.reports.draft import draft
from lantu.core.reports.keeping import (
    checksum,
    differences,
    document_as_json,
    document_from_json,
    snapshot,
)

PLAN = folder.read_folder(folder.find("qinghe-2021-2025"))
END_OF_2023 = Question(PLAN.observations[0].period.last_day.replace(2023, 12, 31))


def test_a_document_survives_being_kept_as_json():
    document = draft(PLAN, "midterm", 2023, "zh")

    kept = json.loads(json.dumps(document_as_json(document)))

    assert document_from_json(kept) == document


def test_the_same_figures_stand_the_same():
    assert differences(snapshot(PLAN, END_OF_2023), snapshot(PLAN, END_OF_2023)) == ()


def test_a_figure_that_came_later_is_named_with_the_verdict_it_changed():
    used = snapshot(PLAN, END_OF_2023)["lines"]["hightech"]["facts"]
    without = replace(
        PLAN,
        observations=tuple(
            one
            for one in PLAN.observations
            if one.indicator != measured("hightech") or one.period.end_year < 2023
        ),
    )

    found = differences(snapshot(without, END_OF_2023), snapshot(PLAN, END_OF_2023))

    change = next(one for one in found if one.code == "hightech")
    assert set(map(tuple, used)) & set(change.came)
    assert change.before != change.after or change.progress_before != change.progress_after


def measured(code: str) -> str:
    record = next(one for one in PLAN.commitments if one.code == code)
    assert record.measured_by is not None
    return record.measured_by.indicator


def test_a_promise_that_is_gone_is_named_last():
    fewer = replace(PLAN, commitments=PLAN.commitments[1:])
    gone = PLAN.commitments[0].code

    found = differences(snapshot(PLAN, END_OF_2023), snapshot(fewer, END_OF_2023))

    assert [(one.code, one.after) for one in found] == [(gone, None)]


def test_a_title_worded_anew_is_no_change():
    first = PLAN.commitments[0]
    renamed = replace(
        PLAN,
        commitments=(replace(first, title={"zh": "改写", "en": "reworded"}), *PLAN.commitments[1:]),
    )

    assert differences(snapshot(PLAN, END_OF_2023), snapshot(renamed, END_OF_2023)) == ()


def test_a_checksum_does_not_depend_on_the_order_of_keys():
    assert checksum({"zh": 1, "en": 2}, {"a": 1}) == checksum({"en": 2, "zh": 1}, {"a": 1})
    assert checksum({"zh": 1}, {"a": 1}) != checksum({"zh": 1}, {"a": 2})
