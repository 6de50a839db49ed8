"""Verdicts a second: 184 zones × 300 commitments as of one date, facts loaded, one core.

The peer is the share "actual ÷ target" of a spreadsheet, in floats: what people use today. The
answers are compared first, on the promises where that share means something.
"""

import sys
import time
from datetime import date
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from lantu.core.judging.judge import judge
from lantu.core.judging.records import Base, Commitment, Fact, Plan

ZONES, EACH, PLAN, DAY = 184, 300, Plan(2021, 2025), date(2023, 12, 31)
FORMS = ("level", "growth", "cumulative", "reduction", "floor", "ceiling", "change", "per_year")


def promise(number: int) -> Commitment:
    form = FORMS[number % len(FORMS)]
    return Commitment(
        form=form,  # type: ignore[arg-type]
        target=Decimal(120 + number % 80) if form != "reduction" else Decimal("13.5"),
        base=Base(2020, Decimal(100)),
        growth_pct=Decimal("8.0"),
        unit="亿元" if number % 2 else "家",
    )


def figures(zone: int, number: int) -> list[Fact]:
    form = FORMS[number % len(FORMS)]
    if form in ("growth", "reduction"):
        sign = -1 if form == "reduction" else 1
        rates = (Decimal(sign * (20 + (zone + number + year) % 70)) / 10 for year in range(3))
        return [Fact(2021 + year, rate, kind="growth") for year, rate in enumerate(rates)]
    return [Fact(2021 + year, Decimal(95 + 9 * year + (zone + number) % 13)) for year in range(3)]


def main() -> None:
    promises = [promise(number) for number in range(EACH)]
    work = [
        (promises[number], figures(zone, number)) for zone in range(ZONES) for number in range(EACH)
    ]
    compare(work)
    start = time.perf_counter()
    for commitment, facts in work:
        judge(commitment, facts, plan=PLAN, as_of=DAY)
    ours = len(work) / (time.perf_counter() - start)
    start = time.perf_counter()
    for commitment, facts in work[:5000]:
        judge(commitment, facts, plan=PLAN, as_of=DAY, explain=True)
    told = 5000 / (time.perf_counter() - start)
    start = time.perf_counter()
    for commitment, facts in work:
        float(facts[-1].value) / float(commitment.target or 1)
    naive = len(work) / (time.perf_counter() - start)
    print(f"{len(work):,} verdicts: {ours:,.0f} a second (goal 10,000: ratio {ours / 10_000:.2f})")
    print(f"explained: {told:,.0f} a second, {ours / told:.2f} times as long")
    print(f"actual ÷ target in floats: {naive:,.0f} a second, {naive / ours:.0f} times ours")


def compare(work: list[tuple[Commitment, list[Fact]]]) -> None:
    """How often the naive share of 100 % or more names what the judge calls met, and when not."""
    agree = total = 0
    for commitment, facts in work[:6000]:
        if commitment.form not in ("level", "floor", "ceiling"):
            continue
        verdict = judge(commitment, facts, plan=PLAN, as_of=DAY)
        share = float(facts[-1].value) / float(commitment.target or 1)
        total += 1
        agree += (share >= 1) == (verdict.state == "achieved-early")
    print(f"answers: the naive share agrees on “met” in {agree} of {total} levels and bounds")


if __name__ == "__main__":
    main()
