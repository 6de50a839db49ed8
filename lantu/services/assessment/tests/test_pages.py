"""The pages of assessment: the whole way, and what each reader is shown."""

import pytest

pytestmark = pytest.mark.django_db


class TestPages:
    ROUND = "/z/qinghe/assessment/1/"

    def test_the_whole_way_by_the_pages(self, client, planner, leader, own_clerk, reviewer):
        client.force_login(planner)
        client.post("/z/qinghe/assessment/start/", {"year": "2024"})
        client.force_login(leader)
        client.post(f"{self.ROUND}act/", {"act": "release"})
        client.force_login(own_clerk)
        sheet = client.get(f"{self.ROUND}science/").content.decode()
        assert "不评分" in sheet
        made = client.post(
            f"{self.ROUND}science/appeal/", {"about": "line/patents", "text": "口径变动"}
        )
        client.force_login(reviewer)
        decision = {"act": "grant", "note": "属实", "remedy": "set-aside"}
        client.post(f"{made.headers['Location']}act/", decision)
        client.force_login(leader)
        changes = client.get(f"{self.ROUND}changes/2/").content.decode()
        assert "经申诉" in changes and 'data-label="调整前"' in changes
        client.post(f"{self.ROUND}act/", {"act": "release"})
        client.post(f"{self.ROUND}act/", {"act": "publish"})

        client.logout()
        assert "优秀" in client.get(self.ROUND).content.decode()
        assert client.get("/api/v1/zones/qinghe/assessments").json()[0]["year"] == 2024
        whole = client.get("/api/v1/zones/qinghe/assessments/1").json()
        lines = {x["code"]: x for one in whole["departments"] for x in one["lines"]}
        assert (lines["incubators"]["points"], lines["hightech"]["points"]) == (None, "6.00")

    def test_a_refusal_is_shown_with_its_reason(self, client, draft, planner):
        client.force_login(planner)

        page = client.post(f"{self.ROUND}act/", {"act": "release"})

        assert page.status_code == 400
        assert "计算者不得审核下发" in page.content.decode()

    def test_the_public_sees_no_draft(self, client, draft):
        assert client.get(self.ROUND).status_code == 404
        assert client.get("/api/v1/zones/qinghe/assessments/1").status_code == 404
        assert "尚未公布" in client.get("/z/qinghe/assessment/").content.decode()

    def test_a_zone_without_departments_says_so(self, client):
        page = client.get("/z/xinxiang/assessment/").content.decode()

        assert "无从考核" in page
        assert "不虚构" in page

    @pytest.mark.parametrize("where", ["", "science/"])
    def test_tables_go_out_with_empty_cells_for_what_is_unknown(
        self, client, draft, planner, where
    ):
        client.force_login(planner)

        text = client.get(f"{self.ROUND}{where}table.csv").content.decode("utf-8-sig")
        book = client.get(f"{self.ROUND}{where}table.xlsx").content

        assert text.startswith("部门,等次" if not where else "编码,承诺")
        assert not where or "incubators,市级孵化器8家,其他,牵头,1,无数据,无数据,6.00,,0," in text
        assert book[:2] == b"PK"

    def test_the_rules_are_read_by_everybody_with_their_source(self, client):
        page = client.get("/z/qinghe/assessment/rules/").content.decode()

        assert "不是任何政府文件" in page
        assert "群众投诉" in page
