"""What the pages of evaluation rounds show."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lantu.core.figures.decimals import printed
from lantu.core.plans.standing import Question
from lantu.kernel.access.models import Zone
from lantu.services.enterprises.models import Objection, Result, Round, Ruling, Run
from lantu.services.enterprises.queries import then as past

CLASSES = ("A", "B", "C", "D")
Values = dict[str, Decimal | None]


@dataclass(frozen=True, slots=True)
class RoundLine:
    """A round in the list."""

    id: int
    year: int
    state: str
    publicity_from: date | None
    publicity_to: date | None
    final_on: date | None
    runs: int
    open_objections: int


@dataclass(frozen=True, slots=True)
class ResultLine:
    """One firm's result, its numbers exact."""

    code: str
    name: str
    cohort: str
    values: Values
    points: Values
    figures: dict[str, Decimal]
    bonus: Decimal | None
    score: Decimal | None
    rank: int | None
    ranked: int | None
    computed_class: str
    final_class: str
    note: str
    en: str = ""  # its English name, where it has one


@dataclass(frozen=True, slots=True)
class Share:
    """How many firms of a cohort are in a class."""

    name: str
    counts: dict[str, int]  # cohort -> firms
    total: int


@dataclass(frozen=True, slots=True)
class RoundPage:
    """A round with the results of its last run."""

    round: Round
    run: Run
    runs: tuple[Run, ...]
    shares: tuple[Share, ...]
    unclassified: int
    together: int  # with another firm, whose class is theirs
    objections: tuple[Objection, ...]
    rulings: tuple[Ruling, ...]

    @property
    def unanswered(self) -> int:
        """How many objections keep the round from being made final."""
        return sum(one.state == Objection.State.OPEN for one in self.objections)


def rounds(zone: Zone, *, is_member: bool, then: Question | None = None) -> list[RoundLine]:
    """All rounds, the newest first; for others than the zone's people, the final ones.

    `then`: as they stood on a day.
    """
    every = Round.objects.filter(zone=zone).order_by("-year", "-pk")
    found = (past.stood(one, then) for one in every)
    return [
        RoundLine(
            one.pk, one.year, one.state, one.publicity_from, one.publicity_to, one.final_on,
            past.runs(one, then).count(),
            sum(said.state == Objection.State.OPEN for said in past.objections(one, then)),
        )
        for one in found
        if one is not None and (is_member or one.state == Round.State.FINAL)
    ]  # fmt: skip


def round_of(zone: Zone, pk: int, *, is_member: bool, then: Question | None = None) -> Round | None:
    """A round that this reader may see, as it stood on a day; None where there is none."""
    found = Round.objects.select_related("zone").filter(zone=zone, pk=pk).first()
    one = None if found is None else past.stood(found, then)
    if one is None or not (is_member or one.state == Round.State.FINAL):
        return None
    return one if past.runs(one, then).exists() else None


def last_run(found: Round, then: Question | None = None) -> Run:
    """The newest run that a reader of the day sees; a round is never without one."""
    return past.runs(found, then)[0]


def last_final(zone: Zone) -> Round | None:
    """The newest round that is final."""
    return Round.objects.filter(zone=zone, state=Round.State.FINAL).order_by("-year").first()


def page(found: Round, then: Question | None = None) -> RoundPage:
    """A round with its counts; its results come in pages of their own."""
    runs = tuple(past.runs(found, then).select_related("by"))
    counted = Counter(
        Result.objects.filter(run=runs[0]).values_list("cohort", "final_class").order_by()
    )
    shares = tuple(
        Share(
            name,
            {cohort: counted[cohort, name] for cohort in ("above", "below")},
            counted["above", name] + counted["below", name],
        )
        for name in CLASSES
    )
    together = sum(count for (cohort, _), count in counted.items() if cohort == "combined")
    none = sum(
        count for (cohort, name), count in counted.items() if not name and cohort != "combined"
    )
    objections, rulings = past.objections(found, then), past.rulings(found, then)
    counts = shares, none, together
    return RoundPage(found, runs[0], runs, *counts, tuple(objections), tuple(rulings))


def results(run: Run, *, cohort: str = "", name: str = "", words: str = "") -> list[ResultLine]:
    """The results of a run: ranked firms first by rank, then those without a score."""
    found = Result.objects.filter(run=run).select_related("entity")
    if cohort:
        found = found.filter(cohort=cohort if cohort != "none" else "")
    if name:
        found = found.filter(final_class=name)
    if words:
        found = found.filter(name__contains=words)
    lines = [line(one) for one in found]
    order = {"above": 0, "below": 1, "combined": 2, "": 3}
    return sorted(lines, key=lambda one: (order[one.cohort], one.rank or 10**9, one.code))


