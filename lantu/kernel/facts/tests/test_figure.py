"""One figure: seen by all, put right by those who enter figures, never overwritten."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from django.utils.timezone import localtime

from lantu.core.plans.folder import find
from lantu.core.plans.standing import Question
from lantu.kernel.commitments import queries as commitments
from lantu.kernel.facts import queries
from lantu.kernel.facts.actions import import_file, supersede
from lantu.kernel.facts.models import Observation

GDP = {"indicator__zh": "生产总值", "period": "2022"}


@pytest.fixture
def figure(qinghe):
    return Observation.objects.filter(zone=qinghe, kind="level", **GDP).latest("known_on")


def address(figure):
    return f"/z/qinghe/facts/{figure.pk}/"


def filled(**changes):
    return {"value": "150.2", "known_on": "2024-05-01", "reason": "抄错一位", **changes}


def test_everybody_sees_where_a_figure_comes_from(client, figure):
    text = client.get(address(figure)).content.decode()

    assert figure.source_url in text
    assert "更正" not in text


def test_it_says_from_which_row_of_which_file_it_was_entered_and_when(client, figure):
    text = client.get(address(figure)).content.decode()

    (row,) = re.findall(r"qinghe-2021-2025/observations\.csv:(\d+)", text)
    lines = (find("qinghe-2021-2025") / "observations.csv").read_text("utf-8").splitlines()
    assert lines[int(row) - 1].startswith("生产总值,青禾示范区,2022,")
    assert f"{localtime(figure.entered_at):%Y-%m-%d %H:%M}" in text


def test_who_entered_it_is_told_to_those_who_read_the_ledger_only(client, clerk, auditor, figure):
    new = supersede(figure, value=Decimal(1), reason="x", known_on=date(2024, 5, 1), by=clerk)
    seen_by_all = client.get(address(new)).content.decode()
    client.force_login(auditor)

    assert clerk.get_username() not in seen_by_all
    assert f"· {clerk.get_username()} ·" in client.get(address(new)).content.decode()
    assert queries.entered(figure.zone, new.pk).origin == ""


def test_an_imported_figure_names_its_file_and_row(qinghe, clerk):
    head = "indicator,subject,period,value,unit,kind,source_title,known_on\n"
    rows = (f"甲,乙,{year},1.0,万元,level,虚构,{year + 1}-01-20\n" for year in (2023, 2024))
    content = head + "".join(rows)
    import_file(qinghe, content.encode(), name="补报.csv", by=clerk)
    last = Observation.objects.get(zone=qinghe, indicator__zh="甲", period="2024")

    found = queries.entered(qinghe, last.pk)
    assert (found.origin, found.by) == ("补报.csv:3", clerk.get_username())


def test_a_figure_is_still_guarded_by_the_database_after_its_columns_grew(figure):
    with pytest.raises(DatabaseError), transaction.atomic():
        Observation.objects.filter(pk=figure.pk).update(entered_from="elsewhere")


def test_a_clerk_puts_it_right_and_the_old_one_stays(client, clerk, figure, qinghe):
    client.force_login(clerk)

    answer = client.post(address(figure), filled())

    assert answer.status_code == 302
    old, new = queries.history(qinghe, figure.pk)
    assert (old.is_superseded, new.value, new.reason) == (True, Decimal("150.2"), "抄错一位")
    assert "抄错一位" in client.get(address(figure)).content.decode()


@pytest.mark.parametrize("who", ["auditor", "stranger"])
def test_others_may_look_but_not_touch(client, who, figure, request):
    client.force_login(request.getfixturevalue(who))

    assert client.get(address(figure)).status_code == 200
    assert client.post(address(figure), filled()).status_code == 403


def test_nobody_signed_in_cannot_touch(client, figure):
    assert client.post(address(figure), filled()).status_code == 403


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"value": "大约一百五"}, "这不是数字。请写成12.5的样子。"),
        ({"reason": "   "}, "请填写此项"),
        ({"known_on": "昨天"}, "日期"),
        ({"known_on": "2024-02-30"}, "日期"),
        ({"known_on": "9999-01-01"}, "不能晚于今天"),
    ],
)
def test_a_bad_correction_is_refused_with_a_word(client, clerk, figure, changes, said):
    client.force_login(clerk)

    answer = client.post(address(figure), filled(**changes))

    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert not Observation.objects.filter(supersedes=figure).exists()


def test_a_figure_of_another_zone_is_not_found(client, figure):
    assert client.get(f"/z/xinxiang/facts/{figure.pk}/").status_code == 404


def test_a_day_before_the_correction_still_sees_the_old_figure(figure, clerk):
    before = Question(date(2022, 12, 31), date(2024, 12, 31))
    old = commitments.explained("qinghe-2021-2025", "gdp", before).verdict

    supersede(figure, value=Decimal("90"), reason="错", known_on=date(2025, 1, 15), by=clerk)

    then = commitments.explained("qinghe-2021-2025", "gdp", before).verdict
    now = commitments.explained("qinghe-2021-2025", "gdp", Question(date(2022, 12, 31))).verdict
    assert then.state == old.state
    assert then.progress == old.progress
    assert now.progress != old.progress
