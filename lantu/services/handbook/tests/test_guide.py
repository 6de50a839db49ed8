"""The guided path: each step leads to what it promises, and the ticks are one person's own."""

import re

import pytest
from django.test import Client

from lantu.kernel.access.models import LedgerEntry
from lantu.services.handbook import queries

STEPS = queries.steps()


def done(client):
    return re.findall(r'guide__step--done[^>]* id="(\w+)"', client.get("/guide/").content.decode())


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.name)
def test_a_step_leads_to_a_page_that_shows_what_it_says(client, planner, step, lang):
    if step.needs:
        assert client.get(step.address).status_code == 302
        client.force_login(planner)
    answer = client.get(step.address, headers={"accept-language": lang})
    main = answer.content.decode().split("<main")[1]

    assert answer.status_code == 200
    assert step.shows[lang] in main


def test_the_public_is_led_to_no_page_that_asks_for_a_name(client, qinghe):
    shown = client.get("/guide/").content.decode()
    led = re.findall(r'class="button" href="(/z/[^"]*)"', shown)

    assert len(led) == len([step for step in STEPS if not step.needs]) > 5
    assert all(client.get(address.split("#")[0]).status_code == 200 for address in led)
    assert "/accounts/login/?next=/z/qinghe/returns/" in shown


def test_who_may_not_read_the_ledger_is_not_led_to_it(client, clerk):
    client.force_login(clerk)
    shown = client.get("/guide/").content.decode()

    assert "/z/qinghe/returns/" in shown
    assert "/z/qinghe/ledger/" not in shown
    assert "您的角色不能打开这一页" in shown


def test_a_step_is_ticked_off_and_the_next_one_is_marked(client, qinghe):
    assert done(client) == []

    answer = client.post("/guide/", {"step": "overview", "act": "done"})

    assert answer.headers["Location"] == "/guide/#overview"
    assert done(client) == ["overview"]
    found = queries.guide(["overview"], lambda permission: True)
    assert [one.step.name for one in found.stages if one.is_next] == ["promise"]


def test_a_tick_is_taken_back_and_all_of_them_are_forgotten(client, qinghe):
    for name in ("overview", "promise"):
        client.post("/guide/", {"step": name, "act": "done"})
    client.post("/guide/", {"step": "overview", "act": "undo"})
    assert done(client) == ["promise"]

    client.post("/guide/", {"act": "begin-again"})
    assert done(client) == []


def test_the_ticks_of_one_person_are_not_anothers(client, clerk, auditor, stranger):
    client.force_login(clerk)
    client.post("/guide/", {"step": "why", "act": "done"})

    for person in (auditor, stranger, None):
        other = Client()
        if person is not None:
            other.force_login(person)
        assert done(other) == []
    assert done(client) == ["why"]


def test_who_signs_in_on_the_way_keeps_the_ticks(client, clerk):
    client.post("/guide/", {"step": "why", "act": "done"})

    client.force_login(clerk)

    assert done(client) == ["why"]


def test_the_whole_path_is_done_when_each_step_is(client, qinghe):
    for step in STEPS:
        client.post("/guide/", {"step": step.name, "act": "done"})

    assert "全部看完了" in client.get("/guide/").content.decode()
    assert queries.guide([step.name for step in STEPS], lambda permission: True).is_finished


@pytest.mark.parametrize("asked", [{"step": "nothing"}, {}, {"step": "<b>", "act": "x"}])
def test_what_is_no_step_changes_nothing(client, qinghe, asked):
    assert client.post("/guide/", asked).status_code == 302
    assert done(client) == []


def test_a_tick_is_no_act_of_the_zone(client, qinghe):
    before = LedgerEntry.objects.count()

    client.post("/guide/", {"step": "why", "act": "done"})

    assert LedgerEntry.objects.count() == before


def test_a_tick_needs_the_token_of_its_form(qinghe):
    strict = Client(enforce_csrf_checks=True)

    assert strict.post("/guide/", {"step": "why", "act": "done"}).status_code == 403


def test_without_the_sample_zone_the_page_says_what_to_do(client, db, monkeypatch):
    from lantu.services.handbook import views

    monkeypatch.setattr(views, "zones", lambda: [])

    assert "lantu setup" in client.get("/guide/").content.decode()
