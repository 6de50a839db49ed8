"""Zones beside each other: real and invented apart, unknown is not zero, quick with 180 of them."""

import csv
import io
import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lantu.core.plans.standing import Question
from lantu.kernel.access.models import Zone
from lantu.kernel.commitments import queries as commitments
from lantu.kernel.commitments.models import Plan, Record
from lantu.kernel.facts.models import Indicator, Observation
from lantu.kernel.registry.models import Subject
from lantu.services.comparing.queries import zones

SHARED = "实际利用外资"
END = Question(date(2025, 12, 31))


def get(client, query="", language="zh-hans"):
    return client.get(f"/zones/compare/{query}", headers={"accept-language": language})


def rows(client, query):
    body = get(client, query).content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(body)))


@pytest.fixture
def province(qinghe):
    """178 more zones with the sample's plan and its figures of one indicator; 180 in all."""
    model = Plan.objects.get(name="qinghe-2021-2025")
    records = list(Record.objects.filter(plan=model, code__startswith="f"))
    figures = list(Observation.objects.filter(zone=qinghe, indicator__zh=SHARED))
    assert records and figures
    for number in range(178):
        zone = Zone.objects.create(
            slug=f"zone-{number:03d}", zh=f"{number}区", en=f"Zone {number}", invented=True
        )
        plan = Plan.objects.create(
            name=f"plan-{number:03d}", zone=zone, document=model.document, start=2021, end=2025,
            head=model.head, fingerprint=f"{number}",
        )  # fmt: skip
        Record.objects.bulk_create(
            Record(plan=plan, sort=one.sort, code=one.code, place=one.place, terms=one.terms)
            for one in records
        )
        indicator = Indicator.objects.create(zone=zone, zh=SHARED)
        subject = Subject.objects.create(zone=zone, zh=figures[0].subject.zh)
        for one in figures:
            one.pk, one.zone, one.indicator, one.subject = None, zone, indicator, subject
            one.supersedes = None
        Observation.objects.bulk_create(figures)
    return Zone.objects.count()


def test_an_indicator_that_both_plans_promise_is_found_with_how_many_of_each(xinxiang):
    page = zones.page("", END)

    assert [(one.real, one.invented) for one in page.choices if one.name == SHARED] == [(1, 1)]
    # The counts are kept apart: no number is of both.
    assert max(one.real for one in page.choices) == 1


def test_real_and_invented_zones_never_share_a_table(xinxiang):
    real, invented = zones.page(SHARED, END).sides

    assert {line.zone.slug for line in real.lines} == {"xinxiang"}
    assert {line.zone.slug for line in invented.lines} == {"qinghe"}
    assert (real.invented, invented.invented) == (False, True)


def test_each_verdict_is_the_one_that_the_zones_own_pages_show(xinxiang):
    for chosen in ("实际利用外资", "生产总值", "固定资产投资增速", "地区生产总值", "道路密度"):
        for side in zones.page(chosen, END).sides:
            for line in side.lines:
                plan = commitments.current(line.zone)
                own = {one.record.code: one.verdict for one in commitments.commitments(plan, END)}
                assert line.verdict == own[line.code], line.code


def test_the_newest_figure_has_its_unit_its_period_and_its_scope(xinxiang):
    [line] = [one for side in zones.page("生产总值", END).sides for one in side.lines]

    figure = line.latest
    assert (figure.unit, figure.period, figure.vintage) == ("亿元", "2025", "年报")
    assert figure.scope == {"zh": "全域", "en": "whole area"}
    own = Observation.objects.get(pk=figure.number)
    assert (own.value, own.zone.slug) == (figure.value, "qinghe")


def test_as_known_on_a_past_day_a_later_figure_is_not_there(xinxiang):
    then = Question(date(2023, 12, 31), date(2023, 3, 1))
    [line] = [one for side in zones.page("生产总值", then).sides for one in side.lines]

    assert (line.latest.period, line.latest.vintage) == ("2022", "快报")


def test_unknown_is_said_and_is_not_zero(client, xinxiang):
    [line] = [
        line
        for side in zones.page("道路密度", END).sides
        for line in side.lines
        if line.zone.slug == "xinxiang"
    ]
    assert line.latest is None
    assert line.verdict.state == "no-data"

    [row] = rows(client, "?indicator=道路密度&as_of=2025-12-31&export=csv")
    assert (row["latest"], row["plan_state"]) == ("", "no-data")


