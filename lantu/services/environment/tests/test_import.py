"""Hourly values come in: each is taken, known, or refused, and none is ever changed."""

import pytest

from lantu.core.errors import ContentError
from lantu.kernel.access.models import LedgerEntry
from lantu.services.environment import actions, daily, queries
from lantu.services.environment.models import AirDay, Batch

HEAD = "station,time,PM2.5,PM10,SO2,NO2,CO(mg/m³),O3\n"


def _day(day="2025-03-05", pm25=lambda hour: 30 + hour % 3, hours=range(24)):
    return HEAD + "".join(
        f"a1,{day} {hour:02d}:00,{pm25(hour)},{60 + hour % 5},{8 + hour % 2},{20 + hour},"
        f"0.{5 + hour % 3},{40 + hour}\n"
        for hour in hours
    )


def _import(zone, text, **options):
    return actions.import_hours(zone, text.encode(), name="hours.csv", by=None, **options)


def _of(zone, day="2025-03-05"):
    return AirDay.objects.get(zone=zone, station__code="a1", day=day)


def test_a_day_of_hours_becomes_a_day_with_index(qinghe, station):
    report = _import(qinghe, _day())

    assert report.counts == {"taken": 144}
    found = _of(qinghe)
    assert found.means["pm25"] == "31"
    assert found.aqi == 56  # PM10: 62 - 50 over 100, times 50, plus 50
    assert found.primary == "PM10"


@pytest.mark.parametrize("content", [b"%PDF-1.7 nothing", b"PK\x03\x04", b"\x89PNG\r\n\x1a\n\0\0"])
def test_a_file_that_is_no_table_is_called_so(qinghe, content):
    with pytest.raises(ContentError, match="not a table"):
        actions.import_hours(qinghe, content, name="hours.csv", by=None)


def test_repeating_an_import_changes_nothing(qinghe, station):
    _import(qinghe, _day())

    report = _import(qinghe, _day())

    assert report.counts == {"known": 144}
    assert Batch.objects.filter(zone=qinghe).count() == 1


def test_a_trial_takes_nothing(qinghe, station):
    report = _import(qinghe, _day(), dry_run=True)

    assert report.counts == {"taken": 144}
    assert not Batch.objects.filter(zone=qinghe).exists()


def test_a_different_value_for_a_known_hour_is_refused(qinghe, station):
    _import(qinghe, _day())

    report = _import(qinghe, HEAD + "a1,2025-03-05 03:00,99,,,,,\n")

    (refused, *_) = report.refused
    assert refused.what == "There is already 30 for 2025-03-05 03:00; now 99."
    assert _of(qinghe).means["pm25"] == "31"


def test_a_confirmed_value_takes_the_place_and_the_first_file_stays(qinghe, station, settings):
    _import(qinghe, _day())
    first = Batch.objects.get(zone=qinghe)
    before = (settings.HOME / first.path).read_bytes()

    _import(qinghe, "station,time,item,value\na1,2025-03-05 03:00,PM2.5,54\n", corrects=True)

    assert _of(qinghe).means["pm25"] == "32"
    assert (settings.HOME / first.path).read_bytes() == before


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ("b9,2025-03-05 03:00,PM2.5,30,", "There is no air station 'b9'."),
        ("a1,2025-03-05 03:07,PM2.5,30,", "2025-03-05 03:07 is not a full hour: the station's "
         "clock may have jumped."),
        ("a1,2025-13-05 03:00,PM2.5,30,", "'2025-13-05 03:00' is not a time."),
        ("a1,2019-03-05 03:00,PM2.5,30,", "The station a1 was not in operation on 2019-03-05."),
        ("a1,2099-03-05 03:00,PM2.5,30,", "2099-03-05 03:00 is in the future."),
        ("a1,2025-03-05 03:00,PM3,30,", "'PM3' is not one of the six pollutants."),
        ("a1,2025-03-05 03:00,PM2.5,high,", "The value 'high' is not a number."),
        ("a1,2025-03-05 03:00,PM2.5,30,ppm", "The unit 'ppm' is no concentration."),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_is_refused_with_its_reason(qinghe, station, row, what):
    report = _import(qinghe, f"station,time,item,value,unit\n{row}\n")

    (refused,) = report.refused
    assert refused.what == what
    assert refused.remedy


def test_a_file_without_the_columns_is_refused_whole(qinghe, station):
    with pytest.raises(ContentError, match="Name station, time"):
        _import(qinghe, "a,b\n1,2\n")


