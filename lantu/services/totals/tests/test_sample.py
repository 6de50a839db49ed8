"""The sample zone lies in an invented city; no real zone is placed for the sake of a sample."""

import pytest

from lantu.core.errors import Refused
from lantu.kernel.access.actions import ensure_zone
from lantu.kernel.access.models import LedgerEntry
from lantu.kernel.places.models import Area, Placing
from lantu.services.totals import gathering, sample


@pytest.fixture(autouse=True)
def anew(qinghe):
    gathering.forget()


def test_the_sample_shows_totals_that_are_marked_as_invented(client, qinghe):
    sample.load(qinghe)

    asked = {"indicator": "生产总值", "year": "2025"}
    page = client.get("/areas/qinghe-province/", asked).content.decode()

    assert "虚构示例" in page
    assert "204.3" in page
    assert all(area.invented for area in Area.objects.all())
    assert "青川省（虚构）" in client.get("/areas/").content.decode()


def test_to_load_it_again_changes_nothing(qinghe):
    sample.load(qinghe)
    before = LedgerEntry.objects.count()

    sample.load(qinghe)

    assert LedgerEntry.objects.count() == before


def test_where_somebody_placed_the_zone_it_stays(qinghe):
    own = Area.objects.create(slug="own", zh="自定市", en="Own", invented=True)
    Placing.objects.create(zone=qinghe, area=own, subject=qinghe.zh)

    sample.load(qinghe)

    assert [one.area for one in Placing.objects.filter(zone=qinghe)] == [own]
    assert not Area.objects.filter(slug="qinghe-city").exists()


def test_a_real_zone_gets_none(qinghe):
    real = ensure_zone("real", zh="真实区", en="Real", invented=False, by=None)

    with pytest.raises(Refused):
        sample.load(real)
    assert not Placing.objects.exists()
