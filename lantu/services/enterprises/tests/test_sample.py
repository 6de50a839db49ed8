"""The sample zone's firms: invented, the same for the same seed, and only where all is invented."""

import json
import re
from contextlib import suppress

import pytest
from django.db import transaction

from lantu.core.figures.identifiers import is_credit_code
from lantu.kernel.access.models import LedgerEntry
from lantu.kernel.access.queries import verify
from lantu.kernel.facts import queries as facts
from lantu.kernel.registry.models import LegalEntity
from lantu.services.enterprises import sample
from lantu.services.enterprises.models import Figure, FirmYear, Objection, Parcel, Round
from lantu.services.enterprises.queries import firms, nurture, rounds
from lantu.services.enterprises.sample import load


@pytest.fixture
def loaded(qinghe):
    load(qinghe)
    return qinghe


def test_the_sample_shows_every_part_and_loading_it_again_changes_nothing(loaded, client):
    entries = LedgerEntry.objects.count()
    load(loaded)

    assert LedgerEntry.objects.count() == entries
    assert LegalEntity.objects.filter(zone=loaded).count() == 120
    assert all(is_credit_code(one.code) and one.code[2:8] == "999999"
               for one in LegalEntity.objects.filter(zone=loaded))  # fmt: skip
    states = [one.state for one in Round.objects.filter(zone=loaded).order_by("year")]
    assert states == ["final"] * 4 + ["publicity"]
    assert Objection.objects.get().state == "open"
    assert not verify().faults
    series = facts.series(loaded, "工业用地亩均税收", loaded.zh)
    assert [one.period for one in series] == ["2021", "2022", "2023", "2024"]
    shown = client.get("/z/qinghe/firms/").content.decode()
    assert "虚构示例" in shown and "等级取自2024年度评价" in shown


def test_loading_that_was_cut_off_anywhere_is_completed_without_doubling(qinghe, monkeypatch):
    from lantu.kernel.access import actions as access
    from lantu.services.enterprises.actions.rounds import is_stale

    class Killed(Exception):
        pass

    def some(zone, steps):
        """One step more is committed at each start; the next is cut off in the midst of it."""
        for number, step in enumerate(steps):
            with transaction.atomic():
                step()
                if number == some.most:
                    raise Killed

    monkeypatch.setattr(sample, "in_steps", some)
    for some.most in range(30):
        with suppress(Killed):
            load(qinghe)
            break
    monkeypatch.setattr(sample, "in_steps", access.in_steps)
    entries = LedgerEntry.objects.count()
    load(qinghe)

    assert some.most > 8
    assert LedgerEntry.objects.count() == entries
    assert LegalEntity.objects.filter(zone=qinghe).count() == 120
    assert Parcel.objects.filter(zone=qinghe).count() == 120
    assert not Figure.objects.filter(supersedes__isnull=False).exists()
    assert [one.year for one in Round.objects.order_by("year")] == [2021, 2022, 2023, 2024, 2025]
    assert all(one.runs.count() == 1 and not is_stale(one) for one in Round.objects.all())
    assert Objection.objects.count() == 1
    assert not verify().faults


def test_a_zone_with_firms_of_its_own_is_left_alone(qinghe):
    LegalEntity.objects.create(zone=qinghe, code="91999999KX00000019", zh="甲公司")
    load(qinghe)

    assert LegalEntity.objects.filter(zone=qinghe).count() == 1


def test_the_same_seed_gives_the_same_results(loaded):
    hashes = {run.round.year: run.result_sha256[:12]
              for run in (rounds.last_run(one) for one in Round.objects.all())}  # fmt: skip
    results = rounds.results(rounds.last_run(Round.objects.get(year=2024)))
    classes = [one.final_class for one in results]

    assert len(set(hashes.values())) == 5
    counts = {name: classes.count(name) for name in ("A", "B", "C", "D")}
    assert counts == {"A": 21, "B": 45, "C": 38, "D": 7}


def test_the_map_and_the_lists_have_something_to_show(loaded, client, planner):
    parcels = firms.parcels(loaded, 2025)
    lists = {one.name: one for one in nurture.lists(loaded, 2025)}

    assert len(parcels) == 120
    assert {one.place for one in parcels} == {0, 1, 2, 3, 4, 5}
    assert len(firms.fifths(parcels)) == 5
    assert set(lists) == {"above_scale", "technology_sme", "high_tech", "specialised",
                          "little_giant"}  # fmt: skip
    assert sum(len(one.near) for one in lists.values()) > 20
    json.dumps([one.outline for one in parcels])

    client.force_login(planner)
    _the_map_tells_units(client)
    _the_other_pages_do(client, loaded)


def _the_map_tells_units(client):
    for language, unit in (("en", " × CNY 10,000/mu"), ("zh-hans", " 万元/亩")):
        page = client.get("/z/qinghe/firms/map/", headers={"accept-language": language})
        shapes = json.loads(page.context["shapes"])["features"]
        told = [one["properties"]["told"] for one in shapes if one["properties"].get("place")]
        assert told and all(one.endswith(unit) for one in told)
        labelled = re.findall(
            r"<td [^>]*data-label=\"[^\"]*(?:mu|亩)\)\">([^<]*)<", page.content.decode()
        )
        taxes = labelled[1::2]
        assert len(taxes) == 120
        assert all(one == "—" or len(one.partition(".")[2]) == 2 for one in taxes)


def _the_other_pages_do(client, zone):
    newest = Round.objects.get(zone=zone, state="publicity").pk
    for path, phrases in {
        "firms/nurture/": ("Met: 84; near: 6; far: 30; figures missing: 0.",
                           "missing 54 × CNY 10,000</b>"),
        f"evaluation/{newest}/": ("Objections to be answered first: 1.",
                                  "Tax per mu<br><small>(CNY 10,000/mu)</small>"),
        "ledger/": ("belong to other zones", "first computation (invented)"),
    }.items():  # fmt: skip
        page = client.get(f"/z/qinghe/{path}", headers={"accept-language": "en"}).content.decode()
        assert all(one in page for one in phrases), path


def test_the_page_of_a_firm_that_lacks_a_figure_says_so_and_opens(loaded, client, planner):
    client.force_login(planner)
    lacking = [
        one.entity.code
        for one in FirmYear.objects.filter(zone=loaded, year=2025).select_related("entity")
        if len(one.figures) < len(FirmYear.objects.get(entity=one.entity, year=2024).figures)
    ]

    assert lacking
    for code in lacking:
        page = client.get(f"/z/qinghe/firms/{code}/")
        assert page.status_code == 200
        assert '<td class="number" data-label="2025">—</td>' in page.content.decode()


def test_a_real_zone_is_left_alone(xinxiang):
    load(xinxiang)

    assert not LegalEntity.objects.filter(zone=xinxiang).exists()
    assert not Figure.objects.exists()