def test_milligrams_that_say_so_are_converted_exactly(qinghe, station):
    text = "station,time,item,value,unit\n" + "".join(
        f"a1,2025-03-06 {hour:02d}:00,PM2.5,0.0{30 + hour % 3},mg/m³\n" for hour in range(24)
    )
    _import(qinghe, text)

    assert _of(qinghe, "2025-03-06").means["pm25"] == "31"


def test_milligrams_that_do_not_say_so_are_flagged_and_not_counted(qinghe, station):
    report = _import(qinghe, _day(pm25=lambda hour: f"0.0{30 + hour % 3}"))

    assert _of(qinghe).means["pm25"] is None
    assert _of(qinghe).aqi is None
    assert report.notes == ["24 hourly values are flagged: unit."]


def test_a_stuck_station_has_no_day(qinghe, station):
    _import(qinghe, _day(pm25=lambda hour: 33 if hour < 12 else 20 + hour))

    found = _of(qinghe)
    assert found.flags == {"stuck": 12}
    assert (found.counts["pm25"], found.means["pm25"]) == (12, None)


def test_a_run_that_began_in_an_earlier_file_is_stuck_too(qinghe, station):
    _import(qinghe, _day(pm25=lambda hour: 33 if hour > 19 else 20 + hour))
    assert _of(qinghe).flags == {}

    _import(qinghe, _day("2025-03-06", pm25=lambda hour: 33 if hour < 4 else 20 + hour))

    assert _of(qinghe, "2025-03-06").flags == {"stuck": 4}
    assert _of(qinghe).flags == {"stuck": 4}


def test_a_negative_an_impossible_and_a_missing_value_are_named(qinghe, station):
    odd = {3: -5, 4: 4000, 5: ""}
    _import(qinghe, _day(pm25=lambda hour: odd.get(hour, 30 + hour % 3)))

    found = _of(qinghe)
    assert found.flags == {"negative": 1, "out-of-range": 1, "missing": 1}
    assert found.counts["pm25"] == 21


def test_below_detection_counts_with_half_the_limit_and_says_so(qinghe, station):
    _import(qinghe, _day(pm25=lambda hour: "<4" if hour < 12 else 30))

    # Twelve hours of two and twelve of thirty; the latter are stuck, so nothing is left to stand.
    assert _of(qinghe).flags["below-detection"] == 12


def test_an_offset_is_turned_into_the_zones_own_clock(qinghe, station):
    rows = "station,time,item,value\na1,2025-03-30T01:00:00+01:00,PM2.5,30\n"
    rows += "a1,2025-03-30T03:00:00+02:00,PM2.5,31\n"  # an hour later, across summer time

    _import(qinghe, rows)

    day = _of(qinghe, "2025-03-30").day
    found = queries.hours(qinghe, station, day, day)
    assert [one.hour.hour for one in found] == [8, 9]


def test_times_that_end_the_hour_belong_to_the_day_before_at_midnight(qinghe, station):
    _import(qinghe, "station,time,item,value\na1,2025-03-06 00:00,PM2.5,30\n", ends=True)

    assert AirDay.objects.get(zone=qinghe, station=station).day.isoformat() == "2025-03-05"


def test_an_hour_that_comes_twice_with_two_values_is_refused_the_second_time(qinghe, station):
    rows = "station,time,item,value\na1,2025-03-05 02:00,PM2.5,30\na1,2025-03-05 02:00,PM2.5,31\n"

    report = _import(qinghe, rows)

    assert report.counts == {"taken": 1, "refused": 1}


def test_a_file_that_was_written_but_not_noted_counts_for_nothing(qinghe, station, settings):
    folder = settings.HOME / "stations" / "qinghe"
    folder.mkdir(parents=True)
    (folder / "000001-0000000000000000.parquet").write_bytes(b"cut off")

    _import(qinghe, _day())

    assert _of(qinghe).aqi == 56


def test_an_import_is_in_the_ledger_with_the_hash_of_its_file(qinghe, station):
    _import(qinghe, _day())

    entry = LedgerEntry.objects.filter(object_type="hours").latest("number")
    assert entry.after["sha256"] == Batch.objects.get(zone=qinghe).sha256


def test_computing_again_gives_the_same_days(qinghe, station):
    _import(qinghe, _day())
    before = list(AirDay.objects.values("station", "day", "means", "indices", "aqi", "primary"))

    daily.recompute(qinghe, _of(qinghe).day, _of(qinghe).day)

    after = list(AirDay.objects.values("station", "day", "means", "indices", "aqi", "primary"))
    assert after == before
