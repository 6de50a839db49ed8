"""The outline of a zone is valid from a day on, and moves only with a day."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from lantu.core.errors import ContentError
from lantu.core.plans.outline import Shape
from lantu.kernel.access.models import LedgerEntry
from lantu.kernel.access.queries import verify
from lantu.kernel.places.actions import take_outline
from lantu.kernel.places.queries import drawn, outline

pytestmark = pytest.mark.django_db
NAMES = {"zh": "东区", "en": "East"}


def square(size):
    ring = [(0, 0), (size, 0), (size, size), (0, 0)]
    return ((tuple((Decimal(x), Decimal(y)) for x, y in ring),),)


EAST = Shape("east", "part", NAMES, square(1), where="outline.geojson:2")


def of(zone, day):
    return next((one for one in outline(zone, day) if one.code == "east"), None)


def test_the_sample_zone_has_a_border_and_its_parts(qinghe):
    kinds = [one.kind for one in outline(qinghe, date(2023, 1, 1))]

    assert kinds == ["zone", "part", "part", "part"]


def test_the_real_zone_has_none_for_none_was_published(xinxiang):
    assert outline(xinxiang, date(2023, 1, 1)) == []


def test_an_outline_is_taken_once_and_is_on_record(qinghe):
    assert take_outline(qinghe, [EAST], by=None) == 1
    assert take_outline(qinghe, [EAST], by=None) == 0

    entry = LedgerEntry.objects.filter(act="outline", object_key="qinghe").last()
    assert entry.after == {"outlines": ["east"]}
    assert not verify().faults


def test_a_border_that_moves_leaves_the_pages_of_past_days_as_they_were(qinghe):
    take_outline(qinghe, [EAST], by=None)
    moved = replace(EAST, polygons=square(2), since=date(2024, 1, 1))
    take_outline(qinghe, [moved], by=None)

    assert of(qinghe, date(2023, 12, 31)).polygons == square(1)
    assert of(qinghe, date(2024, 1, 1)).polygons == square(2)


@pytest.mark.parametrize("since", [None, date(2021, 1, 1)])
def test_a_border_that_moves_must_say_since_when(qinghe, since):
    take_outline(qinghe, [replace(EAST, since=date(2021, 1, 1))], by=None)

    with pytest.raises(ContentError, match="another border so far"):
        take_outline(qinghe, [replace(EAST, polygons=square(2), since=since)], by=None)


def test_another_name_needs_no_day(qinghe):
    take_outline(qinghe, [EAST], by=None)
    take_outline(qinghe, [replace(EAST, name={"zh": "新东区", "en": "New East"})], by=None)

    assert of(qinghe, date(2023, 1, 1)).name["zh"] == "新东区"


def test_the_border_is_drawn_beneath_its_parts_in_the_readers_language():
    whole = replace(EAST, kind="zone", code="zone", name={"zh": "全区", "en": "Whole"})

    told = [one["properties"] for one in drawn([EAST, whole], "en")]

    assert told == [{"kind": "zone", "told": "Whole"}, {"kind": "part", "told": "East"}]
