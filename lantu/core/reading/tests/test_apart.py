"""A document is read by another process, and what goes wrong there is told here."""

import os
import resource
import signal

import pytest

from lantu.core.errors import ContentError
from lantu.core.reading import apart
from lantu.core.reading.propose import proposals

TEXT = "“十五五”规划\n\n第一章 目标\n\n到2030年，工业总产值达到600.0亿元。\n"


@pytest.fixture
def document(tmp_path):
    path = tmp_path / "plan.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_it_gives_the_same_as_reading_here(document):
    stages = []
    found = apart.read_apart(document, "plan.txt", told=stages.append)

    assert found.text == TEXT
    assert list(found.proposals) == proposals(TEXT)
    assert found.end == 2030
    assert [one.stage for one in stages if not one.unit] == ["opened", "text", "promises"]


def test_what_is_wrong_with_a_document_is_told_with_its_name(tmp_path):
    path = tmp_path / "stored"
    path.write_bytes(b"%PDF-1.7 nothing")

    with pytest.raises(ContentError, match=r"规划\.pdf"):
        apart.read_apart(path, "规划.pdf", told=lambda stage: None)


def test_limits_are_set_in_the_other_process_only(document):
    before = resource.getrlimit(resource.RLIMIT_AS)
    apart.read_apart(document, "plan.txt", told=lambda stage: None)

    assert resource.getrlimit(resource.RLIMIT_AS) == before


def test_a_process_that_is_ended_is_told_as_a_document_beyond_the_limits(document, monkeypatch):
    class Ended(apart.subprocess.Popen):
        def __init__(self, command, **more):
            super().__init__(["sleep", "60"], **more)
            os.kill(self.pid, signal.SIGKILL)

    monkeypatch.setattr(apart.subprocess, "Popen", Ended)

    with pytest.raises(ContentError, match="too much time or memory"):
        apart.read_apart(document, "plan.txt", told=lambda stage: None)
