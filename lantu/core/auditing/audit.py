"""The audit: of a text, and of a plan's records."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from lantu.core.auditing import (
    agreement,
    apart,
    balances,
    claims,
    conversions,
    enumerations,
    lists,
    partings,
    per_unit,
    plan_quantities,
    plan_rules,
    products,
    quotients,
    rows,
    shares,
    text_rules,
    ties,
    wholes,
)
from lantu.core.auditing.findings import Finding
from lantu.core.auditing.quantities import Quantity, quantities
from lantu.core.errors import ContentError
from lantu.core.plans.records import PlanFolder
from lantu.core.reading.propose import proposals
from lantu.core.reading.prose import Sentence, Table, sentences, tables

LONGEST: Final = 5_000_000
LONGEST_SENTENCE: Final = 3_000
NEAR: Final = 12  # numbers before a sentence that it may speak of
_PERIODS: Final = {"十三": (2016, 2020), "十四": (2021, 2025), "十五": (2026, 2030)}
_ORDER: Final = {"contradicts": 0, "undetermined": 1, "holds": 2}
_GRAVITY: Final = {"high": 0, "medium": 1, "low": 2}


def audit_text(text: str, *, name: str = "text") -> list[Finding]:
    """Every check that the text itself calls for, contradictions first.

    Raises ContentError for a text that is too long to be a plan.
    """
    if len(text) > LONGEST:
        raise ContentError(
            name, f"The text has {len(text):,} characters; {LONGEST:,} is the most.", "Split it."
        )
    period = _period(text)
    # What runs on for pages without a full stop is no sentence, and ties nothing together.
    prose = [one for one in sentences(text) if len(one.text) <= LONGEST_SENTENCE]
    found_tables = tables(text)
    proposed = proposals(text, name=name)
    return ordered(
        [
            *_text_findings(prose, found_tables, period),
            *rows.totals(found_tables),
            *rows.growth(proposed, text, period),
            *agreement.of_proposals(proposed, text),
            *quotients.of_proposals(proposed, text),
            *apart.of_proposals(proposed, text),
        ]
    )


def _text_findings(
    prose: list[Sentence], found_tables: list[Table], period: tuple[int, int]
) -> Iterator[Finding]:
    for table in found_tables:
        yield from text_rules.of_table(table, prose, period)
    for sentence in prose:
        yield from ties.of_sentence(sentence)
        yield from lists.of_sentence(sentence)
    yield from _passages(prose)
    yield from lists.elsewhere(prose)
    yield from enumerations.of_text(prose)
    yield from text_rules.shares(prose, found_tables, period)
    yield from text_rules.moving_shares(prose, period)
    yield from text_rules.base_shares(found_tables)


def _passages(prose: list[Sentence]) -> Iterator[Finding]:
    """What is said of numbers of the same sentence and of those before it in the paragraph."""
    said: list[Quantity] = []
    for sentence in prose:
        said = [] if sentence.is_first else said[-NEAR:]
        start = len(said)
        said += quantities(sentence)
        yield from shares.of_passage(said, start)
        yield from wholes.of_sentence(sentence, said)
        here = said[start:]
        yield from partings.of_passage(said, start, sentence.text)
        yield from per_unit.of_passage(said, start)
        yield from products.of_sentence(sentence, here)
        yield from conversions.of_sentence(here, sentence.text)
        yield from balances.of_sentence(here)
        yield from claims.of_passage(sentence, said, start)


def _period(text: str) -> tuple[int, int]:
    """The five-year period that a text speaks of most."""
    counts = {key: len(re.findall(f"{key}五", text)) for key in _PERIODS}
    return _PERIODS[max(counts, key=lambda key: counts[key])]


def audit_plan(plan: PlanFolder) -> list[Finding]:
    """Every check that the records of a plan call for, contradictions first."""
    return ordered(
        [
            *plan_rules.of_plan(plan),
            *plan_quantities.of_plan(plan),
            *agreement.of_records(plan.commitments),
        ]
    )


def ordered(found: Iterable[Finding]) -> list[Finding]:
    """Contradictions first, the grave ones before the others; each with its number.

    What two rules say of the same numbers is said once, by the one that explains more.
    """
    ranked = sorted(
        found,
        key=lambda one: (
            _ORDER[one.result], _GRAVITY[one.severity], one.explained_by is None,
        ),
    )  # fmt: skip
    seen: dict[object, Finding] = {}
    for one in ranked:
        places = frozenset((number.start, number.code, number.value) for number in one.numbers)
        seen.setdefault((one.rule, one.about, places), one)
    return [replace(one, id=f"f{count:03d}") for count, one in enumerate(seen.values(), 1)]
