"""The ledger shows every sign of tampering, and the database refuses it in the first place."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, transaction

from lantu.core.errors import Refused
from lantu.kernel.access.actions import (
    Told,
    ensure_zone,
    grant_role,
    record,
    record_all,
    revoke_role,
)
from lantu.kernel.access.ledger import Link, breaks
from lantu.kernel.access.models import LedgerEntry
from lantu.kernel.access.queries import verify


def chain(count: int) -> list[tuple[Link, str]]:
    links: list[tuple[Link, str]] = []
    previous = ""
    for number in range(1, count + 1):
        link = Link(number, "z", datetime(2026, 1, number, tzinfo=UTC), "alice", "load", "plan",
                    "p", None, {"n": number}, "", previous)  # fmt: skip
        previous = link.digest()
        links.append((link, previous))
    return links


def test_a_whole_chain_has_no_breaks():
    assert list(breaks(chain(5), {})) == []


def test_an_altered_entry_is_named():
    links = chain(4)
    links[1] = (replace(links[1][0], after={"n": 99}), links[1][1])

    assert list(breaks(links, {})) == ["entry 2 was altered"]


def test_an_entry_altered_together_with_its_hash_breaks_the_next_one():
    links = chain(4)
    changed = replace(links[1][0], note="forged")
    links[1] = (changed, changed.digest())

    assert list(breaks(links, {})) == ["entry 3 does not follow the one before it"]


def test_a_removed_entry_is_named():
    links = chain(4)
    del links[1]

    assert list(breaks(links, {})) == ["entry 2 is missing"]


def test_two_entries_in_each_others_place_are_noticed():
    links = chain(4)
    links[1], links[2] = links[2], links[1]

    assert len(list(breaks(links, {}))) >= 2


def test_entries_cut_off_at_the_end_are_noticed_by_the_witness():
    links = chain(4)
    witness = {link.number: stored for link, stored in links}

    assert list(breaks(links[:2], witness)) == ["entries 3 to 4 are missing at the end"]


def test_a_chain_that_was_written_anew_is_noticed_by_the_witness():
    witness = {link.number: stored for link, stored in chain(2)}
    forged, previous = [], ""
    for link, _ in chain(2):
        changed = replace(link, note="forged", previous_hash=previous)
        previous = changed.digest()
        forged.append((changed, previous))

    assert "entry 1 is not the one that was written" in list(breaks(forged, witness))


@pytest.mark.parametrize("act", ["update", "delete"])
def test_the_database_refuses_to_change_or_delete_an_entry(xinxiang, act):
    entries = LedgerEntry.objects.filter(zone=xinxiang)

    with pytest.raises(DatabaseError, match="never changed or deleted"), transaction.atomic():
        entries.update(note="forged") if act == "update" else entries.delete()


def test_every_act_is_chained_to_the_one_before(xinxiang, clerk):
    first = record(zone=xinxiang, by=clerk, act="test", object_type="x", object_key="1")
    second = record(zone=xinxiang, by=clerk, act="test", object_type="x", object_key="2")

    assert second.previous_hash == first.hash
    assert verify().faults == ()


def test_granting_and_revoking_a_role_is_on_record(qinghe, clerk):
    grant_role(clerk, qinghe, "reviewer", by=None)
    revoke_role(clerk, qinghe, "reviewer", by=None)

    acts = LedgerEntry.objects.filter(object_key="alice", zone=qinghe).order_by("number")
    assert [entry.act for entry in acts][-2:] == ["grant", "revoke"]


def test_a_role_that_does_not_exist_is_refused(qinghe, clerk):
    with pytest.raises(Refused, match="There is no role emperor"):
        grant_role(clerk, qinghe, "emperor", by=None)


def test_a_real_zone_never_becomes_an_invented_one(xinxiang):
    with pytest.raises(Refused, match="Real and invented never mix"):
        ensure_zone("xinxiang", zh="x", en="x", invented=True, by=None)


def test_acts_told_together_are_entries_of_their_own_in_one_chain(person):
    alice = person("alice", "planner")
    last = LedgerEntry.objects.count()

    told = [Told("note", "thing", name, after={"n": name}) for name in ("a", "b", "c")]
    record_all(told, zone=None, by=alice)
    record(zone=None, by=alice, act="note", object_type="thing", object_key="d")

    new = LedgerEntry.objects.filter(number__gt=last).order_by("number")
    assert [one.object_key for one in new] == ["a", "b", "c", "d"]
    assert [one.previous_hash for one in new][1:] == [one.hash for one in new][:-1]
    assert verify().faults == ()
    assert record_all([], zone=None, by=alice) == []
