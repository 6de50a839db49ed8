"""What is new and what is due, as other programs read it."""

from datetime import date

import feedparser
import icalendar
import pytest
from django.utils import timezone

from lantu.kernel.access.actions import record
from lantu.kernel.commitments import queries as commitments
from lantu.kernel.facts.models import Observation

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}


def feed(client, zone, **headers):
    return feedparser.parse(client.get(f"/z/{zone}/news.atom", **headers).content)


def test_the_feed_is_sound_and_tells_figures_and_changes(client):
    found = feed(client, "qinghe")

    assert (found.bozo, found.version) == (False, "atom10")
    kinds = {entry.id.partition("#")[2].split("/")[0] for entry in found.entries}
    assert kinds == {"figure", "verdict"}
    assert len({entry.id for entry in found.entries}) == len(found.entries)


def test_the_zone_is_the_author_and_the_program_what_wrote_it_down(client):
    told = feed(client, "xinxiang", headers=ENGLISH).feed

    assert told.author == "Xinxiang Economic and Technological Development Zone"
    assert told.generator == "蓝图 Lantu"


def test_a_change_says_from_which_verdict_to_which(client):
    titles = [entry.title for entry in feed(client, "qinghe", headers=ENGLISH).entries]

    assert any(" → " in title for title in titles)


def test_the_newest_entry_comes_first_and_dates_the_feed(client):
    found = feed(client, "xinxiang")
    known = Observation.objects.filter(zone__slug="xinxiang", known_on__isnull=False)
    newest = known.latest("known_on").known_on

    assert found.feed.updated[:10] >= newest.isoformat()
    assert [entry.updated for entry in found.entries] == sorted(
        (entry.updated for entry in found.entries), reverse=True
    )


def test_an_entry_leads_to_its_page(client):
    entry = feed(client, "qinghe").entries[0]

    assert client.get(entry.link.removeprefix("http://testserver")).status_code == 200


def test_the_feed_is_the_same_when_it_is_fetched_again(client):
    first = client.get("/z/qinghe/news.atom").content

    assert client.get("/z/qinghe/news.atom").content == first


def test_the_calendar_has_every_promise_with_a_year_and_every_project_with_a_finish(client):
    found = icalendar.Calendar.from_ical(client.get("/z/xinxiang/due.ics").content)
    plan = commitments.plan("xinxiang-2021-2025")

    events = {str(event["UID"]).partition("@")[0]: event for event in found.walk("VEVENT")}
    wanted = {
        f"{plan.name}.{one.code}"
        for one in plan.commitments
        if one.is_judged and (one.target_year or one.target_date)
    }
    assert wanted <= set(events)
    assert {f"{plan.name}.project.{one.code}" for one in plan.projects if one.due} <= set(events)


def test_a_promise_is_due_on_the_last_day_of_its_year(client):
    found = icalendar.Calendar.from_ical(client.get("/z/qinghe/due.ics").content)

    event = next(
        one for one in found.walk("VEVENT") if str(one["UID"]).startswith("qinghe-2021-2025.gdp@")
    )
    assert event.decoded("DTSTART") == date(2025, 12, 31)
    assert event.decoded("DTEND") == date(2026, 1, 1)


def test_an_event_is_older_than_its_reading_and_newer_once_its_plan_was_loaded_again(
    client, qinghe
):
    def event():
        found = icalendar.Calendar.from_ical(client.get("/z/qinghe/due.ics").content)
        return found.walk("VEVENT")[0]

    before = event()
    record(zone=qinghe, by=None, act="load", object_type="plan", object_key="qinghe-2021-2025")
    after = event()

    assert before["UID"] == after["UID"]
    assert before["SEQUENCE"] + 1 == after["SEQUENCE"]
    assert before.decoded("DTSTAMP") <= after.decoded("DTSTAMP") <= timezone.now()


def test_a_figure_is_not_told_before_its_day(client, qinghe):
    told = Observation.objects.filter(zone=qinghe, superseded_by=None).exclude(known_on=None)
    last = told.order_by("-known_on", "-id").values().first()
    ahead = {**last, "id": None, "key": "ahead", "known_on": date(2999, 1, 1), "value": "77771.5"}
    Observation.objects.create(**ahead)

    assert b"77771.5" not in client.get("/z/qinghe/news.atom").content


def test_no_line_of_the_calendar_is_longer_than_75_bytes(client):
    lines = client.get("/z/xinxiang/due.ics").content.split(b"\r\n")

    assert max(len(line) for line in lines) <= 75


@pytest.mark.parametrize("name", ["news.atom", "due.ics"])
def test_a_reader_who_has_the_newest_is_not_sent_it_again(client, name):
    changed = client.get(f"/z/qinghe/{name}")["Last-Modified"]

    answer = client.get(f"/z/qinghe/{name}", headers={"if-modified-since": changed})

    assert answer.status_code == 304
