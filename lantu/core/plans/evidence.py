"""Evidence: which published figures and events bear on a promise."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal

from lantu.core.figures.units import convert, convertible
from lantu.core.judging.records import Event, Fact
from lantu.core.plans.records import Happening, Measure, Observed, PlanCommitment

# Forms that are judged from growth as well as from levels.
_BY_RATE = ("growth", "reduction", "relative")

# All figures of an indicator and a subject, where only those that decide are at hand; else None.
Rest = Callable[[str, str], list[Observed] | None]


class Series:
    """All observations of a plan, found by indicator and subject."""

    def __init__(
        self, rows: Iterable[Observed], like: "Series | None" = None, rest: Rest | None = None
    ) -> None:
        """`like`: the observations as of another day; most series are the same in both.

        `rest`: asked for the whole of a series where the rows may hold only what decides.
        """
        self._rows: dict[tuple[str, str], list[Observed]] = defaultdict(list)
        for row in rows:
            self._rows[row.indicator, row.subject].append(row)
        # One promise is asked about several times in a row: its verdict, why, what is ahead.
        self._last: tuple[object, list[Fact]] | None = None
        self._deciding: dict[str, tuple[object, list[Fact]]] = {}
        self._like, self._rest = like, rest

    def facts(self, commitment: PlanCommitment) -> list[Fact]:
        """The figures that measure a promise, in its unit."""
        last = self._last  # another thread may ask about another promise meanwhile
        if last is None or last[0] is not commitment:
            measure = commitment.measured_by
            every = self._whole(measure)
            self._last = last = commitment, self._facts(measure, commitment, every)
        return list(last[1])

    def deciding(self, commitment: PlanCommitment) -> list[Fact]:
        """Those of them on which the state can rest; kept, as many days are asked about.

        What speaks for another scope tells the judge only that there is such a figure: of those
        that speak for the same months the one known first tells as much as all.
        """
        kept = self._deciding.get(commitment.code)
        if kept is None or kept[0] is not commitment:
            if self._like is not None and self._is_as_in(self._like, commitment.measured_by):
                return self._like.deciding(commitment)
            found = self._facts(commitment.measured_by, commitment)
            kept = commitment, _deciding(found, scopes_of(commitment))
            self._deciding[commitment.code] = kept
        return list(kept[1])

    def _is_as_in(self, other: "Series", measure: Measure | None) -> bool:
        if measure is None:
            return False
        place = measure.indicator, measure.subject
        return self._rows.get(place) == other._rows.get(place)

    def other_facts(self, commitment: PlanCommitment) -> list[Fact]:
        """The figures of the indicator that a promise keeps pace with."""
        measure = commitment.measured_by
        return [] if measure is None else self._facts(measure.other, commitment)

    def _whole(self, measure: Measure | None) -> list[Observed] | None:
        if measure is None or self._rest is None:
            return None
        return self._rest(measure.indicator, measure.subject)

    def _facts(
        self,
        measure: Measure | None,
        commitment: PlanCommitment,
        every: list[Observed] | None = None,
    ) -> list[Fact]:
        if measure is None:
            return []
        held = self._rows.get((measure.indicator, measure.subject), [])
        rows = held if every is None else every
        found = (fact(row, measure.unit or commitment.unit, commitment.form) for row in rows)
        wanted = measure.kinds
        return [
            one
            for one, row in zip(found, rows, strict=True)
            if one is not None and (not wanted or row.kind in wanted)
        ]


def scopes_of(commitment: PlanCommitment) -> set[str | None]:
    """Every scope that the judge may ask for; a target set above may bring its own."""
    promise = commitment.promise()
    entered = promise.entered
    return {promise.scope} if entered is None else {promise.scope, entered.scope}


def _deciding(found: list[Fact], scopes: set[str | None]) -> list[Fact]:
    """In their order: where two rank alike, the judge takes the later one."""
    if None in scopes:
        return found
    first: dict[tuple[int, str, int | None], Fact] = {}
    for one in found:
        if one.scope is not None and one.scope not in scopes:
            place = (one.year, one.kind, one.months)
            if place not in first or _known(one) < _known(first[place]):
                first[place] = one
    told = {id(one) for one in first.values()}
    return [one for one in found if one.scope is None or one.scope in scopes or id(one) in told]


def _known(one: Fact) -> date:
    return one.known_on or date.min


def fact(row: Observed, unit: str, form: str | None) -> Fact | None:
    """A figure as the judge takes it; None where its period or unit cannot speak for a year."""
    period = row.period
    from_january = period.is_within_a_year and period.start_month == 1
    if row.kind in ("level", "rank", "ratio") and not period.is_year:
        # A level at the end of a month is no year's figure, unless the month is December.
        if not (period.is_within_a_year and period.end_month == 12 and row.kind != "level"):
            return None
    elif row.kind in ("growth", "cumulative") and not from_january:
        return None
    months = period.end_month if from_january else 12
    if row.kind == "growth":
        kind = "growth"
        value: Decimal | None = row.value if form in _BY_RATE else None
    else:
        kind = "ytd" if row.kind == "cumulative" and months < 12 else "level"
        value = _in_unit(row, unit, form)
    if value is None:
        return None
    return Fact(
        year=period.end_year,
        value=value,
        kind="growth" if kind == "growth" else "ytd" if kind == "ytd" else "level",
        months=months if months < 12 else None,
        scope=row.scope or None,
        vintage=row.vintage or None,
        known_on=row.known_on,
        source=row.source_url,
        key=row.where,
    )


def _in_unit(row: Observed, unit: str, form: str | None) -> Decimal | None:
    if form in _BY_RATE or not unit or row.unit == unit:
        return row.value
    return convert(row.value, row.unit, unit) if convertible(row.unit, unit) else None


def events_of(rows: Iterable[Happening], code: str) -> list[Event]:
    """The events of a project or a promise that say something about its course."""
    return [
        Event(row.date, row.event, row.known_on, row.source_url, row.where)
        for row in rows
        if row.code == code and row.event is not None
    ]
