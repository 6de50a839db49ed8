"""Explanations: the steps of a verdict as sentences, in Chinese or English. VERDICTS §6."""

import string
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, Literal

from lantu.core import content
from lantu.core.figures.decimals import shown
from lantu.core.judging.records import Step, Verdict
from lantu.core.judging.rulesets import names, rule_set
from lantu.core.judging.states import WORDS

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
    template = _texts()["steps"][step.key][language]
    values = {**step.values, "fallback": names()[0]}
    return _Writer(language, scopes or {}).vformat(template, (), values)


def reason(key: str, language: Language) -> str:
    """Why a figure was not used."""
    return _texts()["unused"][key][language]


def path_word(path: str, language: Language) -> str:
    return _texts()["paths"][path][language]


def step_keys() -> frozenset[str]:
    return frozenset(_texts()["steps"])


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
            "rules": lambda value: rule_set(value, date.max).label[language],
            "scope": lambda value: self.scopes.get(value, str(value)),
        }

    def format_field(self, value: Any, format_spec: str) -> str:
        if value is None or value == ():
            return "无" if self.language == "zh" else "none"
        if format_spec:
            return self.ways[format_spec](value)
        if isinstance(value, tuple):
            between = "、" if self.language == "zh" else ", "
            return between.join(self.format_field(item, "") for item in value)
        return shown(value, PLACES) if isinstance(value, Decimal) else str(value)
