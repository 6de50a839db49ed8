"""The states of a verdict, their words, and which of them are verdicts at all."""

from typing import Final, Literal, get_args

State = Literal[
    "achieved-early",
    "ahead",
    "on-track",
    "behind",
    "badly-behind",
    "over-fulfilled",
    "fulfilled",
    "missed",
    "no-data",
    "not-due",
    "awaiting-target",
    "scope-mismatch",
    "not-judged",
]

STATES: Final[tuple[State, ...]] = get_args(State)

WORDS: Final[dict[State, tuple[str, str]]] = {
    "achieved-early": ("提前实现", "achieved early"),
    "ahead": ("快于预期", "ahead"),
    "on-track": ("基本符合预期", "on track"),
    "behind": ("滞后预期", "behind"),
    "badly-behind": ("严重滞后", "badly behind"),
    "over-fulfilled": ("超额完成", "over-fulfilled"),
    "fulfilled": ("完成", "fulfilled"),
    "missed": ("未完成", "missed"),
    "no-data": ("无数据", "no data"),
    "not-due": ("未到期", "not due yet"),
    "awaiting-target": ("待定目标", "awaiting its target"),
    "scope-mismatch": ("口径不符", "scope mismatch"),
    "not-judged": ("不评判", "not judged"),
}

# Not verdicts: they say why there is none, and are never counted as zero.
UNJUDGED: Final[frozenset[State]] = frozenset(
    {"no-data", "not-due", "awaiting-target", "scope-mismatch", "not-judged"}
)
FINAL: Final[frozenset[State]] = frozenset({"over-fulfilled", "fulfilled", "missed"})
# From worst to best, for "the worst one decides".
SEVERITY: Final[dict[State, int]] = {
    "missed": 0,
    "badly-behind": 1,
    "behind": 2,
    "no-data": 3,
    "not-due": 4,
    "on-track": 5,
    "ahead": 6,
    "achieved-early": 7,
    "fulfilled": 8,
    "over-fulfilled": 9,
    "awaiting-target": 10,
    "scope-mismatch": 11,
    "not-judged": 12,
}
