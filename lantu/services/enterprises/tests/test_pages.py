"""Who sees and does what: the owner's people, a colleague who reads, a stranger, the public."""

import csv
import io
from datetime import date

import pytest

from lantu.kernel.access.models import LedgerEntry
from lantu.services.enterprises.actions import rounds as acts
from lantu.services.enterprises.actions.objections import file_objection
from lantu.services.enterprises.models import Figure, Objection, Round
from lantu.services.enterprises.tests.conftest import code_of

BASE = "/z/qinghe"
FIRM = f"{BASE}/firms/{code_of(1)}/"
INSIDE = [f"{BASE}/firms/map/", f"{BASE}/firms/nurture/", f"{BASE}/firms/duplicates/"]


@pytest.fixture
def final(ten, qinghe, planner):
    """A round that is final."""
    found = acts.start_round(qinghe, 2024, by=planner)
    acts.open_publicity(found, on=date(2025, 6, 9), by=planner)
    return acts.finalise(found, on=date(2025, 7, 1), by=planner)


@pytest.fixture
def shown(ten, qinghe, planner):
    """A round on display."""
    return acts.open_publicity(
        acts.start_round(qinghe, 2024, by=planner), on=date(2025, 6, 9), by=planner
    )


def text_of(response) -> str:
    return response.content.decode()


def address(found, name: str = "") -> str:
    return f"{BASE}/evaluation/{found.pk}/" + (f"do/{name}/" if name else "")


@pytest.mark.parametrize("person", ["clerk", "planner", "auditor"])
def test_the_zones_people_see_figures_scores_and_the_way_up(request, client, final, person):
    client.force_login(request.getfixturevalue(person))

    listed = text_of(client.get(f"{BASE}/firms/?sort=tax_per_mu&order=down"))
    one = text_of(client.get(f"{BASE}/firms/{code_of(3)}/"))

    assert "24.1" in listed and "240.97" in listed
    assert "2024年度得分是怎么来的" in one
    assert "怎样才能升到A类" in one
    assert "评价税收" in one


@pytest.mark.parametrize("person", [None, "stranger"])
def test_the_public_and_strangers_see_the_register_and_final_classes_only(
    request, client, final, person
):
    if person:
        client.force_login(request.getfixturevalue(person))

    pages = [text_of(client.get(path)) for path in (
        f"{BASE}/firms/", FIRM, f"{BASE}/evaluation/", address(final),
        f"{BASE}/firms/?export=csv", f"{address(final)}?export=csv",
    )]  # fmt: skip

    assert [code_of(1) in page for page in pages] == [True, True, False, True, True, True]
    for page in pages:
        assert "240.97" not in page
        assert "24.097" not in page
        assert "怎么来的" not in page
        assert "待答复异议" not in page
    assert "grade--A" in pages[1]


@pytest.mark.parametrize("person", [None, "stranger"])
def test_a_round_that_is_not_final_is_nobody_elses(request, client, shown, person):
    if person:
        client.force_login(request.getfixturevalue(person))

    assert client.get(address(shown)).status_code == 404
    assert f"evaluation/{shown.pk}/" not in text_of(client.get(f"{BASE}/evaluation/"))
    assert "grade--A" not in text_of(client.get(FIRM))
    assert "grade--A" not in text_of(client.get(f"{BASE}/firms/"))


@pytest.mark.parametrize("path", [*INSIDE, f"{BASE}/firms/import/"])
def test_the_inner_pages_ask_the_public_to_sign_in_and_refuse_strangers(
    client, ten, stranger, path
):
    assert client.get(path).status_code == 302
    client.force_login(stranger)
    assert client.get(path).status_code == 403


@pytest.mark.parametrize("path", INSIDE)
def test_the_inner_pages_are_for_all_of_the_zones_people(client, ten, auditor, path):
    client.force_login(auditor)
    assert client.get(path).status_code == 200


ACTS = {
    "run": {"run-reason": "x"}, "publicity": {"publicity-on": "2025-06-10"}, "final": {},
    "withdraw": {"withdraw-reason": "x"}, "answer": {}, "rule": {}, "unrule": {},
    "object": {}, "correct": {},
}  # fmt: skip


@pytest.mark.parametrize("name", ACTS)
@pytest.mark.parametrize("person", [None, "stranger", "auditor"])
def test_nobody_else_can_act_on_a_round(request, client, shown, name, person):
    if person:
        client.force_login(request.getfixturevalue(person))
    entries = LedgerEntry.objects.count()

    response = client.post(address(shown, name), ACTS[name])

    assert response.status_code == (302 if person is None else 403)
    if person is None:
        assert "/accounts/login/" in response["Location"]
    assert LedgerEntry.objects.count() == entries


