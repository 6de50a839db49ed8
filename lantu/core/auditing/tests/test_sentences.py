"""What one sentence states twice must agree, and what it does not state is not held against it."""

from pathlib import Path

import pytest

from lantu.core import content
from lantu.core.auditing.audit import audit_text
from lantu.core.auditing.findings import RULES

CASES = [
    case
    for name in ("sentences.yaml", "real_wordings.yaml", "other_hand.yaml")
    for case in content.read(Path(__file__).with_name(name)).plain()
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_a_sentence_is_judged_as_a_careful_reader_would(case):
    found = audit_text(case["text"])

    if case["result"] == "nothing":
        assert [one.rule for one in found if one.result != "holds"] == []
    else:
        assert [(one.rule, one.result) for one in found if one.rule == case["rule"]][:1] == [
            (case["rule"], case["result"])
        ]
        assert [one for one in found if one.result == "contradicts"] == [
            one for one in found if one.result == "contradicts" and one.rule == case["rule"]
        ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_every_number_of_a_finding_stands_where_it_says(case):
    for one in audit_text(case["text"]):
        assert one.rule in RULES, "a reader is told the name of the rule"
        for number in one.numbers:
            printed = case["text"][number.start : number.end]
            assert printed, one
            assert one.rule in ("growth-identity", "multiple", "structure", "list-count") or any(
                letter.isdigit() or letter == "分" for letter in printed
            )
