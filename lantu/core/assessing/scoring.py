"""Scoring: the lines of one department by a scheme. A pure function of what was entered.

Points are rounded to two places line by line, so that a reader can add them up.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal, localcontext

from lantu.core.assessing.scheme import Class, Scheme
from lantu.core.figures.decimals import ARITHMETIC, rounded, shown
from lantu.core.judging.states import UNJUDGED, WORDS

Words = Mapping[str, str]
ZERO, ONE, HUNDRED = Decimal(0), Decimal(1), Decimal(100)
PLACES = 2


@dataclass(frozen=True, slots=True)
class Entered:
    """One promise of a department, and how it stood at the end of the year."""

    code: str
    title: Words
    nature: str  # binding, expected, other or task
    part: str  # lead, support or track
    state: str  # to date
    year_state: str = ""  # the year's own verdict, where there is one
    ratio: Decimal | None = None  # of the verdict that is judged: reached over due
    share: Decimal = ONE  # of the target, as it was split
    taken: Decimal | None = None  # what the department took over, in `unit`
    unit: str = ""
    is_settled: bool = False  # done in an earlier year, and counted then
    set_aside: str = ""  # the key of the granted appeal by which it is not scored
    facts: tuple[tuple[str, ...], ...] = ()  # year, value, source
    judged_by: str = ""  # own: the department's part by its own figures; whole: it stands in


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper of the year that came after its last day."""

    kind: str
    key: str
    title: Words
    days: int  # working days late
    set_aside: str = ""  # the key of the granted appeal by which it costs nothing


