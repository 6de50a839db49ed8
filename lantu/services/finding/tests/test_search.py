"""What is found, by whom, and in which order."""

import pytest

from lantu.kernel.access.actions import record
from lantu.kernel.access.models import User
from lantu.services.finding import actions, letters, queries
from lantu.services.finding.gathering import Thing
from lantu.services.finding.letters import asked, folded
from lantu.services.finding.models import Entry

ROADS = Thing("promise", "/roads", "新建道路里程", "New roads", "roads-01", "交通 基础设施")
GREEN = Thing("task", "/green", "绿化道路两侧", "Plant trees along roads", "green-02")
SECRET = Thing("case", "/case", "二季度道路数据", "Road figures, Q2", members_only=True)


@pytest.fixture
def things(xinxiang):
    """Three things of one zone, the last for its people only."""
    actions.write(xinxiang, [ROADS, GREEN, SECRET])
    return xinxiang


def found(question, zone, reader, most=50):
    return queries.search(question, zones=[zone], reader=reader, most=most)


def addresses(question, zone, reader):
    return [hit.address for hit in found(question, zone, reader).hits]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("道路", ["/roads", "/green"]),
        ("绿", ["/green"]),
        ("xjdl", ["/roads"]),
        ("xinjian", ["/roads"]),
        ("XINJIAN", ["/roads"]),
        ("ＸＪＤＬ", ["/roads"]),
        ("trees", ["/green"]),
        ("roads-01", ["/roads"]),
        ("基础设施", ["/roads"]),
        ("道路 绿化", ["/green"]),
        ("plant 道路", ["/green"]),
        ("新建 交通", ["/roads"]),
        ("新建道路里程", ["/roads"]),
        ("新建道路裡程", ["/roads"]),
        ("綠化", ["/green"]),
        ("基礎設施", ["/roads"]),
        ("plant绿化", ["/green"]),
        ("铁路", []),
        ("", []),
        ("%", []),
        ("_", []),
        ("\x00", []),
    ],
)
def test_part_of_a_name_a_code_or_pinyin_finds_it(question, expected, things, stranger_to_all):
    assert sorted(addresses(question, things, stranger_to_all)) == sorted(expected)


@pytest.fixture
def stranger_to_all(db):
    """Somebody who has no role anywhere."""
    return User.objects.create_user("eve")


def test_a_whole_title_comes_before_its_beginning_and_that_before_a_part(xinxiang, auditor):
    part = Thing("task", "/part", "城市道路", "City roads")
    beginning = Thing("task", "/beginning", "道路里程", "Length of roads")
    whole = Thing("task", "/whole", "道路", "Roads of the zone")
    actions.write(xinxiang, [part, beginning, whole])

    assert addresses("道路", xinxiang, auditor) == ["/whole", "/beginning", "/part"]


def test_first_letters_come_before_letters_in_the_middle_of_a_word(xinxiang, auditor):
    inside = Thing("task", "/inside", "重点工程", "Key works")  # zhonGDian
    first = Thing("task", "/first", "固定资产", "Fixed assets")
    actions.write(xinxiang, [inside, first])

    assert addresses("gd", xinxiang, auditor)[0] == "/first"


def test_a_case_is_found_by_the_people_of_its_zone_only(things, stranger, auditor):
    assert "/case" in addresses("道路数据", things, stranger)  # a planner of this zone
    assert addresses("道路数据", things, auditor) == []  # of another zone


def test_more_than_fit_are_told(things, auditor):
    few = found("道路", things, auditor, most=1)

    assert (len(few.hits), few.has_more) == (1, True)


def test_what_did_not_change_keeps_its_row(things):
    before = Entry.objects.get(address="/roads").pk

    actions.write(things, [ROADS])

    assert list(Entry.objects.filter(zone=things).values_list("pk", flat=True)) == [before]


def test_the_index_follows_the_zone(xinxiang):
    actions.keep_current([xinxiang])
    Entry.objects.filter(zone=xinxiang).delete()

    actions.keep_current([xinxiang])
    assert not Entry.objects.filter(zone=xinxiang).exists()  # nothing happened in the zone

    record(zone=xinxiang, by=None, act="change", object_type="zone", object_key="xinxiang")
    actions.keep_current([xinxiang])
    kinds = set(Entry.objects.filter(zone=xinxiang).values_list("kind", flat=True))
    assert kinds >= {"promise", "task", "project", "series", "finding"}


def test_only_the_first_hundred_letters_are_asked():
    assert len(asked("长" * 1000)[0]) == 100


def test_width_and_case_do_not_matter():
    assert folded("ＧＤＰ\n增速") == folded("gdp 增速")


def test_no_letter_is_folded_twice_or_in_two_ways():
    pairs = letters._PAIRS
    traditional, simple = pairs[::2], pairs[1::2]

    assert len(pairs) % 2 == 0
    assert len(set(traditional)) == len(traditional)
    assert not set(traditional) & set(simple)


def test_what_meets_a_title_as_it_was_typed_comes_first(xinxiang, stranger_to_all):
    far = Thing("promise", "/far", "全区覆盖5g网络", "5G", "a-1")
    near = Thing("promise", "/near", "5G覆盖率", "5G share", "a-2")
    actions.write(xinxiang, [far, near])

    assert addresses("5g覆盖", xinxiang, stranger_to_all) == ["/near", "/far"]


def test_the_paper_of_a_plan_is_found_by_its_title_and_its_number(xinxiang, client):
    for question in ("新经开发[2021]20号", "远景目标纲要"):
        found = client.get("/search.json", {"q": question}).json()["hits"]
        assert "/z/xinxiang/" in [one["address"] for one in found], question
