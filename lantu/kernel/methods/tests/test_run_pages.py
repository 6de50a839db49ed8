"""The pages and the API of runs: for the people of a zone, with trace, repetition and change."""

from datetime import date

import pyarrow
import pytest

from lantu.kernel.methods import actions, snapshots, views

COLUMNS = {"subject": ["甲", "乙"], "period": [2025, 2025], "land_used": [10.0, 5.0]}


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = tmp_path


@pytest.fixture
def two(qinghe):
    """A run, and one after the tax of a firm was corrected."""
    about = actions.About("tax/2025", "因<更正>")
    tables = [pyarrow.table(COLUMNS | {"tax_paid": tax}) for tax in ([30.0, None], [40.0, None])]
    return [
        actions.run_method(
            qinghe, method="enterprises.per_mu_tax", table=table, on=date(2025, 12, 31), by=None,
            about=about,
        )
        for table in tables
    ]  # fmt: skip


def page(client, *parts, **asked):
    return client.get("/".join(("/z/qinghe/runs", *map(str, parts), "")), asked)


def test_the_list_leads_to_every_run_and_takes_a_topic(client, clerk, two):
    client.force_login(clerk)
    text = page(client).content.decode()

    for run in two:
        assert f"/z/qinghe/runs/{run.pk}/" in text
    assert "因&lt;更正&gt;" in text
    assert f"/runs/{two[0].pk}/" not in page(client, topic="air").content.decode()
    older = page(client, before=two[1].pk).content.decode()
    assert f"/runs/{two[0].pk}/" in older and f"/runs/{two[1].pk}/" not in older


def test_a_run_shows_its_trace_and_computes_itself_again(client, clerk, two):
    client.force_login(clerk)
    text = page(client, two[1].pk, again=1).content.decode()

    assert "结果逐位相同" in text
    assert two[1].input_hash[:16] in text
    assert f"/since/{two[0].pk}/" in text


def test_a_subject_is_explained_and_a_wrong_one_is_refused_in_words(client, clerk, two):
    client.force_login(clerk)

    assert "tax_paid ÷" in page(client, two[0].pk, subject="甲").content.decode()
    assert "has no subject" not in page(client, two[0].pk, subject="甲").content.decode()
    assert "这次计算中没有对象丁。" in page(client, two[0].pk, subject="丁").content.decode()


def test_of_a_subject_with_many_rows_the_first_are_explained(client, clerk, qinghe, monkeypatch):
    days = {"subject": ["甲"] * 3, "period": [2023, 2024, 2025]}
    figures = {"land_used": [10.0] * 3, "tax_paid": [30.0, 40.0, 50.0]}
    run = actions.run_method(
        qinghe, method="enterprises.per_mu_tax", table=pyarrow.table(days | figures),
        on=date(2025, 12, 31), by=None, about=actions.About("tax/2025", ""),
    )  # fmt: skip
    monkeypatch.setattr(views, "EXPLAINED", 2)
    client.force_login(clerk)
    text = page(client, run.pk, subject="甲").content.decode()

    assert "per_mu_tax = 3" in text and "per_mu_tax = 5" not in text
    assert "只列出该对象的前2行" in text


def test_a_difference_says_who_and_why(client, clerk, two):
    client.force_login(clerk)
    text = page(client, two[1].pk, "since", two[0].pk).content.decode()

    assert "评价税收 30 → 40" in text
    assert "3 → 4" in text
    assert "自身输入变化" in text
    assert page(client, two[1].pk, "since", 999_999).status_code == 404


def test_a_run_that_is_not_kept_here_is_told_on_its_page(client, clerk, two):
    snapshots.kept(two[0].result_hash).unlink()
    client.force_login(clerk)

    response = page(client, two[0].pk)

    assert response.status_code == 200
    assert two[0].result_hash[:12] in response.content.decode()


def test_others_than_the_zones_people_see_no_run(client, stranger, two):
    assert page(client).status_code == 302
    client.force_login(stranger)
    assert page(client, two[0].pk).status_code == 403
    assert client.get("/api/v1/zones/qinghe/runs").json() == []
    assert client.get(f"/api/v1/zones/qinghe/runs/{two[0].pk}/why/甲").status_code == 404


def test_the_api_gives_trace_change_and_explanation(client, clerk, two):
    client.force_login(clerk)
    address = f"/api/v1/zones/qinghe/runs/{two[1].pk}"

    listed = client.get("/api/v1/zones/qinghe/runs?topic=tax/").json()
    changes = client.get(f"{address}/since/{two[0].pk}").json()
    lines = client.get(f"{address}/why/甲").json()

    assert [one["id"] for one in listed] == [two[1].pk, two[0].pk]
    assert listed[0]["input_hash"] == two[1].input_hash
    assert changes["count"] == 1
    assert changes["moved"][0]["inputs"] == [["tax_paid", "30", "40"]]
    assert lines[-2] == "  → per_mu_tax = 4.0"
