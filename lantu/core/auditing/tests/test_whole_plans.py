"""Whole small plans that contradict themselves nowhere: the auditor says nothing of them."""

from pathlib import Path

import pytest
import yaml

from lantu.core.auditing.audit import audit_text

TRIALS = sorted((Path(__file__).parents[2] / "reading/tests/trials").glob("*.yaml"))


@pytest.mark.parametrize("path", TRIALS, ids=lambda path: path.stem)
def test_no_false_alarm_on_a_whole_plan(path):
    found = audit_text(yaml.safe_load(path.read_text("utf-8"))["text"])

    assert [one.message for one in found if one.result == "contradicts"] == []
