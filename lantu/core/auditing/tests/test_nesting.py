"""Lower plans against the plan above: what fits, what is easier, and what cannot be compared."""

from dataclasses import replace
from decimal import Decimal

import pytest

from lantu.core.auditing.nesting import nested
from lantu.core.judging.records import Base, Plan
from lantu.core.plans.folder import find, read_folder
from lantu.core.plans.nesting import left, pairs
from lantu.core.plans.records import Measure, PlanCommitment

D = Decimal


@pytest.fixture(scope="module")
def upper():
    return read_folder(find("qinghe-2021-2025"))


@pytest.fixture(scope="module")
def annual():
    return read_folder(find("qinghe-2024"))


def of(plan, code):
    return next(one for one in plan.commitments if one.code == code)


def with_only(plan, *records, **more):
    return replace(plan, commitments=tuple(records), **more)


def rules(found, result="contradicts"):
    return [one.rule for one in found if one.result == result]


def judged(upper, annual, code, **changes):
    """The findings of one promise of the annual plan, changed."""
    return nested(upper, [with_only(annual, replace(of(annual, code), **changes))])


class TestAnnual:
    def test_the_sample_shows_an_easier_target_an_eased_binding_one_and_another_base(
        self, upper, annual
    ):
        found = nested(upper, [annual])

        assert [(one.rule, one.codes) for one in found if one.result == "contradicts"] == [
            ("annual-path", ("gdp",)), ("nested-base", ("doctors",)), ("nested-binding", ("pm25",)),
        ]  # fmt: skip
        assert len(found) == 8

    @pytest.mark.parametrize(
        ("value", "result"), [("88", "holds"), ("87.5", "contradicts"), ("90", "holds")]
    )
    def test_a_target_that_rises_is_easier_below_the_path(self, upper, annual, value, result):
        [found] = judged(upper, annual, "hightech", target_value=D(value))

        assert (found.rule, found.result, found.computed) == ("annual-path", result, D("88.0"))

    @pytest.mark.parametrize(("value", "result"), [("40", "holds"), ("42", "contradicts")])
    def test_a_target_that_falls_is_easier_above_the_path(self, upper, annual, value, result):
        [found] = judged(upper, annual, "pm25", target_value=D(value))

        assert found.result == result

    def test_a_path_that_rounds_to_the_target_as_printed_holds(self, upper, annual):
        assert judged(upper, annual, "gdp", target_value=D("182"))[0].result == "holds"
        assert judged(upper, annual, "gdp", target_value=D("181.7"))[0].result == "contradicts"

    def test_another_form_or_unit_is_not_compared(self, upper, annual):
        assert judged(upper, annual, "gdp", form="floor") == []
        assert judged(upper, annual, "gdp", unit="万元") == []

    def test_the_message_says_what_is_set_and_what_is_asked(self, upper, annual):
        [found] = judged(upper, annual, "hightech", target_value=D(80))

        assert found.message["zh"].endswith("2024年目标80家，上级规划当年应为88.0家，目标偏松。")

    def test_seen_from_the_lower_plan_its_own_promise_is_named(self, upper, annual):
        own = replace(of(annual, "pm25"), code="air")

        [found] = nested(upper, [with_only(annual, own)], seen_from="lower")

        assert found.codes == ("air",)


class TestLinks:
    def test_a_promise_is_linked_by_its_measure_or_by_the_code_it_names(self, upper, annual):
        found = {one.lower.code: one.upper and one.upper.code for one in pairs(upper, annual)}

        assert (found["pm25"], found["hospital-2024"]) == ("pm25", "hospital")
        assert found["night-bus"] is None

    def test_a_measure_of_two_promises_names_none(self, upper, annual):
        twin = replace(of(upper, "pm25"), code="pm25-again")
        doubled = with_only(upper, *upper.commitments, twin)

        found = {one.lower.code: one.upper for one in pairs(doubled, annual)}

        assert found["pm25"] is None


