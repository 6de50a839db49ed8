"""What single sentences of plans promise, and what they do not."""

from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from lantu.core.reading.propose import proposals

FORMS = yaml.safe_load(Path(__file__).with_name("sentences.yaml").read_text("utf-8"))
CASES = [case for form in FORMS for case in form["cases"]]
HEAD = "青禾区“十五五”规划\n\n第一章 主要目标\n\n"


def number(value):
    return None if value is None else Decimal(str(value))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["say"][:24])
def test_a_sentence_says_what_it_promises(case):
    found = [one for one in proposals(HEAD + case["say"]) if one.kind == "target"]
    facts = [one for one in proposals(HEAD + case["say"]) if one.kind == "fact"]
    wanted = case.get("promises", [])

    assert [one.metric for one in found] == [want["metric"] for want in wanted]
    assert len(facts) == case.get("facts", 0)
    for one, want in zip(found, wanted, strict=True):
        assert (one.value, one.low, one.high, one.growth_pct) == tuple(
            number(want.get(key)) for key in ("value", "low", "high", "growth")
        )
        assert (one.unit, one.comparator) == (want["unit"], want.get("comparator", "="))
        assert one.form == want.get("form", one.form)
        assert one.target_year == want.get("year", 2030)
        assert (one.base_value, one.base_year) == (number(want.get("base")), want.get("base_year"))
        assert one.subject == want.get("subject", one.subject)
