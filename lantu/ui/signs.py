"""Signs that stand beside words, so that colour is never the only one."""

# of the states of a promise
SHAPES = {
    "achieved-early": "★",
    "ahead": "▲",
    "on-track": "●",
    "behind": "▽",
    "badly-behind": "▼",
    "over-fulfilled": "✚",
    "fulfilled": "✔",
    "missed": "✘",
    "no-data": "?",
    "not-due": "…",
    "awaiting-target": "◇",
    "scope-mismatch": "≠",
    "not-judged": "–",
}

# of what stands in a year of a project
MARKS = {"due": "◇", "signed": "✎", "begun": "▷", "stopped": "■", "done": "✔"}