class TestLower:
    """Sector plans for the same years."""

    @staticmethod
    def sector(upper, name, value, **more):
        own = PlanCommitment(
            code="bridges", kind="target", title={"zh": "桥", "en": "bridges"}, unit="座",
            form="cumulative", target_year=2025, target_value=value, parent="bridges",
            measured_by=Measure("新建桥梁", name), **more,
        )  # fmt: skip
        return with_only(upper, own, name=name, level="sector", parent=upper.name)

    @pytest.mark.parametrize(
        ("parts", "result"), [((4, 2), "holds"), ((4, 1), "contradicts"), ((5, 3), "holds")]
    )
    def test_together_they_reach_the_target_above(self, upper, parts, result):
        plans = [self.sector(upper, f"s-{n}", D(value)) for n, value in enumerate(parts)]

        [found] = nested(upper, plans)

        assert (found.rule, found.result, found.computed) == ("nested-sum", result, D(sum(parts)))

    def test_the_amount_of_a_part_is_not_held_against_the_whole(self, upper):
        assert nested(upper, [self.sector(upper, "s", D(1))]) == []

    def test_an_unknown_part_makes_no_sum(self, upper):
        plans = [self.sector(upper, "a", D(1)), self.sector(upper, "b", None)]

        assert nested(upper, plans) == []

    def test_a_binding_rate_of_a_part_is_held_against_the_whole(self, upper):
        own = replace(
            of(upper, "energy"), target_value=D("12.0"), measured_by=None, parent="energy"
        )

        found = nested(upper, [with_only(upper, own, name="s", level="sector")])

        assert rules(found) == ["nested-binding"]

    def test_another_base_of_another_year_is_no_contradiction(self, upper):
        own = replace(of(upper, "doctors"), base=Base(2021, D("2.9")))

        assert rules(nested(upper, [with_only(upper, own, name="s", level="sector")])) == []


class TestLeft:
    def test_after_a_level_what_is_missing_to_the_target(self, upper):
        found = left(of(upper, "hightech"), upper, 2023, D(80), None)

        assert (found.years, found.remaining, found.per_year) == (2, D(20), D(10))

    def test_after_a_year_that_passes_the_whole_target_nothing(self, upper):
        found = left(of(upper, "hightech"), upper, 2024, D(105), None)

        assert (found.remaining, found.per_year) == (D(0), D(0))

    def test_after_a_ceiling_the_fall_that_is_missing(self, upper):
        assert left(of(upper, "pm25"), upper, 2024, D(44), None).remaining == D(6)
        assert left(of(upper, "pm25"), upper, 2024, D(36), None).remaining == D(0)

    def test_after_a_sum_what_the_years_together_leave(self, upper):
        assert left(of(upper, "foreign-capital"), upper, 2024, D(2), D("3.6")).remaining == D("4.4")

    def test_without_the_years_before_it_is_not_known(self, upper):
        assert left(of(upper, "foreign-capital"), upper, 2024, D(2), None).remaining is None

    def test_beyond_the_target_nothing_is_left(self, upper):
        found = left(of(upper, "hightech"), upper, 2024, D(105), None)

        assert found.is_nothing
        assert (found.remaining, found.per_year) == (0, 0)

    def test_what_must_fall_is_left_as_a_distance(self, upper):
        found = left(of(upper, "pm25"), upper, 2024, D(44), None)

        assert (found.remaining, found.is_falling, found.is_nothing) == (D(6), True, False)
        assert left(of(upper, "pm25"), upper, 2024, D(37), None).is_nothing

    def test_in_the_last_year_nothing_is_left_to_spread(self, upper):
        assert left(of(upper, "hightech"), upper, 2025, D(90), None).per_year is None


def test_an_annual_plan_has_one_year_and_a_plan_above(tmp_path):
    import shutil

    from lantu.core.errors import ContentError

    shutil.copytree(find("qinghe-2024"), tmp_path / "qinghe-2024")
    head = tmp_path / "qinghe-2024" / "plan.yaml"
    text = head.read_text(encoding="utf-8")
    for old, new, what in (
        ("end: 2024", "end: 2025", "from 2024 to 2025"),
        ("parent: qinghe-2021-2025", "parent: null", "no `parent`"),
        ("level: annual", "level: village", "village"),
    ):
        assert old in text
        head.write_text(text.replace(old, new), encoding="utf-8")
        with pytest.raises(ContentError, match=what):
            read_folder(tmp_path / "qinghe-2024")


def test_the_annual_sample_is_what_ships(tmp_path, annual):
    from lantu.core.plans.sample import write_annual_sample

    write_annual_sample(tmp_path / "again")

    for file in sorted((tmp_path / "again").rglob("*.*")):
        shipped = find("qinghe-2024") / file.relative_to(tmp_path / "again")
        assert file.read_bytes() == shipped.read_bytes(), file.name
    assert annual.period == Plan(2024, 2024)