@pytest.mark.parametrize("name", ["run", "publicity", "final", "withdraw", "answer", "rule"])
def test_a_clerk_enters_and_does_not_decide(client, shown, clerk, name):
    client.force_login(clerk)
    assert client.post(address(shown, name), ACTS[name]).status_code == 403
    assert "定稿</button>" not in text_of(client.get(address(shown)))


def test_acts_are_posts_only(client, shown, planner):
    client.force_login(planner)
    assert client.get(address(shown, "final")).status_code == 405
    assert client.post(address(shown, "dance")).status_code == 404
    for given in ("x", "²", "9" * 30, ""):
        assert client.post(address(shown, "answer"), {"objection": given}).status_code == 404
        assert client.post(address(shown, "unrule"), {"ruling": given}).status_code == 404


def test_a_whole_round_by_its_pages(client, ten, qinghe, planner, monkeypatch):
    client.force_login(planner)
    methods = {"above": "enterprises.per_mu_score_capped",
               "below": "enterprises.per_mu_score_below_scale"}  # fmt: skip
    client.post(f"{BASE}/evaluation/start/", {"year": "2024", **methods})
    found = Round.objects.get()

    client.post(address(found, "publicity"), {"publicity-on": "2025-06-09"})
    objection = {"objection-code": code_of(7), "objection-text": "已退地5亩",
                 "objection-received_on": "2025-06-10"}  # fmt: skip
    client.post(address(found, "object"), objection)
    early = client.post(address(found, "final"), follow=True)
    correction = {"correction-code": code_of(7), "correction-year": "2024",
                  "correction-item": "land_used", "correction-value": "5",
                  "correction-source": "土地证", "correction-reason": "退地"}  # fmt: skip
    client.post(address(found, "correct"), correction)
    changed = client.post(address(found, "run"), {"run-reason": "用地更正"}, follow=True)
    answer = {"objection": Objection.objects.get().pk, "is_upheld": "yes", "answer": "属实",
              "appeal": "市工信局"}  # fmt: skip
    client.post(address(found, "answer"), answer)
    done = client.post(address(found, "final"), follow=True)

    assert "1条异议尚未答复" in text_of(early)
    assert "被超过：企业07" in text_of(changed).replace("被超过： ", "被超过：")
    assert "用地面积（含租用） 10 → 5 亩" in " ".join(text_of(changed).split())
    assert "评价已定稿" in text_of(done)
    found.refresh_from_db()
    assert found.state == "final"


def test_a_refusal_is_told_in_chinese_and_nothing_is_lost(client, shown, planner):
    client.force_login(planner)

    response = client.post(address(shown, "rule"), {"ruling-code": code_of(1),
                           "ruling-kind": "bonus", "ruling-reason": "x"}, follow=True)  # fmt: skip

    assert "加减分应是大于零的数" in text_of(response)
    missing = client.post(address(shown, "correct"), {"correction-code": code_of(1)}, follow=True)
    assert "请填写此项" in text_of(missing)


def test_a_clerk_imports_and_reads_the_report(client, ten, clerk):
    client.force_login(clerk)
    content = f"统一社会信用代码,年份,评价税收（万元）\n{code_of(1)},2025,300\nX,2025,1\n"
    file = io.BytesIO(content.encode())
    file.name = "数据.csv"

    response = client.post(
        f"{BASE}/firms/import/", {"kind": "figures", "file": file, "partial": "on"}
    )

    assert "有1个字符；统一社会信用代码应为18位" in text_of(response)
    assert Figure.objects.filter(year=2025).count() == 1


def test_the_list_is_searched_filtered_sorted_and_exported(client, final, planner):
    client.force_login(planner)

    found = text_of(client.get(f"{BASE}/firms/?q={code_of(4)}"))
    first = text_of(client.get(f"{BASE}/firms/?class=D"))
    rows = list(csv.reader(io.StringIO(
        client.get(f"{BASE}/firms/?export=csv&sort=tax_per_mu&order=down").content.decode("utf-8-sig")
    )))  # fmt: skip

    assert "企业04" in found and "企业05" not in found
    assert "企业10" in first and "企业09" not in first
    assert [row[0] for row in rows[1:]] == [code_of(n) for n in range(1, 11)]
    assert rows[1][8] == "24.0970"