@dataclass(frozen=True, slots=True)
class Office:
    """A department with all that is scored of it. Never a person."""

    slug: str
    name: Words
    lines: tuple[Entered, ...]
    papers: tuple[Paper, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """What one promise earned. `points` is None where it cannot be scored."""

    entered: Entered
    rule: str  # full, pro-rata, floor, by-state; else why it is not scored (_why_out)
    full: Decimal
    points: Decimal | None
    bonus: Decimal
    why: Words


@dataclass(frozen=True, slots=True)
class Deducted:
    """What late papers of one kind cost."""

    label: Words
    papers: tuple[Paper, ...]
    points: Decimal
    why: Words


@dataclass(frozen=True, slots=True)
class Score:
    """A department's year. `total` and `class_name` are absent where too little is known."""

    slug: str
    name: Words
    lines: tuple[Line, ...]
    deducted: tuple[Deducted, ...]
    marks: Decimal  # of all lines that count
    scored: Decimal  # full marks of those that could be scored
    points: Decimal
    bonus: Decimal
    minus: Decimal
    rate: Decimal | None = None  # points of a hundred
    total: Decimal | None = None
    class_name: str = ""
    class_label: Words = field(default_factory=dict)
    why: Words = field(default_factory=dict)  # of the class
    vetoed_by: tuple[str, ...] = ()  # codes

    @property
    def unscored(self) -> int:
        """How many lines count, and could not be scored for want of data."""
        return sum(one.rule == "unknown" for one in self.lines)


def score(office: Office, scheme: Scheme) -> Score:
    """What a department earned in a year, line by line."""
    with localcontext(ARITHMETIC):
        lines = tuple(line(one, scheme) for one in office.lines)
        known = [one for one in lines if one.points is not None]
        deducted = _deducted(office.papers, scheme)
        found = Score(
            slug=office.slug,
            name=office.name,
            lines=lines,
            deducted=deducted,
            # A line that was settled before, or is not due, was never there to be known.
            marks=_sum(
                one.full for one in lines if one.points is not None or one.rule == "unknown"
            ),
            scored=_sum(one.full for one in known),
            points=_sum(one.points for one in known if one.points is not None),
            bonus=_bonus(known, scheme),
            minus=_sum(one.points for one in deducted),
        )
        return _classed(found, scheme)


def line(entered: Entered, scheme: Scheme) -> Line:
    """What one promise earns, by which rule."""
    full = rounded(
        scheme.marks[entered.nature] * scheme.parts[entered.part] * entered.share, PLACES
    )
    judged = _judged(entered, scheme)
    if reason := _out(entered, full, judged):
        return Line(entered, reason, full, None, ZERO, _why_out(reason, entered, judged))
    if judged in scheme.full:
        bonus = _extra(entered, full, scheme)
        return Line(entered, "full", full, full, bonus, _why_full(judged, bonus))
    if entered.ratio is None:
        part = scheme.without_ratio.get(judged, ZERO)
        return Line(
            entered, "by-state", full, rounded(full * part, PLACES), ZERO, _why_state(judged, part)
        )
    ratio = min(entered.ratio, ONE)
    if ratio < scheme.floor:
        return Line(entered, "floor", full, ZERO, ZERO, _why_ratio(judged, ratio, scheme.floor))
    points = rounded(full * ratio, PLACES)
    return Line(entered, "pro-rata", full, points, ZERO, _why_ratio(judged, ratio, None))


def _judged(entered: Entered, scheme: Scheme) -> str:
    return entered.year_state or entered.state if scheme.judged == "year" else entered.state


def _out(entered: Entered, full: Decimal, judged: str) -> str:
    """Why a line is not scored; empty where it is."""
    if full == 0:
        return "tracked"
    if entered.set_aside:
        return "appeal"
    if entered.is_settled:
        return "settled"
    if judged in UNJUDGED:
        return judged if judged in ("not-due", "not-judged") else "unknown"
    return ""


def _extra(entered: Entered, full: Decimal, scheme: Scheme) -> Decimal:
    if entered.ratio is None or entered.ratio <= 1:
        return ZERO
    more = (entered.ratio - 1) * scheme.bonus.rate
    return rounded(full * min(more, scheme.bonus.line_cap), PLACES)


def _bonus(known: Sequence[Line], scheme: Scheme) -> Decimal:
    """The bonus of all lines on the scale of a hundred, capped."""
    full = _sum(one.full for one in known)
    if full == 0:
        return ZERO
    earned = _sum(one.bonus for one in known) * HUNDRED / full
    return rounded(min(earned, scheme.bonus.total_cap), PLACES)


def _deducted(papers: Sequence[Paper], scheme: Scheme) -> tuple[Deducted, ...]:
    found = []
    for rule in scheme.deductions:
        late = tuple(one for one in papers if one.kind == rule.kind and _costs(one))
        if not late:
            continue
        points = min(rule.each * len(late), rule.at_most)
        each, most = shown(rule.each), shown(rule.at_most)
        why = {
            "zh": f"{len(late)}件逾期，每件扣{each}分，最多扣{most}分",
            "en": f"{len(late)} late, {each} points each, {most} at most",
        }
        found.append(Deducted(rule.label, late, points, why))
    return tuple(found)


def _costs(paper: Paper) -> bool:
    return paper.days > 0 and not paper.set_aside


def _classed(found: Score, scheme: Scheme) -> Score:
    if found.scored == 0 or found.scored < found.marks * scheme.least_scored:
        part, least = _per_cent(found.scored, found.marks), shown(scheme.least_scored * 100, 0)
        why = {
            "zh": f"可评分值占{part}%，不足{least}%，不定等次",
            "en": f"only {part}% of the marks can be scored, less than {least}%: no class",
        }
        return replace(found, why=why)
    rate = rounded(found.points * HUNDRED / found.scored, PLACES)
    total = max(ZERO, rate + found.bonus - found.minus)
    reached = next(one for one in scheme.classes if total >= one.least)
    vetoed = tuple(one.entered.code for one in found.lines if _vetoes(one, scheme))
    final, reason = _capped(reached, vetoed, scheme, total)
    return replace(
        found, rate=rate, total=total, class_name=final.name, class_label=final.label, why=reason,
        vetoed_by=vetoed,
    )  # fmt: skip


def _vetoes(one: Line, scheme: Scheme) -> bool:
    entered, veto = one.entered, scheme.veto
    counts = one.points is not None and entered.part == "lead"
    return counts and entered.nature == veto.nature and entered.state in veto.states


def _capped(
    reached: Class, vetoed: tuple[str, ...], scheme: Scheme, total: Decimal
) -> tuple[Class, Words]:
    cap = next(one for one in scheme.classes if one.name == scheme.veto.class_at_most)
    why = _why_class(reached, scheme, total)
    if not vetoed or reached.least <= cap.least:
        return reached, why
    why = {
        "zh": f"{why['zh']}；但有约束性指标严重滞后或未完成，等次不高于{cap.label['zh']}",
        "en": f"{why['en']}; but a binding target is badly behind or missed: at most "
        f"“{cap.label['en']}”",
    }
    return cap, why


def _why_class(reached: Class, scheme: Scheme, total: Decimal) -> Words:
    if reached.least > 0:
        least = shown(reached.least)
        return {
            "zh": f"总分{shown(total)}，达到{least}分",
            "en": f"a total of {shown(total)}, at least {least}",
        }
    next_one = min((one.least for one in scheme.classes if one.least > 0), default=ZERO)
    return {
        "zh": f"总分{shown(total)}，不足{shown(next_one)}分",
        "en": f"a total of {shown(total)}, less than {shown(next_one)}",
    }


def _per_cent(part: Decimal, whole: Decimal) -> str:
    return "0" if whole == 0 else shown(part * HUNDRED / whole, 1)


def _sum(values: Iterable[Decimal]) -> Decimal:
    return sum(values, ZERO)


def _words(state: str) -> tuple[str, str]:
    return WORDS[state]  # type: ignore[index]


def _why_out(reason: str, entered: Entered, judged: str) -> Words:
    zh, en = _words(judged)
    return {
        "tracked": {"zh": "只跟踪，不计分", "en": "only tracked, not scored"},
        "appeal": {
            "zh": f"经申诉（{entered.set_aside}）不计分",
            "en": f"set aside after an appeal ({entered.set_aside})",
        },
        "settled": {
            "zh": "以前年度已完成并计分",
            "en": "done in an earlier year, and counted then",
        },
        "not-due": {"zh": "本年度未到期，不计分", "en": "not due yet, not scored"},
        "not-judged": {
            "zh": "规划未定可评判的数值或日期，不计分",
            "en": "the plan sets no number or day to judge by, not scored",
        },
        "unknown": {
            "zh": f"{zh}：不能评分，不按零分计，从满分中扣除",
            "en": f"{en}: cannot be scored; not a zero, its marks are taken out",
        },
    }[reason]


def _why_full(judged: str, bonus: Decimal) -> Words:
    zh, en = _words(judged)
    if bonus == 0:
        return {"zh": f"{zh}，得满分", "en": f"{en}: full marks"}
    return {
        "zh": f"{zh}，得满分；超出部分加{shown(bonus)}分",
        "en": f"{en}: full marks, and {shown(bonus)} for what is above",
    }


def _why_state(judged: str, part: Decimal) -> Words:
    (zh, en), per_cent = _words(judged), shown(part * HUNDRED, 0)
    return {"zh": f"{zh}，按满分的{per_cent}%计", "en": f"{en}: {per_cent}% of full marks"}


def _why_ratio(judged: str, ratio: Decimal, floor: Decimal | None) -> Words:
    (zh, en), per_cent = _words(judged), shown(ratio * HUNDRED, 1)
    if floor is None:
        return {
            "zh": f"{zh}，完成应达进度的{per_cent}%，按比例计分",
            "en": f"{en}: {per_cent}% of what was due, pro rata",
        }
    least = shown(floor * HUNDRED, 0)
    return {
        "zh": f"{zh}，完成应达进度的{per_cent}%，低于{least}%不得分",
        "en": f"{en}: {per_cent}% of what was due, below the floor of {least}%",
    }
