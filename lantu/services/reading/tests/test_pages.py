"""The pages of the reading desk: for those who decide, those who look, and strangers."""

import html
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import localdate

from lantu.kernel.access.models import LedgerEntry
from lantu.services.reading import actions, views
from lantu.services.reading.models import Reading
from lantu.services.reading.tests.conftest import TEXT


@pytest.fixture
def address(reading):
    return f"/z/nanhu/reading/{reading.pk}/"


@pytest.fixture
def started(monkeypatch):
    """The documents whose process was started; in a test none is."""
    found = []
    monkeypatch.setattr(views.actions, "start", found.append)
    return found


def page(client, address):
    return html.unescape(client.get(address).content.decode())


def test_a_document_is_handed_in_and_its_page_says_how_far_it_is(client, planner, started):
    client.force_login(planner)
    file = SimpleUploadedFile("规划.txt", TEXT.encode())

    answer = client.post("/z/nanhu/reading/receive/", {"file": file})

    assert [one.name for one in started] == ["规划.txt"]
    text = page(client, answer["Location"])
    assert "等待识读" in text
    assert "已完成0步" in text


def test_a_file_that_is_not_read_says_so_in_chinese(client, planner, started):
    client.force_login(planner)
    file = SimpleUploadedFile("扫描.png", b"\x89PNG....")

    answer = client.post("/z/nanhu/reading/receive/", {"file": file})

    assert answer.status_code == 400
    assert "这是图片，没有文字。" in answer.content.decode()
    assert started == []


def test_a_failed_reading_is_told_and_started_again(client, nanhu, planner, started):
    found = actions.receive(nanhu, b"%PDF-1.7 nothing", name="规划.pdf", by=planner)
    actions.read(found)
    client.force_login(planner)
    address = f"/z/nanhu/reading/{found.pk}/"

    assert "PDF已损坏。" in page(client, address)
    client.post(f"{address}again/")

    assert started == [found]


def test_the_document_stands_beside_its_proposals_with_every_promise_marked(
    client, address, planner, draft
):
    client.force_login(planner)

    text = page(client, address)

    row = draft("600亿元")
    assert f'id="m{row.pk}" href="#d{row.pk}"' in text
    assert re.search(
        r'<mark class="promise promise--level"[^>]*>工业总产值达到600亿元</mark>', text
    )
    assert re.search(r'<mark class="promise promise--rate"[^>]*>研发投入年均增长6.5%</mark>', text)
    assert "2030年工业总产值达到600亿元" in text


def test_the_page_asks_for_one_form_only(client, address, planner):
    client.force_login(planner)

    text = page(client, f"{address}?form=growth")

    assert text.count("<article") == 1
    assert "研发投入" in text


def test_what_is_not_known_as_a_filter_is_not_asked(client, address, planner):
    client.force_login(planner)

    assert client.get(f"{address}?form=x&page=999999&at=99999&sure=7").status_code == 200


def test_a_decision_goes_on_to_the_next_draft(client, address, planner, draft):
    client.force_login(planner)
    row, following = draft("600亿元"), draft("70%")

    answer = client.post(f"{address}act/?kind=target", {"act": "accept", "draft": row.pk})

    assert answer["Location"] == f"{address}?kind=target&at={following.pk}#d{following.pk}"
    assert draft("600亿元").state == "accepted"


def test_a_refused_decision_says_why_and_stays_there(client, address, planner, draft):
    client.force_login(planner)
    row = draft("8个班")

    answer = client.post(f"{address}act/", {"act": "accept", "draft": row.pk}, follow=True)

    assert "不认识单位“个班”。" in html.unescape(answer.content.decode())


