"""What stands for an unknown item of a score: nothing, the cohort's mean, no points, no weight."""

from datetime import date

import ibis
import pyarrow as pa
import pytest

from lantu.core.errors import ContentError
from lantu.core.rules.evaluation import evaluated
from lantu.core.rules.methods import load

METHOD = """label: {{zh: 得分, en: Score}}
question: How good?
formula: {{zh: 各项之和, en: the items added}}
version: 1
entity: firm
period: year
unit: "%"
parameters:
  items:
    label: {{zh: 权重, en: Weights}}
    unit: table
    values:
      2020-01-01:
        source: an example
        value:
          tax: {{weight: 60, baseline: 10}}
          energy: {{weight: 40, baseline: 10}}
    checked: 2026-01-01
score:
  kind: ratio
  table: items
  items:
    tax: {{missing: "null"}}
    energy: {{missing: {missing}}}
history: {{1: First version.}}
"""


def scored(tmp_path, missing, rows):
    (tmp_path / "score.yaml").write_text(METHOD.format(missing=missing), encoding="utf-8")
    method = load(tmp_path / "score.yaml", "x.score", "x.score")
    columns = {
        "firm": pa.array(range(len(rows))),
        "period": pa.array([2024] * len(rows)),
        "tax": pa.array([row[0] for row in rows], pa.float64()),
        "energy": pa.array([row[1] for row in rows], pa.float64()),
    }
    table = ibis.memtable(pa.table(columns))
    result = evaluated(method, table, on=date(2024, 12, 31)).order_by("firm")
    return ibis.duckdb.connect().to_pyarrow(result).to_pydict()


@pytest.mark.parametrize(
    ("missing", "score"),
    [
        ('"null"', None),
        ("penalty", 30.0),  # 60 × 5/10, and nothing for energy
        ("exclude", 50.0),  # half of what counts
        ("cohort-mean", 50.0),  # 30, and the other firm's 20 points
    ],
)
def test_an_unknown_item(tmp_path, missing, score):
    found = scored(tmp_path, missing, [(5, None), (10, 5)])

    assert found["score"] == [score, 80.0]
    assert found["score_reason"][0] == (None if score is not None else "not reported: energy")


def test_what_is_left_out_takes_nothing_from_a_firm_that_reports_it(tmp_path):
    assert scored(tmp_path, "exclude", [(10, 10)])["score"] == [100.0]


def test_an_item_that_must_be_there_is_named(tmp_path):
    found = scored(tmp_path, "exclude", [(None, 5)])

    assert (found["score"], found["score_reason"]) == ([None], ["not reported: tax"])


def test_a_year_before_the_weights_gives_nothing(tmp_path):
    (tmp_path / "score.yaml").write_text(METHOD.format(missing="exclude"), encoding="utf-8")
    method = load(tmp_path / "score.yaml", "x.score", "x.score")
    table = ibis.memtable(pa.table({"period": [2019], "tax": [5.0], "energy": [5.0]}))

    result = evaluated(method, table, on=date(2019, 12, 31))

    assert ibis.duckdb.connect().to_pyarrow(result).to_pydict()["score"] == [None]


CLASSED = METHOD.replace(
    "score:\n",
    "  classes:\n    label: {{zh: 类别, en: Classes}}\n    unit: table\n    values:\n"
    "      2020-01-01: {{value: [[50, A], [100, B]], source: an example}}\n"
    "      2025-01-01: {{value: [[25, A], [75, B], [100, C]], source: another}}\n"
    "    checked: 2026-01-01\nscore:\n  classes: classes\n"
    "  rulings: {{last: struck, not_first: held}}\n",
)


def classes(tmp_path, period, **decided):
    (tmp_path / "score.yaml").write_text(CLASSED.format(missing="penalty"), encoding="utf-8")
    method = load(tmp_path / "score.yaml", "x.score", "x.score")
    four = {"period": [period] * 4, "tax": [10.0, 9.0, 8.0, 7.0], "energy": [1.0] * 4}
    table = ibis.memtable(pa.table({"firm": range(4), **four, **decided}))
    result = evaluated(method, table, on=date(2030, 12, 31)).order_by("firm")
    return ibis.duckdb.connect().to_pyarrow(result).to_pydict()


def test_the_classes_of_a_year_are_those_in_force_in_it(tmp_path):
    assert classes(tmp_path, 2024)["final_class"] == ["A", "A", "B", "B"]
    assert classes(tmp_path, 2025)["final_class"] == ["A", "B", "B", "C"]


def test_a_ruling_moves_the_final_class_and_never_the_computed_one(tmp_path):
    found = classes(
        tmp_path, 2025, struck=[None, True, False, False], held=[True, True, True, None]
    )

    assert found["final_class"] == ["B", "C", "B", "C"]
    assert found["computed_class"] == ["A", "B", "B", "C"]


BEST = (
    METHOD.replace("kind: ratio", "kind: best")
    .replace("{{weight: 60, baseline: 10}}", "{{weight: 60}}")
    .replace("{{weight: 40, baseline: 10}}", "{{weight: 2, penalty: -3}}")
    .replace("{{missing: {missing}}}", "{{missing: {missing}, less_is_better: true}}")
)


def against_best(tmp_path, rows):
    (tmp_path / "score.yaml").write_text(BEST.format(missing="penalty"), encoding="utf-8")
    method = load(tmp_path / "score.yaml", "x.score", "x.score")
    table = ibis.memtable(
        pa.table(
            {
                "firm": range(len(rows)),
                "period": [2024] * len(rows),
                "tax": pa.array([row[0] for row in rows], pa.float64()),
                "energy": pa.array([row[1] for row in rows], pa.float64()),
            }
        )
    )
    result = evaluated(method, table, on=date(2024, 12, 31)).order_by("firm")
    return ibis.duckdb.connect().to_pyarrow(result).to_pydict()


def test_the_best_firm_is_the_baseline_and_less_energy_is_better(tmp_path):
    found = against_best(tmp_path, [(30, 5), (15, 15), (0, None)])

    # 60 × x/30; (2 − x/10) × 2 with a mean of 10; a firm without the figure has three points less.
    assert found["tax_score"] == [60.0, 30.0, 0.0]
    assert found["energy_score"] == [3.0, 1.0, -3.0]
    assert found["score"] == [63.0, 31.0, -3.0]


def test_where_the_best_is_not_above_zero_there_is_no_share_of_it(tmp_path):
    assert against_best(tmp_path, [(-5, 10), (-10, 10)])["score"] == [None, None]


def test_a_penalty_that_is_no_number_is_told_at_loading(tmp_path):
    text = BEST.format(missing="penalty").replace("penalty: -3", "penalty: three")
    (tmp_path / "score.yaml").write_text(text, encoding="utf-8")

    with pytest.raises(ContentError, match="The penalty of energy"):
        load(tmp_path / "score.yaml", "x.score", "x.score")
