"""The pages and endpoints of air, water and energy, tried by owner, colleague and stranger."""

from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from lantu.core.errors import Refused
from lantu.core.plans.standing import Question
from lantu.kernel.access.models import LedgerEntry
from lantu.kernel.access.queries import verify
from lantu.kernel.commitments import queries as commitments
from lantu.kernel.facts.models import Observation
from lantu.kernel.methods.models import Run
from lantu.services.environment import actions, sample
from lantu.services.environment.models import AirDay, Batch, WaterSample

PAGES = (
    "/z/qinghe/air/", "/z/qinghe/air/?year=2025", "/z/qinghe/air/station/a2/?year=2025&month=5",
    "/z/qinghe/air/day/2026-03-01/", "/z/qinghe/air/station/a1/2025-07-01/",
    "/z/qinghe/water/?year=2025", "/z/qinghe/energy/", "/api/v1/zones/qinghe/air?year=2025",
    "/api/v1/zones/qinghe/air/2025-07-01?station=a1", "/api/v1/zones/qinghe/water",
    "/api/v1/zones/qinghe/energy",
)  # fmt: skip
CSV = b"station,time,item,value\na1,2024-03-05 03:00,PM2.5,30\nzz,2024-03-05 03:00,PM2.5,30\n"


def test_what_is_measured_is_public(client, request, sampled):
    for who in (None, "clerk", "auditor", "stranger"):
        if who:
            client.force_login(request.getfixturevalue(who))
        for page in PAGES:
            assert client.get(page).status_code == 200, (who, page)


def test_a_day_is_explained_with_breakpoints_and_the_standard_of_its_date(client, sampled):
    before = client.get("/z/qinghe/air/day/2026-02-28/").content.decode()
    after = client.get("/z/qinghe/air/day/2026-03-01/").content.decode()

    assert "HJ 633-2012" in before
    assert "HJ 633-2026" in after
    assert "修约" in after
    assert "(100 − 50) ÷ " in before + after or "(50 − 0) ÷ " in before + after


def test_the_station_page_names_what_is_doubtful(client, sampled):
    text = client.get("/z/qinghe/air/station/a2/?year=2025&month=5").content.decode()

    assert "长时间不变" in text
    assert "31.4" in text


def test_a_zone_without_stations_says_what_is_missing(client, xinxiang):
    for page in ("air", "water", "energy"):
        text = client.get(f"/z/xinxiang/{page}/").content.decode()
        assert "缺少" in text


@pytest.mark.parametrize(
    "address",
    ["air/?year=x", "air/?year=٢٠٢٥", "air/station/nobody/", "air/day/2025-02-30/",
     "air/day/1999-01-01/", "air/station/a1/?month=13"],
)  # fmt: skip
def test_an_address_that_leads_nowhere_is_not_found(client, station, address):
    assert client.get(f"/z/qinghe/{address}").status_code == 404


@pytest.mark.parametrize(("who", "status"), [("clerk", 200), ("auditor", 403), ("stranger", 403)])
def test_only_clerk_and_planner_import(client, request, station, who, status):
    client.force_login(request.getfixturevalue(who))
    file = SimpleUploadedFile("hours.csv", CSV)

    response = client.post("/z/qinghe/air/import/", {"file": file})

    assert response.status_code == status
    assert client.get("/z/qinghe/air/import/").status_code == status
    assert Batch.objects.exists() == (status == 200)
    if status == 200:
        assert "没有空气监测站点" in response.content.decode()


def test_what_is_kept_of_a_station_is_drawn_anew_when_hours_come_in(client, clerk, station):
    client.force_login(clerk)
    address = "/z/qinghe/air/station/a1/?year=2024&month=3"
    first = client.get(address).content.decode()

    client.post("/z/qinghe/air/import/", {"file": SimpleUploadedFile("hours.csv", CSV)})
    then = client.get(address).content.decode()

    assert "2024-03-05" not in first
    assert "2024-03-05" in then
    assert client.get(address).content.decode().split("<main")[1] == then.split("<main")[1]


def test_somebody_who_is_not_signed_in_is_asked_to(client, station):
    assert client.post("/z/qinghe/air/import/").status_code == 302
    assert client.post("/z/qinghe/air/publish/", {"year": 2025}).status_code == 302


