"""What a department earns: each rule from both sides, and nothing for what nobody knows."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from lantu.core import content
from lantu.core.assessing.scheme import SCHEMES, read, scheme, schemes
from lantu.core.assessing.scoring import Entered, Office, Paper, line, score
from lantu.core.errors import ContentError

WORDS = {"zh": "一", "en": "one"}
D = Decimal


@pytest.fixture
def rules():
    found = scheme("qinghe", date(2023, 12, 31))
    assert found is not None
    return found


def entered(state="on-track", ratio="1.0", nature="other", **more):
    return Entered(
        code=more.pop("code", "a"), title=WORDS, nature=nature, part=more.pop("part", "lead"),
        state=state, ratio=None if ratio is None else D(ratio), **more,
    )  # fmt: skip


def office(*lines, papers=()):
    return Office("industry", WORDS, tuple(lines), tuple(papers))


@pytest.mark.parametrize(
    ("state", "ratio", "rule", "points", "bonus"),
    [
        ("on-track", "1.0", "full", "6", "0"),
        ("on-track", "0.96", "full", "6", "0"),
        ("ahead", "1.1", "full", "6", "0.30"),
        ("ahead", "3.0", "full", "6", "0.60"),
        ("ahead", None, "full", "6", "0"),
        ("behind", "0.8", "pro-rata", "4.80", "0"),
        ("behind", "0.60", "pro-rata", "3.60", "0"),
        ("behind", "0.599", "floor", "0", "0"),
        ("badly-behind", "-0.2", "floor", "0", "0"),
        ("behind", None, "by-state", "3.60", "0"),
        ("missed", None, "by-state", "0", "0"),
    ],
)
def test_a_line_earns_by_its_verdict(rules, state, ratio, rule, points, bonus):
    found = line(entered(state, ratio), rules)

    assert (found.rule, found.points, found.bonus) == (rule, D(points), D(bonus))
    assert all(found.why.values())


@pytest.mark.parametrize("state", ["no-data", "awaiting-target", "scope-mismatch"])
def test_what_nobody_knows_is_no_zero_and_leaves_the_sum(rules, state):
    found = score(office(entered(), entered(), entered(state, None)), rules)

    assert found.lines[2].points is None
    assert (found.rate, found.marks, found.scored) == (D(100), D(18), D(12))


@pytest.mark.parametrize("state", ["not-due", "not-judged"])
def test_what_is_not_judged_this_year_was_never_there_to_be_known(rules, state):
    found = score(office(entered(), entered(state, None)), rules)

    assert (found.lines[1].rule, found.marks, found.rate) == (state, D(6), D(100))


def test_with_less_than_half_of_the_marks_known_there_is_no_class(rules):
    found = score(office(entered(), entered("no-data", None), entered("no-data", None)), rules)

    assert (found.total, found.class_name) == (None, "")
    assert found.why["zh"] == "可评分值占33.3%，不足50%，不定等次"


@pytest.mark.parametrize("more", [{"is_settled": True}, {"set_aside": "appeal-1"}])
def test_what_was_settled_or_set_aside_neither_earns_nor_costs(rules, more):
    found = score(office(entered(), entered("missed", "0.2", **more)), rules)

    assert found.lines[1].points is None
    assert (found.rate, found.marks) == (D(100), D(6))


def test_a_supporting_department_earns_half_and_a_tracking_one_nothing(rules):
    assert line(entered(part="support"), rules).points == D(3)
    assert line(entered(part="track"), rules).points is None


def test_a_part_of_a_target_counts_by_what_was_taken_over(rules):
    assert line(entered("behind", "0.8", share=D("0.25")), rules).points == D("1.20")


def test_the_years_own_verdict_is_judged_and_the_verdict_to_date_where_there_is_none(rules):
    assert line(entered("badly-behind", year_state="on-track"), rules).rule == "full"
    assert line(entered("on-track"), rules).rule == "full"


def test_the_bonus_is_capped_for_the_whole_department(rules):
    found = score(office(*[entered("ahead", "2.0")] * 3), rules)

    assert (found.rate, found.bonus, found.total) == (D(100), D(5), D(105))


def test_late_papers_cost_points_up_to_a_cap(rules):
    late = [Paper("returns.data_return", f"r-{n}", WORDS, 2) for n in range(9)]
    order = Paper("supervision.order", "o", WORDS, 1)

    found = score(office(entered(), papers=[*late, order]), rules)

    assert [one.points for one in found.deducted] == [D(3), D(1)]
    assert found.total == D(96)


def test_a_paper_in_time_or_of_another_kind_costs_nothing(rules):
    papers = [
        Paper("returns.data_return", "r", WORDS, 0),
        Paper("citizens.complaint", "c", WORDS, 9),
    ]

    assert score(office(entered(), papers=papers), rules).minus == 0


def test_the_total_does_not_fall_below_zero(rules):
    late = [Paper("supervision.order", f"o-{n}", WORDS, 2) for n in range(9)]

    assert score(office(entered("missed", "0"), papers=late), rules).total == 0


def test_a_binding_target_badly_behind_keeps_a_department_from_the_better_classes(rules):
    good = [entered(code=f"g{n}") for n in range(20)]
    bad = entered("badly-behind", nature="binding", code="air", year_state="on-track")

    found = score(office(*good, bad), rules)

    assert (found.total, found.class_name, found.vetoed_by) == (D(100), "passed", ("air",))
    supported = score(office(*good, replace(bad, part="support")), rules)
    assert supported.class_name == "excellent"


@pytest.mark.parametrize(
    ("ratio", "name"), [("0.90", "excellent"), ("0.8999", "excellent"), ("0.899", "good"),
                        ("0.80", "good"), ("0.79", "passed"), ("0.60", "passed"), ("0.5", "weak")]
)  # fmt: skip
def test_the_class_follows_the_total(rules, ratio, name):
    # 0.8999 of 6 marks is 5.40 points as printed, so the sheet adds up to 90.
    assert score(office(entered("behind", ratio)), rules).class_name == name


def test_a_department_without_a_line_has_no_class(rules):
    assert score(office(), rules).class_name == ""


def test_the_rules_in_force_are_those_of_the_year():
    before, after = scheme("qinghe", date(2023, 12, 31)), scheme("qinghe", date(2024, 1, 1))

    assert before is not None
    assert after is not None
    assert (before.floor, after.floor) == (D("0.60"), D("0.70"))
    assert scheme("qinghe", date(2020, 12, 31)) is None


def test_only_the_invented_zone_has_rules():
    assert schemes("xinxiang") == []


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("kind: supervision.order", "kind: citizens.complaint", "citizens.complaint"),
        ("floor: 0.60", "floor: 1.60", "no share"),
        ("states: [badly-behind, missed]", "states: [no-data]", "no verdict"),
        ("from: 0}", "from: 10}", "begins at 0"),
        ("floor: 0.60", "flor: 0.60", "flor"),
    ],
)
def test_a_scheme_with_a_fault_is_refused_with_its_line(old, new, what):
    text = SCHEMES.read_text(encoding="utf-8")
    assert old in text

    with pytest.raises(ContentError, match=what) as refused:
        read(content.parse(text.replace(old, new), "schemes.yaml"))

    assert refused.value.where.startswith("schemes.yaml:")
