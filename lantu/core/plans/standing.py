"""Standings: every promise of a plan with its verdict, on one day. The same list everywhere."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from lantu.core.judging.forecast.outlook import Outlook, outlook
from lantu.core.judging.judge import judge
from lantu.core.judging.records import Plan, Verdict
from lantu.core.plans.evidence import Rest, Series, events_of
from lantu.core.plans.records import PlanCommitment, PlanFolder, PlanProject
from lantu.core.whatif.levers import Lever
from lantu.core.whatif.outcome import PATHS, Outcome, outcome, reach


@dataclass(frozen=True, slots=True)
class Question:
    """Which day, as known when, by which rule set (None: the plan's own)."""

    as_of: date
    known_on: date | None = None
    rules: str | None = None

    @property
    def until(self) -> date:
        """The last day whose acts count: the day asked about, or an earlier day of knowledge."""
        return self.as_of if self.known_on is None else min(self.as_of, self.known_on)

    @property
    def last_year(self) -> int:
        """The newest year that is over on the day."""
        is_over = (self.as_of.month, self.as_of.day) == (12, 31)
        return self.as_of.year if is_over else self.as_of.year - 1


@dataclass(frozen=True, slots=True)
class Standing:
    """A promise or project, and how it stands."""

    record: PlanCommitment | PlanProject
    verdict: Verdict


class Judged:
    """A plan with its figures at hand, ready to be asked about any day."""

    def __init__(
        self, plan: PlanFolder, like: "Judged | None" = None, rest: Rest | None = None
    ) -> None:
        """`like`: the plan as of another day; what its figures have in common is shared.

        `rest`: where the plan holds only figures that decide, who is asked for all of a series.
        """
        self.plan = plan
        self._series: Series
        if like is not None and like.plan.observations is plan.observations:
            self._series = like._series
        else:
            self._series = Series(plan.observations, None if like is None else like._series, rest)

    def commitments(self, question: Question, *, explain: bool = False) -> Iterator[Standing]:
        """Every promise and task; stated facts are not judged."""
        for found in self.plan.commitments:
            if found.is_judged:
                yield Standing(found, self.verdict(found, question, explain=explain))

    def projects(self, question: Question, *, explain: bool = False) -> Iterator[Standing]:
        for project in self.plan.projects:
            yield Standing(project, self.verdict(project, question, explain=explain))

    def verdict(
        self,
        record: PlanCommitment | PlanProject,
        question: Question,
        *,
        explain: bool = False,
    ) -> Verdict:
        """The verdict of one record."""
        rules = question.rules or self.plan.rules
        # An explanation tells of every figure; a verdict alone needs those that decide.
        figures = self._series.facts if explain else self._series.deciding
        return judge(
            record.promise(rules),
            figures(record) if isinstance(record, PlanCommitment) else (),
            plan=self.plan.period,
            as_of=question.as_of,
            known_on=question.known_on,
            other_facts=self._series.other_facts(record)
            if isinstance(record, PlanCommitment)
            else (),
            events=events_of(self.plan.events, record.code),
            explain=explain,
        )

    def part(self, record: PlanCommitment, period: Plan, question: Question) -> Verdict | None:
        """A department's part over the years it covers; None where it has no figures of its own."""
        facts = self._series.facts(record)
        if not facts:
            return None
        return judge(
            record.promise(question.rules or self.plan.rules),
            facts,
            plan=period,
            as_of=question.as_of,
            known_on=question.known_on,
        )

    def outlook(self, record: PlanCommitment, question: Question) -> Outlook:
        """Whether a promise will be met, as far as its figures can tell."""
        return outlook(
            record.promise(question.rules or self.plan.rules),
            self._series.facts(record),
            plan=self.plan.period,
            as_of=question.as_of,
            known_on=question.known_on,
        )

    def outcomes(
        self, levers: Sequence[Lever], question: Question, *, paths: int = PATHS
    ) -> Iterator[Outcome]:
        """What the levers of a scenario do to each promise that they move."""
        moved = set(reach(levers))
        for record in self.plan.commitments:
            if record.code in moved:
                yield outcome(
                    record.code,
                    record.promise(question.rules or self.plan.rules),
                    self._series.facts(record),
                    levers,
                    plan=self.plan.period,
                    as_of=question.as_of,
                    known_on=question.known_on,
                    paths=paths,
                )


def tally(standings: list[Standing]) -> Counter[str]:
    """How many stand in each state."""
    return Counter(standing.verdict.state for standing in standings)
