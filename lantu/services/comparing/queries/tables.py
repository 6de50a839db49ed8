"""Tables: the same as the pages show, for a spreadsheet."""

from collections.abc import Sequence
from typing import Final

from lantu.core.judging.states import WORDS
from lantu.core.plans.standing import Question
from lantu.kernel.facts.queries import Figure
from lantu.services.comparing.queries.days import Change, Comparison
from lantu.services.comparing.queries.zones import Line, Page

CHANGE_HEADS: Final = (
    "code", "title_zh", "title_en", "before_known_on", "before_as_of", "before", "before_zh",
    "before_at", "after_known_on", "after_as_of", "after", "after_zh", "after_at", "year_before",
    "year_after", "way", "reasons", "figures", "targets", "sources",
)  # fmt: skip
FIGURE_HEADS: Final = (
    "id", "indicator", "subject", "period", "value", "unit", "kind", "scope", "vintage",
    "known_on", "correction_of_an_earlier_one", "source_title", "source_url",
)  # fmt: skip
ZONE_HEADS: Final = (
    "invented", "zone", "zone_zh", "zone_en", "indicator", "subject", "code", "title_zh",
    "title_en", "form", "nature", "target", "target_unit", "target_year", "target_scope",
    "latest", "latest_unit", "latest_period", "latest_kind", "latest_scope", "latest_vintage",
    "source_url", "plan_state", "plan_state_zh", "plan_at", "year_state", "year_state_zh",
    "year_at", "as_of",
)  # fmt: skip
Row = list[object]


def changes(page: Comparison) -> list[Row]:
    """One row for each verdict that differs, with everything that made it differ."""
    return [_change(page, one) for one in page.changes]


def _change(page: Comparison, one: Change) -> Row:
    (first, last), reasons = page.sides, one.reasons
    moved = [reason.move for reason in reasons if reason.move is not None]
    used = [reason.figure for reason in reasons if reason.figure is not None]
    events = [reason.event for reason in reasons if reason.event is not None]
    urls = [figure.source_url for figure in used] + [event.source_url for event in events]
    return [
        one.record.code,
        one.record.title["zh"],
        one.record.title["en"],
        first.day,
        first.as_of,
        one.before.state,
        _word(one.before.state),
        one.before.at,
        last.day,
        last.as_of,
        one.after.state,
        _word(one.after.state),
        one.after.at,
        one.year_before.state,
        one.year_after.state,
        one.way,
        " ".join(dict.fromkeys(reason.kind for reason in reasons)),
        "; ".join(_figure(figure) for figure in used),
        "; ".join(f"{move.old or '—'} → {move.new} {move.document}".strip() for move in moved),
        " ".join(dict.fromkeys(url for url in urls if url)),
    ]


def _word(state: str) -> str:
    return WORDS[state][0] if state else ""  # type: ignore[index]


def _figure(figure: Figure) -> str:
    return f"#{figure.id} {figure.indicator} {figure.period} {figure.value:f} {figure.unit}"


def figures(found: Sequence[Figure]) -> list[Row]:
    """Every figure that arrived, the newest first."""
    return [
        [
            one.id, one.indicator, one.subject, one.period, one.value, one.unit, one.kind,
            one.scope, one.vintage, one.known_on, one.reason, one.source_title, one.source_url,
        ]
        for one in found
    ]  # fmt: skip


def zones(page: Page, question: Question, *, invented: bool) -> list[Row]:
    """One row for each promise; the real zones or the invented ones, never both."""
    return [
        _zone(page, line, question)
        for side in page.sides
        if side.invented == invented
        for line in side.lines
    ]


def _zone(page: Page, line: Line, question: Question) -> Row:
    topic, one, verdict = page.topic, line.latest, line.verdict
    year = ("", "", None)
    if verdict.year is not None:
        year = (verdict.year.state, _word(verdict.year.state), verdict.year.at)  # type: ignore[assignment]
    return [
        "yes" if line.zone.invented else "no", line.zone.slug, line.zone.zh, line.zone.en,
        "" if topic is None else topic.indicator, "" if topic is None else topic.subject,
        line.code, line.title["zh"], line.title["en"], line.form, line.nature, line.target,
        line.unit, line.by, line.scope.get("zh", ""),
        *(["", "", "", "", "", "", ""] if one is None else [
            one.value, one.unit, one.period, one.kind, one.scope.get("zh", ""), one.vintage,
            one.url,
        ]),
        verdict.state, _word(verdict.state), verdict.at, *year, question.as_of,
    ]  # fmt: skip