def test_a_draft_is_put_right_on_its_own_page(client, address, planner, draft):
    client.force_login(planner)
    row = draft("8个班")
    told = {
        "kind": "target",
        "form": "cumulative",
        "metric": "托育园班数",
        "value": "８",
        "unit": "个",
    }

    answer = client.post(f"{address}draft/{row.pk}/", {**told, "target_year": 2030})

    assert answer.status_code == 302
    row.refresh_from_db()
    assert (row.state, row.person["value"], row.person["unit"]) == ("accepted", "8", "个")


def test_what_is_no_number_is_refused_beside_the_form(client, address, planner, draft):
    client.force_login(planner)
    row = draft("600亿元")

    answer = client.post(
        f"{address}draft/{row.pk}/",
        {"kind": "target", "form": "level", "metric": "产值", "unit": "亿元", "value": "约六百"},
    )

    assert answer.status_code == 400
    assert "“约六百”不是数字" in html.unescape(answer.content.decode())


def test_all_above_a_confidence_are_accepted_at_once(client, address, planner, reading):
    client.force_login(planner)

    client.post(f"{address}all/", {"act": "accept", "sure": "0.5"})
    text = page(client, address)

    assert reading.drafts.filter(state="accepted").count() > 2
    assert "须先改正才能采纳" in text


def test_a_missed_promise_is_found_by_its_words_and_put_right(client, address, planner, reading):
    client.force_login(planner)

    answer = client.post(f"{address}add/", {"words": "第二章 民生"})

    made = reading.drafts.get(code="a0001")
    assert answer["Location"] == f"{address}draft/{made.pk}/"
    assert "第二章 民生" in page(client, answer["Location"])


def test_words_that_are_not_in_the_document_are_refused(client, address, planner):
    client.force_login(planner)

    answer = client.post(f"{address}add/", {"words": "没有的话"}, follow=True)

    assert "文件中没有这段文字" in answer.content.decode()


def test_the_last_step_is_taken_back(client, address, planner, reading):
    client.force_login(planner)
    client.post(f"{address}all/", {"act": "reject"})
    # With nothing open, nothing is offered that would do nothing.
    assert 'value="reject"' not in page(client, address)

    client.post(f"{address}act/", {"act": "undo"})

    assert set(reading.drafts.values_list("state", flat=True)) == {"open"}


def test_from_the_document_to_the_promise_in_force(client, address, planner, reading, draft):
    client.force_login(planner)
    client.post(f"{address}all/", {"act": "accept", "sure": "0.5"})
    client.post(f"{address}all/", {"act": "reject"})
    told = {"zh": "南湖区规划", "en": "Plan of Nanhu", "start": 2026, "end": 2030}

    client.post(f"{address}confirm/", told)
    shown = page(client, f"{address}confirm/")
    answer = client.post(f"{address}load/")

    count = reading.drafts.filter(state="accepted").count()
    assert f"将新增{count}条、修改0条、删除0条记录。" in shown
    assert answer["Location"] == "/z/nanhu/promises/"
    assert "达到600亿元" in page(client, f"/z/nanhu/promises/{draft('600亿元').code}/")


def test_what_is_still_open_is_told_before_loading(client, address, planner):
    client.force_login(planner)
    client.post(f"{address}confirm/", {"zh": "规划", "en": "Plan", "start": 2026, "end": 2030})

    assert "条待审。请先全部审完" in page(client, f"{address}confirm/")


def test_what_is_due_outside_the_years_of_the_plan_is_named(client, address, planner, draft):
    client.force_login(planner)
    client.post(f"{address}all/", {"act": "accept", "sure": "0.5"})
    client.post(f"{address}confirm/", {"zh": "规划", "en": "Plan", "start": 2021, "end": 2025})

    text = page(client, f"{address}confirm/")

    assert f"at={draft('600亿元').pk}#d" in text
    assert "不在规划年份内" in text


def test_the_number_of_a_document_is_not_its_title(client, hand_in, planner):
    found = hand_in(f"南管发〔2026〕7号\n\n{TEXT}")
    client.force_login(planner)

    text = page(client, f"/z/nanhu/reading/{found.pk}/confirm/")

    assert 'value="南湖区“十五五”规划"' in text
    assert 'value="南管发〔2026〕7号"' in text


