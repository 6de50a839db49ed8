"""Every step that a form notes has a sentence in both languages that can be written."""

import re
from pathlib import Path

import pytest

from lantu.core import content
from lantu.core.judging import conformance, reading
from lantu.core.judging.explain import reason, sentences, step_keys
from lantu.core.judging.judge import judge
from lantu.core.judging.records import Verdict

HERE = Path(__file__).parent
CASES = content.read(HERE / "verdicts.yaml").items()
NOTE = re.compile(r"\.note\(\s*\"([a-z-]+)\"( if [\w. ]+ else \"([a-z-]+)\")?")


def explained(case: content.Entry) -> Verdict:
    def listed(key: str) -> list[content.Entry]:
        found = case.get(key)
        return [] if found is None else found.items()

    return judge(
        reading.commitment(case.need("commitment")),
        [reading.fact(entry) for entry in listed("facts")],
        plan=reading.plan(case.need("plan")),
        as_of=case.need("as_of").day(),
        other_facts=[reading.fact(entry) for entry in listed("other_facts")],
        events=[reading.event(entry) for entry in listed("events")],
        explain=True,
    )


def test_every_note_in_the_code_has_a_sentence():
    noted = set()
    for path in HERE.parent.rglob("*.py"):
        for first, _, second in NOTE.findall(path.read_text(encoding="utf-8")):
            noted |= {first, second} - {""}

    assert noted == step_keys()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.need("name").text())
def test_an_explanation_can_be_written_in_both_languages(case):
    verdict = explained(case)

    for language in ("zh", "en"):
        written = sentences(verdict, language)
        assert written
        assert not any("{" in line for line in written)
        assert all(reason(unused.reason, language) for unused in verdict.unused)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.need("name").text())
def test_an_explanation_does_not_change_the_verdict(case):
    plain = list(conformance.answers(HERE / "verdicts.yaml"))

    assert all(answer.agrees for answer in plain)
    assert explained(case).state == case.need("expect").need("state").text()


def test_figures_that_were_not_used_say_why():
    case = next(c for c in CASES if "two vintages" in c.need("name").text())

    verdict = explained(case)

    assert [(unused.fact.value, unused.reason) for unused in verdict.unused]
    assert {unused.reason for unused in verdict.unused} == {"outranked"}
