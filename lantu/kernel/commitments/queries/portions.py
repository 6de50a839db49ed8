"""Verdicts of a whole plan on many days, of which nothing is kept."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from lantu.core.judging.records import Verdict
from lantu.core.plans.records import Observed, PlanCommitment, PlanFolder
from lantu.core.plans.standing import Judged, Question
from lantu.kernel.access.models import Zone
from lantu.kernel.commitments.queries.needed import asked, figures_of, own_figures_of
from lantu.kernel.commitments.queries.standing import promised

# Promises whose figures are held at a time: their own, and those of all scopes, which are far more.
_AT_ONCE: Final = 50
_OF_ALL_SCOPES: Final = 10


def verdicts_on(name: str, days: Sequence[date]) -> Iterator[tuple[PlanCommitment, list[Verdict]]]:
    """Every judged promise of a plan with its verdict on each of some days, by what is known now.

    The same verdicts as those of `commitments`, in the same order. That keeps a plan with all its
    figures for the next who asks; here few promises' figures are held at a time.
    """
    found = promised(name)
    if found is None:
        return
    zone = Zone.objects.get(slug=found.zone.slug)
    questions = [Question(day) for day in days]
    every = [one for one in found.commitments if one.is_judged]
    for start in range(0, len(every), _AT_ONCE):
        part = every[start : start + _AT_ONCE]
        told = _verdicts(found, part, own_figures_of(zone, *asked(part)), questions)
        # Figures of another scope tell only why there is no verdict.
        without = [one for one in part if any(map(_has_no_figure, told[one.code]))]
        for begin in range(0, len(without), _OF_ALL_SCOPES):
            few = without[begin : begin + _OF_ALL_SCOPES]
            told |= _verdicts(found, few, figures_of(zone, None, *asked(few))[0], questions)
        yield from ((record, told[record.code]) for record in part)


def _verdicts(
    plan: PlanFolder,
    part: Sequence[PlanCommitment],
    figures: Sequence[Observed],
    questions: Sequence[Question],
) -> dict[str, list[Verdict]]:
    judged = Judged(replace(plan, commitments=tuple(part), observations=tuple(figures)))
    return {one.code: [judged.verdict(one, asked) for asked in questions] for one in part}


def _has_no_figure(verdict: Verdict) -> bool:
    of_year = verdict.year
    return "no-data" in (verdict.state, None if of_year is None else of_year.state)
