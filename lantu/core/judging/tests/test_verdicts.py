"""Judged cases: our own, and those of the shared conformance file."""

from pathlib import Path

import pytest

from lantu.core.judging.conformance import Answer, answers

OWN = Path(__file__).with_name("verdicts.yaml")
SHARED = Path(__file__).parents[5] / "shared" / "conformance" / "verdicts.yaml"


@pytest.mark.parametrize("answer", list(answers(OWN)), ids=lambda answer: answer.name)
def test_a_case_is_judged_as_its_name_says(answer: Answer):
    assert answer.fault is None
    assert answer.differs == ()


@pytest.mark.skipif(not SHARED.exists(), reason="the shared conformance file is not beside us")
def test_every_shared_case_agrees():
    found = list(answers(SHARED))

    assert len(found) >= 132
    assert [(a.name, a.differs, a.fault) for a in found if not a.agrees] == []


def test_a_wrong_expectation_is_told(tmp_path):
    text = (
        OWN.read_text(encoding="utf-8").split("\n\n")[1].replace("progress: 0.50", "progress: 0.51")
    )
    file = tmp_path / "cases.yaml"
    file.write_text(text, encoding="utf-8")

    (answer,) = answers(file)

    assert answer.differs == ("progress: got 0.5, expected 0.51",)