@pytest.mark.parametrize(("who", "status"), [("clerk", 302), ("auditor", 403), ("stranger", 403)])
def test_only_clerk_and_planner_publish(client, request, sampled, who, status):
    client.force_login(request.getfixturevalue(who))

    assert client.post("/z/qinghe/air/publish/", {"year": "2025"}).status_code == status


def test_a_year_with_too_few_valid_days_is_not_published(qinghe, sampled):
    with pytest.raises(Refused, match="a year needs 324"):
        actions.publish_good_days(qinghe, 2026, by=None, subject=qinghe.zh)


def test_a_promise_is_fed_from_hourly_values_to_its_verdict(qinghe, sampled, clerk):
    days = AirDay.objects.filter(zone=qinghe, station=None, day__year=2025, aqi__isnull=False)
    good = days.filter(aqi__lte=100).count()
    expected = (Decimal(good) * 100 / days.count()).quantize(Decimal("0.1"))

    figure = Observation.objects.get(zone=qinghe, indicator__zh="优良天数比率", period="2025")
    assert figure.value == expected
    standing = commitments.explained("qinghe-2021-2025", "good-days", Question(date(2026, 1, 31)))
    assert expected > 82
    assert standing.verdict.state == "over-fulfilled"


def test_publishing_anew_after_a_correction_supersedes_and_keeps(qinghe, sampled, clerk):
    AirDay.objects.filter(zone=qinghe, station=None, day__month=1, day__year=2025).update(aqi=120)

    actions.publish_good_days(qinghe, 2025, by=clerk, subject=qinghe.zh)

    figures = Observation.objects.filter(zone=qinghe, indicator__zh="优良天数比率", period="2025")
    assert figures.count() == 2
    assert figures.last().supersedes == figures.first()


def test_the_sample_is_loaded_once_and_shows_both_standards(qinghe, sampled):
    entries = LedgerEntry.objects.count()

    sample.load(qinghe)

    assert LedgerEntry.objects.count() == entries
    assert AirDay.objects.filter(zone=qinghe, day__gte=date(2026, 3, 1)).exists()


def test_the_sample_never_enters_a_real_zone(xinxiang):
    with pytest.raises(Refused):
        sample.load(xinxiang)


def test_energy_declines_as_a_quotient_of_levels(client, sampled):
    years = client.get("/api/v1/zones/qinghe/energy").json()

    first, last = Decimal(years[0]["intensity"]), Decimal(years[-1]["intensity"])
    assert abs(Decimal(years[-1]["decline_pct"]) - (1 - last / first) * 100) < Decimal("0.01")
    assert Decimal(years[0]["equivalent_tce"]) > Decimal(years[0]["calorific_tce"])


def test_a_sample_that_was_cut_off_anywhere_is_completed_without_doubling(
    qinghe, settings, tmp_path, monkeypatch
):
    class Killed(Exception):
        pass

    def some(zone, steps):
        """One step more is committed at each start; the next is cut off in the midst of it."""
        for number, step in enumerate(steps):
            with transaction.atomic():
                step()
                if number == some.most:
                    raise Killed

    settings.HOME = tmp_path
    with monkeypatch.context() as patched:
        patched.setattr(sample, "in_steps", some)
        for some.most in range(12):
            with suppress(Killed):
                sample.load(qinghe)
                break
    entries = LedgerEntry.objects.count()
    sample.load(qinghe)

    assert some.most >= 5
    assert LedgerEntry.objects.count() == entries
    assert Batch.objects.filter(zone=qinghe).count() == 1
    assert WaterSample.objects.filter(zone=qinghe).count() == 4 * 18 - 1
    days = AirDay.objects.filter(zone=qinghe, station=None, day__year=2025)
    assert days.count() == days.values("day").distinct().count() == 365
    figures = Observation.objects.filter(zone=qinghe, indicator__zh="优良天数比率", period="2025")
    assert figures.count() == 1
    assert Run.objects.filter(zone=qinghe, topic="air/2025").count() == 1
    assert verify().faults == ()


def test_every_total_of_energy_leads_to_the_figures_it_comes_from(client, sampled):
    text = client.get("/z/qinghe/energy/").content.decode()

    assert "/z/qinghe/facts/series/?indicator=%E5%8E%9F%E7%85%A4" in text
    assert "/methods/environment.energy_intensity/" in text
