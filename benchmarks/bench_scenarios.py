"""A scenario over every promise of the sample plan that can be gone on with: 10,000 futures.

The goal is under two seconds for all of them together, each without and with the levers. Printed:
the time of three runs, how many promises got a probability, and that the three agree.
"""

import time
from datetime import date
from decimal import Decimal
from pathlib import Path

from lantu.core.plans.folder import read_folder
from lantu.core.plans.standing import Judged, Question
from lantu.core.whatif.levers import Lever, Policy, Project

GOAL_S = 2.0
PLAN = Path(__file__).parent.parent / "plans" / "qinghe-2021-2025"


def levers(codes: list[str]) -> list[Lever]:
    """A project with risks and a policy with a range on each promise, the most that it may take."""
    found: list[Lever] = []
    for code in codes:
        found += [
            Project(f"project {code}", into=code, output=Decimal("0.5"), runs_from=2024,
                    delay_risk=Decimal(20), cancel_risk=Decimal(5)),
            Policy(f"policy {code}", code, Decimal(1), since=2024, relative=True,
                   least=Decimal(0), most=Decimal(2)),
        ]  # fmt: skip
    return found


def main() -> None:
    import numpy  # noqa: F401  # imported once a process, so it is not part of a scenario's time

    judged = Judged(read_folder(PLAN))
    codes = [one.code for one in judged.plan.commitments if one.is_judged]
    question, pulled = Question(date(2023, 12, 31)), levers(codes)
    runs = []
    for _ in range(3):
        begun = time.perf_counter()
        found = list(judged.outcomes(pulled, question))
        runs.append((time.perf_counter() - begun, found))
    told = [one for one in runs[0][1] if one.chance is not None]
    print(f"{len(codes)} promises, {len(told)} with a probability, {len(pulled)} levers")
    print("seconds: " + ", ".join(f"{spent:.2f}" for spent, _ in runs) + f" (goal {GOAL_S})")
    print(f"three runs agree: {all(found == runs[0][1] for _, found in runs)}")


if __name__ == "__main__":
    main()