def test_what_cannot_be_read_in_an_address_stands_for_the_default(client, final, planner):
    client.force_login(planner)
    for query in ("year=x", "page=999999", "page=-1", "sort=password", "class=%00", "year=²"):
        assert client.get(f"{BASE}/firms/?{query}").status_code == 200, query


def test_the_offices_table_has_title_units_both_classes_and_sums(client, final, planner):
    from python_calamine import CalamineWorkbook

    client.force_login(planner)
    content = client.get(f"{address(final)}?export=xlsx").content

    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert rows[0][0] == "青禾示范区2024年度亩均效益综合评价结果汇总表"
    heads = [head.replace("\n", "") for head in rows[2]]
    assert "用地面积（含租用）（亩）" in heads
    assert heads[-4:-1] == ["排名", "初评等级", "调档后等级"] and heads[-1] == "备注"
    assert rows[3][2] == "企业01" and rows[3][-3:-1] == ["A", "A"]
    assert rows[-1][0] == "合计" and rows[-1][heads.index("用地面积（含租用）（亩）")] == 100


def test_an_exported_name_cannot_start_a_formula(client, ten, planner):
    ten[1].zh = "=cmd|'/C calc'!A1"
    ten[1].save()
    client.force_login(planner)

    assert "'=cmd" in client.get(f"{BASE}/firms/?export=csv").content.decode("utf-8-sig")


def test_a_firm_is_merged_and_the_merge_undone_by_who_decides(client, ten, planner, clerk):
    path = f"{BASE}/firms/{code_of(9)}/merge/"
    client.force_login(clerk)
    assert client.post(path, {"into": code_of(1), "reason": "重复"}).status_code == 403
    client.force_login(planner)

    merged = client.post(path, {"into": code_of(1), "reason": "重复"}, follow=True)
    undone = client.post(path, {"reason": "查明为两家"}, follow=True)

    assert "此条目已并入企业01" in text_of(merged)
    assert "此条目已并入" not in text_of(undone)
    assert "查明为两家" in text_of(undone)


def test_a_late_objection_is_marked_and_not_refused(client, shown, ten, clerk):
    file_objection(shown, ten[1], "x", received_on=date(2025, 8, 1), by=clerk)
    client.force_login(clerk)

    assert "逾期提出" in text_of(client.get(address(shown)))


def test_the_api_gives_register_and_final_classes_and_no_figure(client, final):
    listed = client.get("/api/v1/zones/qinghe/firms?q=企业").json()
    one = client.get(f"/api/v1/zones/qinghe/firms/{code_of(1)}")
    rounds = client.get("/api/v1/zones/qinghe/rounds").json()
    places = client.get(f"/api/v1/zones/qinghe/rounds/{final.pk}").json()

    assert (listed["count"], listed["next"], listed["firms"][0]["grade"]) == (10, None, "A")
    assert one.json()["grades"] == [{"year": 2024, "cohort": "above", "grade": "A"}]
    assert [one["year"] for one in rounds] == [2024]
    assert len(places) == 10 and set(places[0]) == {"code", "name", "cohort", "grade"}
    assert "240" not in one.content.decode()


def test_the_api_says_what_is_missing_and_hides_what_is_not_final(client, shown):
    for path, status in (
        ("zones/nowhere/firms", 404), (f"zones/qinghe/firms/{code_of(99)}", 404),
        ("zones/qinghe/firms/abc", 422), (f"zones/qinghe/rounds/{shown.pk}", 404),
        ("zones/qinghe/firms?page=0", 422),
    ):  # fmt: skip
        response = client.get(f"/api/v1/{path}")
        assert (path, response.status_code) == (path, status)
        assert response["Content-Type"].startswith("application/problem+json")
    assert client.get("/api/v1/zones/qinghe/rounds").json() == []


def test_what_was_typed_stays_where_the_register_has_no_such_firm(client, shown, clerk):
    client.force_login(clerk)
    typed = {
        "objection-code": "NONE", "objection-text": "The land is not ours.",
        "objection-received_on": "2026-06-03",
    }  # fmt: skip
    answer = client.post(address(shown, "object"), typed, HTTP_ACCEPT_LANGUAGE="en")
    text = answer.content.decode()

    assert answer.status_code == 400
    assert "The register has no such firm." in text
    assert "The land is not ours." in text
    assert "<details open><summary>Enter an objection" in text