def test_the_exports_keep_real_and_invented_apart_and_mark_both(client, xinxiang):
    query = f"?indicator={SHARED}&as_of=2025-12-31&export="

    real, invented = rows(client, f"{query}csv"), rows(client, f"{query}invented")

    assert {(one["zone"], one["invented"]) for one in real} == {("xinxiang", "no")}
    assert {(one["zone"], one["invented"]) for one in invented} == {("qinghe", "yes")}
    assert all(one["target_unit"] for one in (*real, *invented))


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_invented_zones_are_marked_on_the_page(client, xinxiang, language):
    text = get(client, f"?indicator={SHARED}", language).content.decode()

    word = "虚构示例：本表所有数字均为虚构" if language != "en" else "every figure in this table"
    assert text.count(word) == 1
    assert text.index("xinxiang") < text.index(word) < text.index("/z/qinghe/")


def test_what_no_plan_promises_is_not_found_and_a_wrong_day_is_told(client, xinxiang):
    assert get(client, "?indicator=幸福").status_code == 404
    assert get(client, f"?indicator={SHARED}&as_of=x").status_code == 400


def test_a_figure_that_arrives_is_seen_at_once(client, qinghe, clerk):
    from lantu.kernel.facts.actions import import_file

    get(client, f"?indicator={SHARED}")
    heads = "indicator,subject,period,value,unit,kind,vintage"
    body = f"{heads}\n{SHARED},青禾示范区,2025,9.87,亿美元,level,普查修订\n"
    import_file(qinghe, body.encode(), name="a.csv", by=clerk)

    assert "9.87" in get(client, f"?indicator={SHARED}").content.decode()


def test_a_hundred_and_eighty_zones_take_no_more_questions_than_two(client, province):
    assert province == 180
    commitments.forget()
    with CaptureQueriesContext(connection) as cold:
        answer = get(client, f"?indicator={SHARED}&as_of=2025-12-31")
    with CaptureQueriesContext(connection) as warm:
        get(client, f"?indicator={SHARED}&as_of=2024-12-31")

    assert answer.content.decode().count('<th scope="row">') >= 180
    assert len(cold) <= 12
    assert len(warm) < len(cold)


def test_of_two_plans_of_a_zone_the_newest_counts(client, province):
    newer = Plan.objects.get(name="plan-000")
    Plan.objects.create(
        name="plan-newer", zone=newer.zone, document=newer.document, start=2026, end=2030,
        head=newer.head, fingerprint="newer",
    )  # fmt: skip

    page = zones.page(SHARED, END)

    assert "zone-000" not in {line.zone.slug for side in page.sides for line in side.lines}
    [invented] = [side for side in page.sides if side.invented]
    assert "zone-000" in {zone.slug for zone in invented.others}


def test_what_only_one_zone_promises_is_folded_behind_what_can_be_compared(
    client, qinghe, xinxiang
):
    text = get(client).content.decode()

    first, folded = text.split("只有一个区承诺的指标", 1)
    assert f">{SHARED}</a>" in first
    assert "高新技术企业" in folded
    assert first.count('<th scope="row"') < 20 < folded.count('<th scope="row"')


def test_readers_of_english_get_the_english_of_our_list_else_that_of_the_plan(xinxiang):
    told = {one.name: one.told["en"] for one in zones.page("", END, "en").choices}

    assert told["道路密度"] == "Road density"
    assert told["一层标准化厂房 · 智能制造产业园二期"] == (
        "One-storey workshops · Intelligent manufacturing park, phase 2"
    )
    assert told["氨纶产能 · 新乡化纤"] == "Spandex capacity · Xinxiang Chemical Fiber"
    assert not [one for one in told.values() if re.search(r"[\u4e00-\u9fff]", one)]


def test_the_choices_are_in_the_order_of_the_readers_language(xinxiang):
    alone = [one.told["en"].casefold() for one in zones.page("", END, "en").alone]

    real = alone[: sum(one.real for one in zones.page("", END).alone)]
    assert real == sorted(real)
