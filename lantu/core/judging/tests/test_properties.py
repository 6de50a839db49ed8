"""What holds for every promise, whatever the numbers."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from lantu.core.judging.judge import judge
from lantu.core.judging.records import Base, Commitment, Fact, Plan
from lantu.core.judging.states import FINAL, STATES, UNJUDGED

PLAN = Plan(2021, 2025)
numbers = st.decimals(min_value=-1000, max_value=1000, places=2)
positive = st.decimals(min_value=1, max_value=1000, places=1)
forms = st.sampled_from(
    ["level", "floor", "ceiling", "cumulative", "change", "reduction", "growth", "rank", "per_year"]
)
days = st.dates(min_value=date(2020, 1, 1), max_value=date(2028, 12, 31))
facts = st.lists(
    st.builds(
        Fact,
        year=st.integers(2019, 2027),
        value=numbers,
        kind=st.sampled_from(["level", "growth"]),
        months=st.none() | st.integers(1, 12),
        scope=st.sampled_from([None, "a", "b"]),
    ),
    max_size=12,
)
commitments = st.builds(
    Commitment,
    form=forms,
    target=positive,
    growth_pct=positive,
    base=st.builds(Base, year=st.just(2020), value=st.none() | numbers),
    direction=st.sampled_from([None, "more", "less"]),
    scope=st.sampled_from([None, "a"]),
    path=st.sampled_from([None, "linear", "geometric", "none"]),
    every_year=st.booleans(),
    rules=st.sampled_from(["ratio", "open-sdg", "gap-points", "ratio-cards"]),
)


@given(commitments, facts, days)
def test_every_promise_gets_one_word(commitment, figures, day):
    verdict = judge(commitment, figures, plan=PLAN, as_of=day)

    assert verdict.state in STATES
    assert verdict.year is None or verdict.year.state not in FINAL


@given(commitments, facts, days)
def test_no_verdict_carries_no_ratio(commitment, figures, day):
    verdict = judge(commitment, figures, plan=PLAN, as_of=day)

    if verdict.state in UNJUDGED:
        assert verdict.ratio is None
        assert verdict.needed_per_year is None


@given(commitments, facts, days)
def test_asking_why_changes_nothing(commitment, figures, day):
    plain = judge(commitment, figures, plan=PLAN, as_of=day)
    told = judge(commitment, figures, plan=PLAN, as_of=day, explain=True)

    assert (plain.state, plain.progress, plain.ratio) == (told.state, told.progress, told.ratio)


@given(commitments, days)
def test_no_figure_is_never_a_verdict(commitment, day):
    assert judge(commitment, [], plan=PLAN, as_of=day).state in UNJUDGED


@given(commitments, facts, days, numbers)
def test_a_figure_of_the_future_changes_nothing(commitment, figures, day, value):
    later = Fact(2040, value)

    before = judge(commitment, figures, plan=PLAN, as_of=day)
    after = judge(commitment, [*figures, later], plan=PLAN, as_of=day)

    assert before == after


@given(st.decimals(min_value=100, max_value=300, places=2))
def test_more_is_never_judged_worse(value):
    promise = Commitment(
        form="level", target=Decimal(200), base=Base(2020, Decimal(100)), unit="家"
    )
    order = ["badly-behind", "behind", "on-track", "ahead", "achieved-early"]

    def rank(figure: Decimal) -> int:
        verdict = judge(promise, [Fact(2022, figure)], plan=PLAN, as_of=date(2022, 12, 31))
        return order.index(verdict.state)

    assert rank(value) <= rank(value + 10)
