"""Zones lie in areas since a day; real and invented never in one."""

from datetime import date

import pytest

from lantu.core.errors import ContentError
from lantu.core.rollup.territory import read
from lantu.kernel.access.models import LedgerEntry, Zone
from lantu.kernel.access.queries import verify
from lantu.kernel.places import queries
from lantu.kernel.places.actions import take_territory
from lantu.kernel.places.models import Area, Placing

TODAY = date(2026, 11, 27)
SAMPLE = """
invented: true
areas:
- {slug: ande, zh: 安德省, en: Ande}
- slug: north-city
  zh: 北川市
  en: North City
  upper: ande
  zones:
  - {slug: qinghe, subject: 青禾示范区}
- {slug: south-city, zh: 南川市, en: South City, upper: ande}
"""


@pytest.fixture
def take(tmp_path):
    def taken(text):
        path = tmp_path / "areas.yaml"
        path.write_text(text, encoding="utf-8")
        return take_territory(read(path), by=None)

    return taken


def test_a_file_is_taken_once_and_is_on_record(qinghe, take):
    assert take(SAMPLE) == 6
    assert take(SAMPLE) == 0

    acts = LedgerEntry.objects.filter(object_type="area").values_list("act", flat=True)
    assert sorted(acts) == ["create"] * 3 + ["move"] * 2
    assert LedgerEntry.objects.get(act="place").after["area"] == "north-city"
    assert verify().faults == ()


def test_a_zone_lies_in_its_city_and_in_the_province_above(qinghe, take):
    take(SAMPLE)
    lay = queries.lay(invented=True, on=TODAY)

    assert lay.tree.spans == {"ande": (0, 1), "north-city": (0, 1), "south-city": (1, 1)}
    assert queries.lay(invented=False, on=TODAY).tree.units == ()


def test_a_zone_moves_on_a_day_and_lay_elsewhere_before(qinghe, take):
    take(SAMPLE)
    moved = SAMPLE.replace("  zones:\n  - {slug: qinghe, subject: 青禾示范区}\n", "").rstrip()
    moved = moved.replace(
        "upper: ande}", "upper: ande, zones: [{slug: qinghe, since: 2026-01-01}]}"
    )
    assert take(moved) == 1

    def lies(day):
        lay = queries.lay(invented=True, on=day)
        return [one for one in lay.tree.areas if lay.tree.directly(one)]

    assert lies(date(2025, 12, 31)) == ["north-city"]
    assert lies(date(2026, 1, 1)) == ["south-city"]
    assert Placing.objects.count() == 2


def test_a_move_without_a_day_is_refused_and_nothing_is_done(qinghe, take):
    take(SAMPLE)
    moved = SAMPLE.replace("青禾示范区", "青禾")

    with pytest.raises(ContentError, match="Say since when it lies elsewhere"):
        take(moved)
    assert Placing.objects.get().subject == "青禾示范区"


def test_real_and_invented_never_lie_in_one_area(xinxiang, take):
    with pytest.raises(ContentError, match="is real, the area north-city is not"):
        take(SAMPLE.replace("qinghe, subject: 青禾示范区", "xinxiang"))
    assert not Area.objects.exists()

    take(SAMPLE)
    with pytest.raises(ContentError, match="holds invented zones"):
        take("areas: [{slug: ande, zh: 安德省, en: Ande}]")


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("areas: [{slug: A B, zh: 甲, en: A}]", "is no short name"),
        ("areas: [{slug: a, zh: 甲, en: A, upper: b}]", "There is no area b"),
        ("areas: [{slug: a, zh: 甲, en: A, upper: a}]", "lies in itself"),
        ("areas: [{slug: a, zh: 甲, en: A}, {slug: a, zh: 乙, en: B}]", "named twice"),
        ("areas: [{slug: a, zh: 甲, en: A, zones: [{slug: nowhere}]}]", "There is no zone nowhere"),
    ],
)
def test_a_wrong_file_is_refused_with_the_reason(db, take, wrong, told):
    with pytest.raises(ContentError, match=told):
        take(wrong)
    assert not Area.objects.exists()


def test_two_areas_may_change_places(db, take):
    take("areas: [{slug: a, zh: 甲, en: A}, {slug: b, zh: 乙, en: B, upper: a}]")
    take("areas: [{slug: b, zh: 乙, en: B}, {slug: a, zh: 甲, en: A, upper: b}]")

    assert queries.lay(invented=False, on=TODAY).tree.areas == ("b", "a")


def test_a_zone_that_lies_nowhere_is_in_no_area(qinghe, take):
    Zone.objects.create(slug="alone", zh="孤区", en="Alone", invented=True)
    take(SAMPLE)

    assert queries.lay(invented=True, on=TODAY).tree.units == ("qinghe",)
