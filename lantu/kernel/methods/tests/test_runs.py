"""A run keeps what it was given and what came out; it repeats, compares and publishes."""

from datetime import date
from decimal import Decimal

import pyarrow
import pytest

from lantu.core.errors import Refused
from lantu.kernel.access.models import LedgerEntry
from lantu.kernel.facts.models import Observation
from lantu.kernel.methods import actions, queries, snapshots

DAY = date(2025, 12, 31)


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = tmp_path


def _table(**changed):
    columns = {
        "subject": ["甲", "乙", "丙"],
        "period": [2025, 2025, 2025],
        "tax_paid": [30.0, 10.0, None],
        "land_used": [10.0, 0.0, 5.0],
    }
    return pyarrow.table(columns | changed)


def _run(zone, table=None, **more):
    given = {"method": "enterprises.per_mu_tax", "on": DAY, "by": None} | more
    return actions.run_method(zone, table=_table() if table is None else table, **given)


def test_a_run_keeps_rows_in_order_with_the_reason_of_each_unknown(qinghe):
    run = _run(qinghe)
    found = snapshots.results(run).to_pydict()

    assert found["subject"] == ["甲", "乙", "丙"]
    assert found["per_mu_tax"] == [3.0, None, None]
    assert found["per_mu_tax_reason"] == [None, "cannot be computed", "not reported: tax_paid"]
    assert (run.rows, run.unknown, run.state) == (3, 2, "draft")
    assert snapshots.inputs(run).equals(_table())
    assert LedgerEntry.objects.filter(act="run", object_key=str(run.pk)).count() == 1


def test_the_same_run_again_is_the_same_to_the_bit(qinghe):
    many = 50_000
    table = pyarrow.table(
        {
            "subject": [f"firm {one}" for one in range(many)],
            "tax_paid": [one * 0.37 for one in range(many)],
            "land_used": [1 + one % 97 for one in range(many)],
        }
    )
    first, second = _run(qinghe, table), _run(qinghe, table)

    assert first.input_hash == second.input_hash
    assert first.result_hash == second.result_hash
    assert _run(qinghe, table.slice(1)).result_hash != first.result_hash


def test_a_corrected_figure_shows_who_changed_and_with_which_input(qinghe):
    before = _run(qinghe)
    after = _run(qinghe, _table(tax_paid=[40.0, 10.0, None]))
    found = queries.compare(before, after)

    (change,) = found.changes
    assert (change.subject, change.period, change.column) == ("甲", 2025, "per_mu_tax")
    assert (change.before, change.after) == (3.0, 4.0)
    assert change.inputs == {"tax_paid": (30.0, 40.0)}
    assert (found.parameters_differ, found.code_differs) == (False, False)


def test_a_subject_listed_twice_cannot_be_compared(qinghe):
    run = _run(qinghe, _table(subject=["甲", "甲", "丙"]))

    with pytest.raises(Refused, match="甲 twice for 2025"):
        queries.compare(run, run)


def test_runs_of_another_zone_cannot_be_compared(qinghe, xinxiang):
    with pytest.raises(Refused, match="cannot be compared"):
        queries.compare(_run(qinghe), _run(xinxiang))


def test_a_draft_is_not_published_and_a_final_run_only_once(qinghe):
    run = _run(qinghe)
    columns = {"per_mu_tax": ("测试亩均税收", "万元/亩")}
    with pytest.raises(Refused, match="only a run that is final"):
        actions.publish(run, columns=columns, by=None)

    actions.make_final(run, by=None)
    actions.publish(run, columns=columns, by=None)

    fact = Observation.objects.get(zone=qinghe, indicator__zh="测试亩均税收")
    assert (fact.subject.zh, fact.value, fact.unit) == ("甲", Decimal(3), "万元/亩")
    assert fact.source_title == f"enterprises.per_mu_tax 1, run {run.pk}"
    with pytest.raises(Refused):
        actions.publish(run, columns=columns, by=None)


def test_a_parameter_that_the_method_does_not_have_is_refused(qinghe):
    with pytest.raises(Refused, match="no single number luck"):
        _run(qinghe, parameters={"luck": Decimal(1)})


def test_a_table_that_is_not_kept_is_told(qinghe):
    run = _run(qinghe)
    snapshots.kept(run.result_hash).unlink()

    with pytest.raises(Refused, match="not kept here"):
        snapshots.results(run)


def test_a_result_is_explained_by_its_own_rule_with_inputs_and_result(qinghe):
    (found,) = queries.explain(_run(qinghe), "甲")

    assert found.inputs == {"tax_paid": 30.0, "land_used": 10.0}
    assert found.steps["per_mu_tax"][-1].value == 3.0
    assert any("tax_paid ÷" in one.text for one in found.steps["per_mu_tax"])
    assert list(found.lines())[-2] == "  → per_mu_tax = 3.0"


def test_the_items_of_a_score_add_up_to_it_and_name_the_paper(qinghe):
    table = pyarrow.table(
        {
            "subject": ["甲", "乙"],
            "period": [2022, 2022],
            "veto": [False, False],
            "tax_per_mu": [26.01, 20.0],
            "va_per_mu": [132.27, 100.0],
            "va_per_energy": [2.54, 2.0],
            "va_per_emission": [4861.08, None],
            "labour_productivity": [17.45, 15.0],
            "rd_ratio": [0.0305, 0.02],
        }
    )
    run = _run(qinghe, table, method="enterprises.per_mu_score")
    (found,) = queries.explain(run, "乙")

    total = sum(steps[-1].value for steps in found.steps.values())
    assert total == pytest.approx(found.results["per_mu_score"], abs=1e-8)
    assert found.parameters[0].since == date(2022, 1, 1)
    assert "黄政发〔2018〕12号" in found.parameters[0].source
    # 20 ÷ 24.097 × 30 by hand
    assert found.steps["tax_per_mu"][-1].value == pytest.approx(24.899365, abs=1e-6)


def test_an_unknown_subject_is_not_explained(qinghe):
    with pytest.raises(Refused, match="no subject 丁"):
        queries.explain(_run(qinghe), "丁")


def test_rows_of_days_do_not_speak_for_a_year(qinghe):
    daily = _table().drop_columns(["period"])
    run = actions.make_final(_run(qinghe, daily), by=None)

    with pytest.raises(Refused, match="speak for no year"):
        actions.publish(run, columns={"per_mu_tax": ("亩均税收", "万元/亩")}, by=None)
