"""Drafting: a plan as it stands on a day → the report that the rules ask for."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, Literal

from lantu.core import content
from lantu.core.auditing.audit import audit_plan
from lantu.core.figures import english
from lantu.core.figures.decimals import rounded, shown
from lantu.core.judging.explain import Language, sentences
from lantu.core.judging.rulesets import rule_set
from lantu.core.judging.states import UNJUDGED, WORDS
from lantu.core.plans.headings import in_english
from lantu.core.plans.records import PlanCommitment, PlanFolder, PlanProject
from lantu.core.plans.standing import Judged, Question, Standing
from lantu.core.reports.document import Block, Document, Heading, Paragraph, Table
from lantu.core.reports.numbers import numbers_in

Kind = Literal["monitoring", "midterm", "final"]
LATE: Final = ("behind", "badly-behind", "missed")
GOOD: Final = ("achieved-early", "ahead", "on-track", "over-fulfilled", "fulfilled")
MOST_LATE: Final = 40


def draft(
    plan: PlanFolder, kind: Kind, year: int, language: Language, *, known_on: date | None = None
) -> Document:
    """The report on a plan at the end of a year. Nothing is said that is in no snapshot."""
    return _Draft(plan, kind, year, language, known_on).document()


class _Draft:
    def __init__(
        self, plan: PlanFolder, kind: Kind, year: int, language: Language, known_on: date | None
    ) -> None:
        self.plan, self.kind, self.year, self.language = plan, kind, year, language
        self.judged = Judged(plan)
        self.question = Question(date(year, 12, 31), known_on)
        self.before = Question(date(year - 1, 12, 31), known_on)
        found = list(self.judged.commitments(self.question, explain=True))
        self.promises = [one for one in found if one.record.promise().form != "task"]
        self.tasks = len(found) - len(self.promises)
        self.projects = list(self.judged.projects(self.question))
        self.findings = [one for one in audit_plan(plan) if one.result == "contradicts"]
        self.numbers: dict[str, str] = {}

    def document(self) -> Document:
        blocks = [
            *self._overall(),
            *self._indicators(),
            *self._chapters(),
            *self._projects(),
            *self._forecast(),
            *self._mechanism(),
            *self._problems(),
            *self._proposals(),
            *self._annex(),
        ]
        title = self._write(
            "kinds", self.kind, title=self.plan.title[self.language], year=self.year
        )
        subtitle = self._subtitle()
        return Document(
            title, subtitle, self.language, self.plan.invented, tuple(blocks), self.numbers
        )

    def _subtitle(self) -> str:
        rules = rule_set(self.plan.rules, self.question.as_of).label[self.language]
        zone = self.plan.zone.name[self.language]
        text = self._plain("subtitle", zone=zone, rules=rules, day=self.question.as_of)
        more = _texts()["subtitle_invented"][self.language] if self.plan.invented else ""
        return f"{text}{more}"

    # What is printed passes through here, so that each number is on record with its place.
    def _say(self, key: str, **values: object) -> Paragraph:
        return Paragraph(self._write("say", key, **values))

    def _write(self, group: str, key: str, **values: object) -> str:
        for name, value in values.items():
            self._take(f"{group}/{key}/{name}", [str(value)])
        return str(_texts()[group][key][self.language].format(**values))

    def _plain(self, group: str, **values: object) -> str:
        for name, value in values.items():
            self._take(f"{group}/{name}", [str(value)])
        return str(_texts()[group][self.language].format(**values))

    def _take(self, place: str, texts: Iterable[str]) -> None:
        for text in texts:
            for number in numbers_in(text):
                self.numbers.setdefault(number, place)

    def _heading(self, key: str) -> Heading:
        text = _texts()["headings"][key][self.language]
        self._take(f"headings/{key}", [text])
        return Heading(1, text)

    def _word(self, key: str) -> Any:
        return _texts()["words"][key][self.language]

    def _overall(self) -> Iterable[Block]:
        yield self._heading("overall")
        judged = [one for one in self.promises if one.verdict.state not in UNJUDGED]
        yield self._say(
            "overall",
            promises=len(self.promises),
            tasks=self.tasks,
            projects=len(self.projects),
            year=self.year,
            judged=len(judged),
            silent=len(self.promises) - len(judged),
        )
        counts = Counter(one.verdict.state for one in self.promises)
        parts = [
            self._write("say", "state", state=self._state(state), count=count)
            for state, count in counts.most_common()
        ]
        yield Paragraph("".join(parts).strip())
        if not judged:
            yield self._say("none-judged")
        else:
            good = sum(one.verdict.state in GOOD for one in judged)
            yield self._say("on-course", good=good, late=len(self._late()))

    def _state(self, state: str) -> str:
        return WORDS[state][0 if self.language == "zh" else 1]  # type: ignore[index]

    def _late(self) -> list[Standing]:
        return [one for one in self.promises if one.verdict.state in LATE]

    def _indicators(self) -> Iterable[Block]:
        yield self._heading("indicators")
        rows = [
            self._row(one, one.record)
            for one in self.promises
            if isinstance(one.record, PlanCommitment) and one.record.nature
        ]
        yield Table(self._word("table"), tuple(self._word("head")), tuple(rows))

    def _row(self, one: Standing, record: PlanCommitment) -> tuple[str, ...]:
        verdict = one.verdict
        used = [fact for fact in verdict.used if fact.year == verdict.at]
        before = self.judged.verdict(record, self.before)
        unit = "%" if record.form in ("growth", "reduction") else self._unit(record.unit)
        row = (
            record.metric.get(self.language) or record.title[self.language],
            self._word(record.nature),
            _amount(record.base.value, unit),
            _target(record, unit),
            _amount(used[-1].value, unit) if used else self._word("unknown"),
            "—" if verdict.progress is None else f"{shown(rounded(verdict.progress * 100, 1))}%",
            self._state(verdict.state),
            self._state(before.state),
            self._word("ask" if verdict.state in LATE else "keep"),
        )
        self._take(f"verdicts/{record.code}", row)
        return row

    def _chapters(self) -> Iterable[Block]:
        yield self._heading("tasks")
        by_chapter: dict[str, list[Standing]] = defaultdict(list)
        for one in self.promises:
            by_chapter[one.record.place.chapter].append(one)
        for chapter, found in by_chapter.items():
            yield self._say(
                "chapter",
                chapter=self._chapter(chapter),
                count=len(found),
                judged=sum(one.verdict.state not in UNJUDGED for one in found),
                late=sum(one.verdict.state in LATE for one in found),
            )

    def _chapter(self, heading: str) -> str:
        if self.language == "zh":
            return heading
        return " ".join(filter(None, in_english(heading)))

    def _projects(self) -> Iterable[Block]:
        yield self._heading("projects")
        records = [one.record for one in self.projects if isinstance(one.record, PlanProject)]
        stated = [record.investment for record in records if record.investment is not None]
        codes = {event.code for event in self.plan.events if event.date <= self.question.as_of}
        yield self._say(
            "projects",
            count=len(records),
            dated=sum(record.due is not None for record in records),
            stated=len(stated),
            money=shown(sum(stated, Decimal(0))),
            known=sum(record.code in codes for record in records),
        )
        for one in self.projects:
            if one.verdict.state in LATE:
                title = one.record.title[self.language]
                yield self._say("late-project", title=title, state=self._state(one.verdict.state))

    def _forecast(self) -> Iterable[Block]:
        yield self._heading("forecast")
        bands: Counter[str] = Counter()
        lines = []
        for one in self.promises:
            if not isinstance(one.record, PlanCommitment):
                continue
            found = self.judged.outlook(one.record, self.question)
            bands[
                found.band or ("refused" if found.refusal not in ("no-form", "over") else "")
            ] += 1
            if found.needed is not None and found.best is not None and found.band:
                unit = "%" if found.is_rate else self._unit(one.record.unit)
                lines.append(
                    self._say(
                        "needed",
                        title=one.record.title[self.language],
                        needed=_amount(rounded(found.needed, 2), unit),
                        best=_amount(rounded(found.best, 2), unit),
                    )
                )
        names = ("likely", "uncertain", "unlikely", "refused")
        yield self._say("likely", **{name: bands[name] for name in names})
        yield from lines

    def _unit(self, printed: str) -> str:
        """A unit behind a number, in the language of the report where it is known there."""
        known = english.after_number(printed) if self.language == "en" else None
        return printed if known is None else known

    def _mechanism(self) -> Iterable[Block]:
        yield self._heading("mechanism")
        led = [one.record for one in self.promises if getattr(one.record, "lead", "")]
        if not led:
            yield self._say("mechanism")
        else:
            departments = len({getattr(record, "lead", "") for record in led})
            yield self._say("mechanism-some", count=len(led), departments=departments)

    def _problems(self) -> Iterable[Block]:
        yield self._heading("problems")
        late = sorted(self._late(), key=lambda one: LATE.index(one.verdict.state))
        scopes = {slug: scope["name"][self.language] for slug, scope in self.plan.scopes.items()}
        for one in late[:MOST_LATE]:
            steps = sentences(one.verdict, self.language, scopes)
            title, state = one.record.title[self.language], self._state(one.verdict.state)
            yield self._say("late", title=title, state=state, why=" ".join(steps))
        if not late:
            yield self._say("no-problem")
        for finding in self.findings:
            yield self._say("finding", message=finding.message[self.language])

    def _proposals(self) -> Iterable[Block]:
        yield self._heading("proposals")
        silent = sum(one.verdict.state in UNJUDGED for one in self.promises)
        late = len(self._late())
        said = [
            *([self._say("propose-data", silent=silent)] if silent else []),
            *([self._say("propose-late", late=late)] if late else []),
            *([self._say("propose-findings", count=len(self.findings))] if self.findings else []),
        ]
        yield from said or [self._say("propose-none")]

    def _annex(self) -> Iterable[Block]:
        yield self._heading("annex")
        rows = []
        for one in self.promises:
            for fact in one.verdict.used:
                title = one.record.title[self.language]
                printed = getattr(one.record, "unit", "")
                unit = "%" if fact.kind == "growth" else self._unit(printed)
                row = (title, str(fact.year), _amount(fact.value, unit), fact.source or "—")
                self._take(f"facts/{one.record.code}/{fact.year}", row)
                rows.append(row)
        if not rows:
            yield self._say("no-sources")
        else:
            yield self._say("sources", count=len(rows))
            yield Table(self._word("annex"), tuple(self._word("sources")), tuple(rows))


def _amount(value: Decimal | None, unit: str) -> str:
    if value is None:
        return "—"
    return f"{shown(value)}{unit}" if unit in ("%", "‰") else f"{shown(value)} {unit}".strip()


def _target(record: PlanCommitment, unit: str) -> str:
    if record.low is not None and record.high is not None:
        return f"{shown(record.low)}–{_amount(record.high, unit)}"
    numbers = (record.growth_pct, record.target_value, record.n)
    value = next((one for one in numbers if one is not None), None)
    if value is None and record.k is not None:
        return f"×{shown(record.k)}"  # so many times the base has no unit
    sign = {">": ">", "<": "<", ">=": "≥", "<=": "≤"}.get(record.comparator, "")
    return f"{sign}{_amount(value, unit)}"


@lru_cache(maxsize=1)
def _texts() -> Mapping[str, Any]:
    path = Path(__file__).with_name("sentences.yaml")
    return dict(content.read(path, "reports/sentences.yaml").plain())