def line(one: Result) -> ResultLine:
    """A stored result with its numbers exact."""
    return ResultLine(
        one.entity.code, one.name, one.cohort, _numbers(one.values), _numbers(one.points),
        {key: printed(text) for key, text in one.figures.items()},
        one.bonus, one.score, one.rank, one.ranked, one.computed_class, one.final_class, one.note,
        one.entity.en,
    )  # fmt: skip


def _numbers(texts: dict[str, str | None]) -> Values:
    return {key: None if text is None else printed(text) for key, text in texts.items()}


@dataclass(frozen=True, slots=True)
class Changed:
    """A firm whose result differs between two runs, and why."""

    before: ResultLine | None
    after: ResultLine | None
    figures: tuple[tuple[str, Decimal | None, Decimal | None], ...]  # item, then, now
    passed_by: tuple[str, ...]  # firms that were behind it and are now before it
    whys: tuple[str, ...]  # figures, ruling, cohort, displaced, new, gone

    @property
    def line(self) -> ResultLine:
        found = self.after or self.before
        assert found is not None
        return found

    @property
    def is_class_changed(self) -> bool:
        then, now = self.before, self.after
        return (then.final_class if then else "") != (now.final_class if now else "")


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed from one run to a later one."""

    first: Run
    second: Run
    changed: tuple[Changed, ...]
    unchanged: int

    @property
    def classes(self) -> tuple[Changed, ...]:
        return tuple(one for one in self.changed if one.is_class_changed)


def difference(first: Run, second: Run) -> Difference:
    """Who stands otherwise after the second run, and what in the inputs made it so."""
    then = {(one.code, one.cohort): one for one in results(first)}
    now = {(one.code, one.cohort): one for one in results(second)}
    moved = _moved(then, now)
    found = []
    for key in sorted({*then, *now}):
        if then.get(key) != now.get(key):
            found.append(_changed(then.get(key), now.get(key), moved))
    # Who changed class comes first, then whose own figures changed.
    found.sort(key=lambda one: (not one.is_class_changed, not one.figures, one.line.rank or 10**9))
    return Difference(first, second, tuple(found), len({*then, *now}) - len(found))


_Moved = dict[str, list[tuple[str, int, int]]]


def _moved(
    then: dict[tuple[str, str], ResultLine], now: dict[tuple[str, str], ResultLine]
) -> _Moved:
    """By cohort: the firms whose score changed, with their ranks then and now."""
    found: _Moved = {}
    for key, after in now.items():
        before = then.get(key)
        was = before.rank if before and before.rank else 10**9
        if after.rank and (before is None or before.score != after.score):
            found.setdefault(after.cohort, []).append((after.name, was, after.rank))
    return found


def _changed(before: ResultLine | None, after: ResultLine | None, moved: _Moved) -> Changed:
    if before is None or after is None:
        return Changed(before, after, (), (), ("new" if before is None else "gone",))
    keys = sorted({*before.figures, *after.figures})
    figures = tuple(
        (key, before.figures.get(key), after.figures.get(key))
        for key in keys
        if before.figures.get(key) != after.figures.get(key)
    )
    passed = _passed(before, after, moved)
    whys = ["figures"] if figures else []
    if (before.bonus, before.note) != (after.bonus, after.note):
        whys.append("ruling")
    if not figures and before.points != after.points:
        whys.append("cohort")
    if before.rank != after.rank and not whys:
        whys.append("displaced")
    return Changed(before, after, figures, passed, tuple(whys or ["ranked"]))


def _passed(before: ResultLine, after: ResultLine, moved: _Moved) -> tuple[str, ...]:
    """Who was behind this firm and is before it now."""
    if before.rank is None or after.rank is None:
        return ()
    names = [
        name
        for name, was, rank in moved.get(after.cohort, [])
        if was > before.rank and rank < after.rank and name != after.name
    ]
    return tuple(names[:5])


def classes_of(
    entity_id: int, *, is_member: bool, then: Question | None = None
) -> list[tuple[Round, Result]]:
    """A firm's results over the years, oldest first: of final rounds, and for members of all."""
    found: list[tuple[Round, Result]] = []
    known = Result.objects.filter(entity_id=entity_id, run__at__date__lte=past.known_on(then))
    listed = (
        known.exclude(run__round__state=Round.State.WITHDRAWN)
        .exclude(cohort="combined")
        .select_related("run__round", "entity")
        .order_by("run__round__year", "run__number")
    )
    by_round: dict[int, tuple[Round, Result]] = {}
    for one in listed:
        stood = past.stood(one.run.round, then)
        if stood is not None and (is_member or stood.state == Round.State.FINAL):
            by_round[one.run.round_id] = (stood, one)
    found.extend(by_round.values())
    return found


def years_with_figures(zone: Zone, taken: Sequence[int]) -> list[int]:
    """Years for which a round can be started."""
    from lantu.services.enterprises.models import FirmYear

    years = FirmYear.objects.filter(zone=zone).values_list("year", flat=True).distinct()
    return sorted((year for year in years if year not in taken), reverse=True)
