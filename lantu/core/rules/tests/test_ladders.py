"""A ladder counts years on end in one class and takes the step of that many years."""

import random
from datetime import date

import ibis
import pyarrow as pa
import pytest

from lantu.core.errors import ContentError
from lantu.core.rules.evaluation import evaluated
from lantu.core.rules.explain import explained
from lantu.core.rules.ladders import climb
from lantu.core.rules.methods import load

METHOD = """label: {{zh: 差别价格, en: Price}}
question: How much more?
formula: {{zh: 逐年加价, en: more each year}}
version: 1
entity: firm
period: year
unit: 元/千瓦时
parameters:
  steps:
    label: {{zh: 加价, en: Steps}}
    unit: table
    values:
      2020-01-01: {{value: {{A: [0], C: [0, 0.1], D: [0.2, 0.3]}}, source: 甲办〔2020〕1号}}
      2023-01-01: {{value: {{A: [0], C: [0.1], D: [0.3, 0.4, 0.5]}}, source: 甲办〔2023〕9号}}
    checked: 2026-01-01
ladder:
  subject: firm
  class: final_class
  steps: steps
{more}
history: {{1: First version.}}
"""
ENDS = "  gap: ends"
PASSES = "  gap: passes"
TOGETHER = "  gap: ends\n  together: [[C, D]]"
DAY = date(2030, 12, 31)


def method(tmp_path, more=ENDS, text=METHOD):
    (tmp_path / "price.yaml").write_text(text.format(more=more), encoding="utf-8")
    return load(tmp_path / "price.yaml", "x.price", "x.price")


def table(rows, **more):
    firms, years, classes = zip(*rows, strict=True)
    return pa.table({"firm": firms, "period": years, "final_class": classes, **more})


def climbed(found, given):
    numbered = given.append_column("row_", pa.array(range(given.num_rows)))
    result = evaluated(found, ibis.memtable(numbered), on=DAY).order_by("row_")
    return ibis.duckdb.connect().to_pyarrow(result).to_pydict()


def prices(tmp_path, classes, more=ENDS):
    """The price of each year from 2020 on; None: a year that is not listed."""
    rows = [("甲", 2020 + n, name) for n, name in enumerate(classes) if name is not None]
    return climbed(method(tmp_path, more), table(rows))["price"]


def test_each_year_on_end_takes_the_next_step_of_its_own_years_paper(tmp_path):
    assert prices(tmp_path, ["D", "D", "D", "D"]) == [0.2, 0.3, 0.3, 0.5]


def test_classes_may_each_have_their_steps(tmp_path):
    assert prices(tmp_path, ["C", "C", "D", "A", "C"]) == [0, 0.1, 0.2, 0, 0.1]


def test_a_year_that_is_not_listed_ends_the_count_or_is_passed_over(tmp_path):
    assert prices(tmp_path, ["D", None, "D"]) == [0.2, 0.2]
    assert prices(tmp_path, ["D", None, "D"], PASSES) == [0.2, 0.3]


def test_the_years_of_two_classes_may_be_counted_as_one(tmp_path):
    assert prices(tmp_path, ["C", "D", "C", "A", "D"], TOGETHER) == [0, 0.3, 0.1, 0, 0.3]


def test_what_applies_beside_it_may_be_added(tmp_path):
    more = ENDS + "\n  beside: {column: other, take: sum}"
    given = table([("甲", 2020, "D"), ("甲", 2021, "D")], other=[1.0, None])

    found = climbed(method(tmp_path, more), given)

    assert found["price"] == [1.2, None]
    assert found["price_reason"] == [None, "not reported: other"]


def test_a_firm_listed_twice_in_a_year_has_no_price_in_any(tmp_path):
    rows = [("甲", 2020, "D"), ("甲", 2020, "A"), ("甲", 2021, "D"), ("乙", 2021, "D")]

    found = climbed(method(tmp_path), table(rows))

    assert found["price"] == [None, None, None, 0.2]
    assert found["price_reason"] == ["listed twice in a year"] * 3 + [None]


@pytest.mark.parametrize("more", [ENDS, PASSES, TOGETHER])
def test_one_subject_alone_stands_where_the_engine_puts_it(tmp_path, more):
    chance, found = random.Random(3), method(tmp_path, more)  # noqa: S311
    histories = {
        f"f{n}": {y: chance.choice(["A", "C", "D", "D", "D", None])
                  for y in chance.sample(range(2020, 2031), chance.randint(1, 9))}
        for n in range(60)
    }  # fmt: skip
    rows = [(firm, y, name) for firm, years in histories.items() for y, name in years.items()]

    got = climbed(found, table(rows))

    for n, (firm, year, _) in enumerate(rows):
        one = climb(found.ladder, found.parameters["steps"], histories[firm], year,
                    on=date(year, 12, 31))  # fmt: skip
        alone = (None,) * 4 if one is None else (float(one.value), one.years, one.since, one.step)
        assert alone == tuple(got[key][n] for key in ("price", "years", "since", "step"))


def test_a_price_is_explained_in_a_sentence_that_names_the_paper(tmp_path):
    given = table([("甲", 2023, "D"), ("甲", 2024, "D")])

    found = explained(method(tmp_path), given, 1, on=DAY)

    said = "second year on end in class D, since 2023 → +0.4 元/千瓦时 by 甲办〔2023〕9号"
    assert found.told["en"] == said
    assert found.told["zh"] == "自2023年起连续第2年列入D类 → +0.4 元/千瓦时，依据：甲办〔2023〕9号"
    assert [(one.text, one.value) for one in found.steps["price"]] == [
        ("years on end in class D, since 2023", 2), ("step 2 of [0.3, 0.4, 0.5]", 0.4)
    ]  # fmt: skip
    assert f"  {said}" in list(found.lines())


def test_an_unknown_price_is_explained_by_its_reason(tmp_path):
    found = explained(method(tmp_path), table([("甲", 2024, None)]), 0, on=DAY)

    assert found.told is None
    assert found.results["price_reason"] == "not reported: final_class"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("steps: steps", "steps: rungs", "There is no parameter rungs"),
        ("D: [0.2, 0.3]", "D: 0.2", "is no ladder"),
        ("gap: ends", "gap: maybe", "'maybe' is not known here"),
        ("gap: ends", "gap: ends\n  together: [[D, E]]", "has no class E"),
        ("class: final_class", "klass: final_class", "The key `klass` is not known"),
    ],
)
def test_a_fault_in_the_file_is_named_with_its_line(tmp_path, old, new, told):
    text = METHOD.replace("{more}", ENDS).replace(old, new, 1)
    with pytest.raises(ContentError) as error:
        method(tmp_path, text=text)

    assert told in str(error.value)
    assert "price.yaml:" in error.value.where
