"""Explanations: a verdict in sentences, as a list and as a tree, in Chinese or English."""

import string
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, Literal

from lantu.core import content
from lantu.core.figures import english
from lantu.core.figures.decimals import shown
from lantu.core.judging.records import Step, Verdict
from lantu.core.judging.rulesets import names, rule_set
from lantu.core.judging.states import WORDS
from lantu.core.judging.tree import Node

Language = Literal["zh", "en"]
Sentences = Mapping[str, Mapping[str, str]]
_FILE: Final = Path(__file__).with_name("explanations.yaml")
PLACES: Final = 4


def sentences(
    verdict: Verdict, language: Language, scopes: Mapping[str, str] | None = None
) -> list[str]:
    """What led to a verdict, line by line. `scopes` gives the words of the plan's own scopes.

    Empty for a verdict that was reached without `explain`.
    """
    return [sentence(step, language, scopes) for step in verdict.steps]


def sentence(step: Step, language: Language, scopes: Mapping[str, str] | None = None) -> str:
    """One line of an explanation."""
    return _write("steps", step.key, step.values, language, scopes)


def words(
    node: Node,
    language: Language,
    scopes: Mapping[str, str] | None = None,
    *,
    with_source: bool = True,
) -> str:
    """The sentence of one node of a tree; for a figure also where it comes from, and its fate.

    Without the source for a page that links to it beside the sentence.
    """
    kind = "steps" if node.is_step else "leaves"
    written = _write(kind, node.key, node.values, language, scopes)
    more = list(_origin(node, language, scopes, with_source=with_source))
    if not more:
        return written
    between = "；" if language == "zh" else "; "
    open_mark, close_mark = ("（", "）") if language == "zh" else (" (", ")")
    return f"{written}{open_mark}{between.join(more)}{close_mark}"


def _origin(
    node: Node, language: Language, scopes: Mapping[str, str] | None, *, with_source: bool
) -> Iterator[str]:
    if node.reason:
        yield reason(node.reason, language)
    if node.fact is not None and node.fact.vintage:
        vintage = node.fact.vintage
        named = english.name(vintage) if language == "en" else None
        yield _write("leaves", "vintage", {"vintage": named or vintage}, language, scopes)
    known = node.fact or node.event
    if known is not None and known.known_on:
        yield _write("leaves", "known", {"known": known.known_on}, language, scopes)
    if known is not None and known.source and with_source:
        yield _write("leaves", "source", {"source": known.source}, language, scopes)


def outline(
    node: Node, language: Language, scopes: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """A tree as plain data: its text, what it is, where a figure comes from, what is below."""
    found: dict[str, Any] = {"text": words(node, language, scopes), "kind": node.key}
    known = node.fact or node.event
    if known is not None and known.source:
        found["source"] = known.source
    if node.children:
        found["because"] = [outline(child, language, scopes) for child in node.children]
    return found


def lines(
    node: Node, language: Language, scopes: Mapping[str, str] | None = None, depth: int = 0
) -> Iterator[str]:
    """A tree as indented text."""
    yield f"{'  ' * depth}{words(node, language, scopes)}"
    for child in node.children:
        yield from lines(child, language, scopes, depth + 1)


def reason(key: str, language: Language) -> str:
    """Why a figure was not used."""
    return _texts()["unused"][key][language]


def path_word(path: str, language: Language) -> str:
    return _texts()["paths"][path][language]


def step_keys() -> frozenset[str]:
    return frozenset(_texts()["steps"])


def _write(
    kind: str,
    key: str,
    values: Mapping[str, object],
    language: Language,
    scopes: Mapping[str, str] | None,
) -> str:
    template = _texts()[kind][key][language]
    every = {**values, "fallback": names()[0]}
    return _Writer(language, scopes or {}).vformat(template, (), every)


@lru_cache(maxsize=1)
def _texts() -> dict[str, Sentences]:
    return dict(content.read(_FILE, "judging/explanations.yaml").plain())


class _Writer(string.Formatter):
    """Writes values as people read them: rounded once, with the word of their language."""

    def __init__(self, language: Language, scopes: Mapping[str, str]) -> None:
        self.language: Language = language
        self.scopes = scopes
        self.ways: dict[str, Callable[[Any], str]] = {
            "share": lambda value: f"{shown(value * 100, 1)}%",
            "rate": lambda value: f"{shown(value, 2)}%",
            "state": lambda value: WORDS[value][0 if language == "zh" else 1],
            "path": lambda value: path_word(value, language),
            "event": lambda value: _texts()["events"][value][language],
            "rules": lambda value: rule_set(value, date.max).label[language],
            "scope": lambda value: self.scopes.get(value, str(value)),
        }

    def format_field(self, value: Any, format_spec: str) -> str:
        if value is None or value == ():
            return "无" if self.language == "zh" else "none"
        if format_spec:
            return self.ways[format_spec](value)
        if isinstance(value, dict):
            return str(value[self.language])
        if isinstance(value, tuple):
            between = "、" if self.language == "zh" else ", "
            return between.join(self.format_field(item, "") for item in value)
        return shown(value, PLACES) if isinstance(value, Decimal) else str(value)