def test_the_form_of_the_plan_begins_with_what_the_text_says(client, address, planner):
    client.force_login(planner)

    text = page(client, f"{address}confirm/")

    assert 'value="南湖区“十五五”规划"' in text
    assert 'name="start" value="2026"' in text


def test_an_amended_document_shows_what_it_changes(client, reading, planner, hand_in):
    amended = hand_in(TEXT.replace("600亿元", "650亿元"), older=reading)
    client.force_login(planner)

    text = page(client, f"/z/nanhu/reading/{amended.pk}/versions/")

    assert "数值：600 → 650 <small>亿元</small>" in text
    assert text.count(f"{localdate():%Y-%m-%d}") >= 2  # both are called alike; their days differ
    assert client.get(f"/z/nanhu/reading/{reading.pk}/versions/").status_code == 404


def test_a_zone_without_a_plan_leads_to_the_desk(client, nanhu, planner):
    client.force_login(planner)

    assert 'href="/z/nanhu/reading/"' in page(client, "/z/nanhu/promises/")


READS = ["/z/nanhu/reading/", "{address}", "{address}confirm/", "{address}draft/{draft}/"]
WRITES = [
    "/z/nanhu/reading/receive/", "{address}again/", "{address}act/", "{address}all/",
    "{address}add/", "{address}load/", "{address}confirm/", "{address}draft/{draft}/",
]  # fmt: skip


@pytest.fixture
def at(address, draft):
    return lambda place: place.format(address=address, draft=draft("600亿元").pk)


@pytest.mark.parametrize("place", READS)
def test_an_auditor_looks(client, at, own_auditor, place):
    client.force_login(own_auditor)

    text = client.get(at(place))

    assert text.status_code == 200
    assert b"data-key" not in text.content


@pytest.mark.parametrize("place", WRITES)
def test_an_auditor_changes_nothing(client, at, own_auditor, place):
    client.force_login(own_auditor)
    before = LedgerEntry.objects.count()

    assert client.post(at(place), {"act": "accept"}).status_code == 403
    assert LedgerEntry.objects.count() == before


@pytest.mark.parametrize("place", READS + WRITES)
def test_a_planner_of_another_zone_is_a_stranger(client, at, stranger, place):
    client.force_login(stranger)
    way = client.get if place in READS else client.post

    assert way(at(place)).status_code == 403


@pytest.mark.parametrize("place", READS + WRITES)
def test_who_is_not_signed_in_is_led_to_the_sign_in(client, at, place):
    way = client.get if place in READS else client.post

    assert way(at(place)).status_code == 302


def test_a_colleague_goes_on_where_a_review_was_left(client, address, person, planner, draft):
    actions.accept(draft("600亿元"), by=planner)
    client.force_login(person("carl", "administrator"))

    text = page(client, "/z/nanhu/reading/")
    client.post(f"{address}act/", {"act": "reject", "draft": draft("70%").pk})

    assert "1 / " in text
    assert draft("70%").state == "rejected"


def test_a_document_of_another_zone_is_not_there(client, reading, planner, qinghe):
    from lantu.kernel.access.actions import grant_role

    grant_role(planner, qinghe, "planner", by=None)
    client.force_login(planner)

    assert client.get(f"/z/qinghe/reading/{reading.pk}/").status_code == 404
    assert Reading.objects.filter(zone=qinghe).count() == 0


def test_a_document_without_promises_says_so_and_what_to_do(client, planner, hand_in):
    found = hand_in("foo,bar\n1,2\n")
    client.force_login(planner)
    text = client.get(f"/z/nanhu/reading/{found.pk}/").content.decode()

    assert "这份文件里没有找到承诺" in text
    assert "上传另一份文件" in text
    assert "置信度不低于" not in text
