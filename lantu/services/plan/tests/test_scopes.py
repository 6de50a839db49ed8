"""A promise can be tried by another scope of its figures; the page says that it is a trial."""

from datetime import date

import pytest

from lantu.core.plans.standing import Question
from lantu.kernel.commitments import queries as commitments
from lantu.services.plan import detail

pytestmark = pytest.mark.django_db
PLAN, CODE = "qinghe-2021-2025", "services"
ASKED = Question(date(2026, 6, 30))


def told(zone, scope="", question=ASKED):
    return detail.promise(zone, commitments.plan(PLAN), CODE, question, "en", scope)


def page(client, ask=""):
    address = f"/z/qinghe/promises/{CODE}/{ask}"
    return client.get(address, headers={"accept-language": "en"})


def test_figures_of_another_scope_are_no_verdict_but_can_be_tried(qinghe):
    own, trial = told(qinghe), told(qinghe, "whole")

    assert own.to_date.verdict.state == "scope-mismatch"
    assert trial.to_date.verdict.is_judged
    assert {one.value for one in trial.used} != set()


def test_the_path_of_a_trial_shows_the_figures_of_that_scope(qinghe):
    assert any(row.actual is not None for row in told(qinghe, "whole").path.rows)


def test_a_trial_leaves_the_verdict_of_the_plan_as_it_was(qinghe):
    before = told(qinghe).to_date.verdict.state
    told(qinghe, "whole")

    assert told(qinghe).to_date.verdict.state == before
    found = {one.record.code: one.verdict.state for one in commitments.commitments(PLAN, ASKED)}
    assert found[CODE] == before


def test_the_page_offers_the_scopes_that_have_figures_and_says_which_is_the_targets(client, qinghe):
    text = page(client, "?as_of=2026-06-30").content.decode()

    assert "core area (of the target)" in text
    assert 'href="?as_of=2026-06-30&amp;scope=whole"' in text
    assert "A trial" not in text


def test_a_trial_says_that_it_is_none_of_the_plans_verdicts(client, qinghe):
    text = page(client, "?scope=whole").content.decode()

    assert "A trial: judged as if the target spoke for “whole area”." in text
    assert 'aria-current="true">whole area' in text


def test_the_targets_own_scope_is_no_trial(client, qinghe):
    assert "A trial" not in page(client, "?scope=core").content.decode()


def test_a_scope_that_the_plan_does_not_know_has_no_page(client, qinghe):
    assert page(client, "?scope=moon").status_code == 404


def test_a_promise_of_one_scope_offers_no_choice(client, qinghe):
    text = client.get("/z/qinghe/promises/hightech/", headers={"accept-language": "en"})

    assert "Which scope" not in text.content.decode()
