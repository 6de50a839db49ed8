"""Grading: progress beside schedule, in the words of the rule set in force."""

from dataclasses import dataclass
from decimal import Decimal

from lantu.core.figures.decimals import power
from lantu.core.judging.case import HUNDRED, Case
from lantu.core.judging.rulesets import GrowthRule, default_growth
from lantu.core.judging.states import State


@dataclass(frozen=True, slots=True)
class Grade:
    """The word, and the number that decided it. `rules` names the set that was used."""

    state: State
    rules: str
    ratio: Decimal | None = None
    gap: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Compound:
    """Growth factors over `gone` and over all `years`, for sets that compare compound growth."""

    observed: Decimal
    required: Decimal
    gone: int
    years: int

    def ratio(self) -> Decimal | None:
        """Observed over required compound growth; None where a root has no meaning."""
        if self.observed <= 0 or self.required <= 0 or self.gone <= 0:
            return None
        required = power(self.required, 1, self.years) - 1
        if required == 0:
            return None
        return (power(self.observed, 1, self.gone) - 1) / required


def share(case: Case, progress: Decimal, due: Decimal, compound: Compound | None = None) -> Grade:
    """Grade a progress share against the share due."""
    rules = case.rules
    gap = (progress - due) * HUNDRED if rules.measure == "points" else None
    if due <= 0:
        case.note("nothing-due", progress=progress)
        if progress == due:
            return Grade("on-track", rules.name, None, gap)
        return Grade(rules.best if progress > due else "behind", rules.name, None, gap)
    ratio = progress / due
    found = compound.ratio() if rules.measure == "compound" and compound is not None else None
    ratio = ratio if found is None else found
    measured = ratio if gap is None else gap
    state = rules.grade(measured)
    if found is not None:
        case.note("graded-compound", value=ratio, rules=rules.name, state=state)
    else:
        case.note(
            "graded" if gap is None else "graded-points",
            value=measured,
            rules=rules.name,
            state=state,
        )
    return Grade(state, rules.name, ratio, gap)


def growth(case: Case, mean: Decimal, owed: Decimal, *, less: bool) -> Grade:
    """Grade a mean growth against the growth owed, both in per cent."""
    gap = owed - mean if less else mean - owed
    if case.rules.measure == "compound" and owed > 0 and not less:
        ratio = mean / owed
        state = case.rules.grade(ratio)
        case.note("graded-compound", value=ratio, rules=case.rules.name, state=state)
        return Grade(state, case.rules.name, ratio, gap)
    rule, name = _growth_rule(case)
    state = _growth_word(rule, gap, mean, owed, less=less)
    case.note("graded-growth", gap=gap, mean=mean, owed=owed, rules=name, state=state)
    return Grade(state, name, None, gap)


def _growth_rule(case: Case) -> tuple[GrowthRule, str]:
    if case.rules.growth is not None:
        return case.rules.growth, case.rules.name
    case.note("falls-back", rules=case.rules.name)
    return default_growth(case.as_of), "ratio"


def _growth_word(
    rule: GrowthRule, gap: Decimal, mean: Decimal, owed: Decimal, *, less: bool
) -> State:
    if gap >= rule.ahead:
        return "ahead"
    if gap >= rule.on_track:
        return "on-track"
    far_below = not less and owed > 0 and mean < rule.badly_below_share * owed
    return "badly-behind" if far_below else "behind"


def at_least_on_track(grade: Grade, met: bool) -> Grade:
    """A figure that rounds to its printed annual target is never behind for the year."""
    if met and grade.state in ("behind", "badly-behind"):
        return Grade("on-track", grade.rules, grade.ratio, grade.gap)
    return grade
