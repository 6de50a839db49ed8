"""From any class or index to what was measured, and from there to the file it came in."""

import re
from datetime import UTC, date, datetime

import pytest
from django.utils.timezone import localtime

from lantu.core.plans.standing import Question
from lantu.services.environment import actions, origins, queries
from lantu.services.environment import water as waters
from lantu.services.environment.models import Batch, WaterSample

pytestmark = pytest.mark.django_db
HEAD = "断面,月份,pH,溶解氧（mg/L）,氨氮（mg/L）,总磷（mg/L）\n"


def page(client, address, language="zh-hans"):
    answer = client.get(address, headers={"accept-language": language})
    assert answer.status_code == 200, address
    return answer.content.decode()


@pytest.fixture
def river(qinghe):
    actions.ensure_station(
        qinghe, "w1", zh="卫河断面", en="Wei", medium="river", since=date(2020, 1, 1), by=None
    )
    return qinghe


def take(zone, row, by, **more):
    actions.water.import_samples(zone, (HEAD + row).encode(), name="三月.csv", by=by, **more)


def test_a_class_of_water_leads_to_its_values_and_their_file(client, sampled):
    text = page(client, "/z/qinghe/water/?year=2025")
    address = re.findall(r'href="(/z/qinghe/water/[\w-]+/2025-03/)"', text)[0]

    own = page(client, address)
    one = WaterSample.objects.filter(month=date(2025, 3, 1)).order_by("pk").first()
    assert one.source in own
    assert "计算方法" in own
    assert all(f"<small>{item}</small>" in own for item in one.values if item != "pH")


def test_each_item_of_a_sample_is_named_and_its_value_has_a_unit(client, river, clerk):
    take(river, "w1,2025-03,7.8,8.1,0.42,0.08\n", clerk)
    english = page(client, "/z/qinghe/water/w1/2025-03/", "en")

    assert "Ammonia nitrogen <small>NH3-N</small>" in english
    assert "<title>Wei " in english
    measured = origins.sample_of(river, "w1", date(2025, 3, 1)).measured
    assert [(one.item, one.unit) for one in measured] == [
        ("pH", ""), ("DO", "mg/L"), ("NH3-N", "mg/L"), ("TP", "mg/L"),
    ]  # fmt: skip


def test_what_was_held_before_a_correction_stays_in_sight(client, river, clerk):
    take(river, "w1,2025-03,7.8,8.1,0.42,0.08\n", clerk)
    take(river, "w1,2025-03,7.8,8.1,1.42,0.08\n", clerk, corrects=True)

    found = origins.sample_of(river, "w1", date(2025, 3, 1))
    assert found.section.cls == "IV"
    assert [one.values["NH3-N"] for one in found.earlier] == ["0.42"]
    assert "此前的结果" in page(client, "/z/qinghe/water/w1/2025-03/")


def test_who_entered_it_is_told_to_those_who_read_the_ledger_only(client, river, clerk, auditor):
    take(river, "w1,2025-03,7.8,8.1,0.42,0.08\n", clerk)
    address = "/z/qinghe/water/w1/2025-03/"
    assert clerk.get_username() not in page(client, address)

    client.force_login(auditor)
    assert clerk.get_username() in page(client, address)


@pytest.mark.parametrize("where", ["w1/2025-04", "w1/2025-99", "nowhere/2025-03"])
def test_a_month_without_a_sample_has_no_page(client, river, clerk, where):
    take(river, "w1,2025-03,7.8,8.1,0.42,0.08\n", clerk)

    assert client.get(f"/z/qinghe/water/{where}/").status_code == 404


def test_a_day_of_air_leads_to_its_stations_and_each_names_the_file_of_its_hours(client, sampled):
    text = page(client, "/z/qinghe/air/day/2025-03-05/", "en")
    stations = re.findall(r'href="(/z/qinghe/air/station/[\w-]+/2025-03-05/)"', text)

    assert len(stations) == len(origins.stations_of(sampled, date(2025, 3, 5))) > 1
    assert Batch.objects.filter(zone=sampled).first().source in page(client, stations[0])


def test_a_file_that_ends_the_day_before_is_not_named(sampled):
    first = Batch.objects.filter(zone=sampled).order_by("first_hour").first()

    assert origins.batches_of(sampled, localtime(first.first_hour).date()) != []
    assert origins.batches_of(sampled, date(2001, 1, 1)) == []


def test_a_past_day_knows_neither_later_months_nor_later_corrections(river, clerk, monkeypatch):
    def at(month):
        moment = datetime(2025, month, 9, 4, tzinfo=UTC)
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
        return date(2025, month, 28)

    early = at(4)
    take(river, "w1,2025-03,7.8,8.1,0.42,0.08\n", clerk)
    late = at(6)
    take(river, "w1,2025-03,7.8,8.1,1.42,0.08\n", clerk, corrects=True)
    take(river, "w1,2025-05,7.8,8.1,0.42,0.08\n", clerk)

    def classes(day, known_on=None):
        months = waters.water(river, 2025, Question(day, known_on)).months
        return [one.cls for month in months for one in month.sections]

    assert classes(early, early) == ["II"]
    assert classes(early) == ["IV"]
    assert classes(late, late) == ["IV", "II"]


def test_days_of_hours_that_came_in_later_are_left_out_and_counted(client, sampled):
    day = date(2025, 6, 30)

    then = queries.air(sampled, 2025, Question(day))
    known = queries.air(sampled, 2025, Question(day, day))

    assert then.days[-1].day == day and then.good.days == len(then.days)
    assert (known.days, known.unknown) == ((), len(then.days))
    assert "有181天未显示" in page(client, f"/z/qinghe/air/?as_of={day}&then=1")
    for address in ("air/day/2025-07-01/?", "air/day/2025-03-05/?then=1&"):
        assert client.get(f"/z/qinghe/{address}as_of={day}").status_code == 404
