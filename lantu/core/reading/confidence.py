"""Confidence: how sure a proposal is, from what speaks for and against it."""

import math
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from lantu.core import content


@lru_cache(maxsize=1)
def _weights() -> tuple[float, dict[str, float]]:
    root = content.read(Path(__file__).with_name("confidence.yaml"), "reading/confidence.yaml")
    entries = root.need("for_and_against").mapping()
    weights = {name: float(entry.number()) for name, entry in entries.items()}
    return float(root.need("base").number()), weights


@lru_cache(maxsize=4096)
def _logistic(signs: frozenset[str]) -> float:
    base, weights = _weights()
    return round(1 / (1 + math.exp(-base - sum(weights[one] for one in signs))), 2)


def confidence(signs: Iterable[str]) -> float:
    """Between 0 and 1, with two decimals. Raises KeyError for a sign that has no weight."""
    return _logistic(frozenset(signs))
