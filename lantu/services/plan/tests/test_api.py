"""The API: pages that meet, verdicts that say why. tests/test_server.py tries all of it."""

import pytest

pytestmark = pytest.mark.django_db


def test_the_description_is_openapi_3_1(client):
    assert client.get("/api/v1/openapi.json").json()["openapi"].startswith("3.1")


def test_verdicts_come_in_pages_that_meet(client):
    first = client.get("/api/v1/plans/qinghe-2021-2025/verdicts?count=20").json()
    second = client.get(f"/api/v1/plans/qinghe-2021-2025/verdicts?after={first['next']}").json()

    codes = [item["code"] for item in first["items"] + second["items"]]
    assert len(codes) == len(set(codes)) == 34
    assert second["next"] is None


def test_a_verdict_says_why_and_from_which_sources(client):
    found = client.get("/api/v1/plans/qinghe-2021-2025/verdicts/gdp?as_of=2022-12-31").json()

    assert found["state"] == "on-track"
    assert found["sources"] == ["https://example.org/qinghe/2022"]
    assert found["year"]["why"]["zh"]["text"].startswith("2022年：")

    def sources(told):
        yield from [told["source"]] if "source" in told else []
        for below in told.get("because", ()):
            yield from sources(below)

    assert "https://example.org/qinghe/2022" in set(sources(found["why"]["en"]))


def test_findings_name_the_records_they_touch(client):
    found = client.get("/api/v1/plans/xinxiang-2021-2025/findings").json()

    gdp = next(one for one in found if "t12-01" in one["codes"])
    assert (gdp["result"], gdp["explained_by"]["value"]) == ("contradicts", "155.24")


def test_an_error_is_a_problem_detail(client):
    response = client.get("/api/v1/plans/none/findings")

    assert response.status_code == 404
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.json()["detail"] == "There is no plan none."


def test_an_unchanged_answer_is_not_sent_again(client):
    first = client.get("/api/v1/plans")

    second = client.get("/api/v1/plans", headers={"if-none-match": first.headers["ETag"]})

    assert second.status_code == 304
