"""A long job is committed step by step, and lets others write in between."""

from types import SimpleNamespace

import pytest

from lantu.kernel.access import actions
from lantu.kernel.access.models import LedgerEntry


def test_after_a_step_that_did_something_comes_a_pause(qinghe, monkeypatch):
    naps = []
    monkeypatch.setattr(actions, "connection", SimpleNamespace(in_atomic_block=False))
    monkeypatch.setattr(actions.time, "sleep", naps.append)

    actions.in_steps(qinghe, [lambda: True, lambda: False, lambda: True])

    assert naps == [actions.PAUSE, actions.PAUSE]
    # Who waits for SQLite's lock looks again every tenth of a second.
    assert actions.PAUSE > 0.1


def test_within_another_transaction_nobody_waits(qinghe, monkeypatch):
    monkeypatch.setattr(actions.time, "sleep", lambda _: pytest.fail("nothing is freed by it"))

    actions.in_steps(qinghe, [lambda: True])


def test_a_step_that_fails_is_undone_and_those_before_it_stay(qinghe):
    def enter(key):
        actions.record(
            zone=qinghe, by=None, act="import", object_type="sample", object_key=key
        )  # fmt: skip
        if key == "second":
            raise RuntimeError(key)
        return True

    with pytest.raises(RuntimeError):
        actions.in_steps(qinghe, [lambda: enter("first"), lambda: enter("second")])

    told = LedgerEntry.objects.filter(object_type="sample")
    assert [one.object_key for one in told] == ["first"]
