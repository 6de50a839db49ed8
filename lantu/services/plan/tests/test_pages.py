"""The plan's pages, in both languages, for everybody alike."""

import csv
import gzip
import io
import re

import pytest

from lantu.core.plans.folder import find, read_folder
from lantu.services.plan import views

PAGES = [
    "/",
    "/z/{zone}/",
    "/z/{zone}/?as_of=2022-12-31",
    "/z/{zone}/promises/",
    "/z/{zone}/promises/?kind=number&sort=state",
    "/z/{zone}/contradictions/",
    "/z/{zone}/facts/",
    "/z/{zone}/method/",
    "/z/{zone}/projects/",
]


def get(client, address: str, language: str = "zh-hans") -> str:
    response = client.get(address, headers={"accept-language": language})
    assert response.status_code == 200, address
    return response.content.decode()


@pytest.mark.parametrize("zone", ["xinxiang", "qinghe"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_drawn_in_both_languages(client, xinxiang, page, language, zone):
    text = get(client, page.format(zone=zone), language)

    assert f'lang="{"en" if language == "en" else "zh-Hans"}"' in text


@pytest.mark.parametrize("who", ["clerk", "auditor", "stranger"])
def test_published_pages_are_read_by_owner_colleague_and_stranger(client, request, who):
    client.force_login(request.getfixturevalue(who))

    assert "青禾示范区" in get(client, "/z/qinghe/")


def test_the_invented_zone_says_so_on_every_page(client, qinghe):
    for page in PAGES[1:]:
        assert "虚构示例" in get(client, page.format(zone="qinghe"))


def test_the_real_zone_never_says_so(client, xinxiang):
    for page in PAGES[1:]:
        assert "本页所有数字均为虚构" not in get(client, page.format(zone="xinxiang"))


def test_every_promise_of_both_plans_has_a_page(client, xinxiang):
    from lantu.kernel.commitments import queries

    for name, zone in (("xinxiang-2021-2025", "xinxiang"), ("qinghe-2021-2025", "qinghe")):
        judged = [one for one in queries.plan(name).commitments if one.is_judged]
        for record in judged[::5]:
            assert record.title["zh"] in get(client, f"/z/{zone}/promises/{record.code}/")


def test_a_promise_shows_both_verdicts_and_why(client, qinghe):
    text = get(client, "/z/qinghe/promises/hightech/?as_of=2022-12-31")

    assert "规划至今" in text
    assert "进度＝" in text
    assert "快报" in text  # the figure that was outranked, and why
    assert "https://example.org/qinghe/2022" in text


def test_a_promise_says_how_likely_it_is_and_what_is_still_needed(client, qinghe):
    text = get(client, "/z/qinghe/promises/foreign-capital/?as_of=2023-12-31")

    assert "不太可能完成" in text
    assert "从未达到过所需水平" in text


def test_too_little_data_is_said_and_nothing_foretold(client, qinghe):
    text = get(client, "/z/qinghe/promises/roads/?as_of=2022-12-31")

    assert "数据不足，不作预测" in text
    assert "预测数字" not in text


def test_where_no_figure_was_published_the_page_says_which_is_missing(client, xinxiang):
    text = get(client, "/z/xinxiang/promises/t12-20/?as_of=2024-12-31")

    assert "没有公布可供评判的数字" in text
    assert "没有公开“每千人口执业（助理）医师数”的数字" in text


def test_as_known_on_a_past_day_the_flash_figure_counts(client, qinghe):
    text = get(client, "/z/qinghe/promises/hightech/?as_of=2022-12-31&known_on=2023-03-01", "en")

    assert "it was not yet known on that day" in text


def test_the_contradictions_of_the_real_plan_are_laid_open(client, xinxiang):
    text = get(client, "/z/xinxiang/contradictions/")

    assert "224.1" in text
    assert "155.24" in text
    assert "340+200+150＝690" in text


def test_promises_are_narrowed_by_what_a_reader_asks(client, xinxiang):
    text = get(client, "/z/xinxiang/promises/?nature=binding&form=floor")

    assert "绿化覆盖率大于30%" in text
    assert "GDP" not in text


def test_a_search_that_finds_nothing_says_so(client, xinxiang):
    assert "没有符合条件的承诺" in get(client, "/z/xinxiang/promises/?q=zzzz")


def test_the_list_leaves_as_csv_and_no_cell_starts_a_formula(client, xinxiang):
    response = client.get("/z/xinxiang/promises/?export=csv")

    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    judged = [c for c in read_folder(find("xinxiang-2021-2025")).commitments if c.is_judged]
    assert len(rows) == 1 + len(judged)
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "@"))]


def test_the_list_leaves_as_xlsx(client, xinxiang):
    response = client.get("/z/xinxiang/promises/?export=xlsx&form=growth")

    assert response.content[:2] == b"PK"


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("as_of=tomorrow", "不是日期"),
        ("as_of=9999-01-01", "超出范围"),
        ("rules=mine", "没有规则"),
    ],
)
def test_a_question_that_cannot_be_read_is_told(client, xinxiang, query, message):
    response = client.get(f"/z/xinxiang/?{query}")

    assert response.status_code == 400
    assert message in response.content.decode()


@pytest.mark.parametrize(
    "address", ["/z/nowhere/", "/z/xinxiang/promises/none/", "/z/xinxiang/facts/series/"]
)
def test_what_does_not_exist_is_not_found(client, xinxiang, address):
    assert client.get(address).status_code == 404


def test_the_language_is_chosen_by_a_link_that_leads_back(client, db):
    response = client.get("/lang/en/?next=/z/xinxiang/")

    assert response.url == "/z/xinxiang/"
    assert response.cookies["django_language"].value == "en"


def test_the_choice_of_language_leads_nowhere_else(client, db):
    assert client.get("/lang/en/?next=https://example.org/").url == "/"


def test_a_kept_page_changes_when_the_zone_does(client, qinghe, clerk):
    from lantu.kernel.facts.actions import import_file

    before = get(client, "/z/qinghe/facts/")
    content = (
        "indicator,subject,period,value,unit,kind\n新的指标,青禾示范区,2021,1,个,level\n".encode()
    )
    import_file(qinghe, content, name="a.csv", by=clerk)

    assert "新的指标" not in before
    assert "新的指标" in get(client, "/z/qinghe/facts/")


def test_a_kept_page_travels_packed_to_those_who_unpack_it(client, qinghe):
    plain = client.get("/z/qinghe/")
    packed = [client.get("/z/qinghe/", headers={"accept-encoding": "br, gzip"}) for _ in range(2)]

    assert not plain.has_header("Content-Encoding")
    for page in packed:
        assert page.headers["Content-Encoding"] == "gzip"
        assert page.headers["Content-Length"] == str(len(page.content))
        assert "Accept-Encoding" in page.headers["Vary"]
        assert gzip.decompress(page.content) == plain.content


def test_the_facts_page_shows_what_the_plan_states_about_the_past(client, xinxiang):
    page = client.get("/z/xinxiang/facts/").content.decode()

    assert "“十三五”目标：2020年地区生产总值200亿元" in page
    assert "完成：地表水环境质量，完成市定目标" in page
    assert "专栏1-1第25行" in page
    # Of some the box is known and not the row.
    assert "专栏8-4<" in page and "None" not in page


def test_goals_of_the_former_plan_in_words_are_no_promises(client, xinxiang):
    page = client.get("/z/xinxiang/promises/b11-25-result/")

    assert page.headers["Location"] == "/z/xinxiang/facts/#b11-25-result"
    assert "b11-25" not in client.get("/z/xinxiang/promises/?q=").content.decode()


def test_the_first_page_tells_how_the_plan_of_each_zone_stands(client, qinghe, xinxiang):
    chinese, english = (
        client.get("/", headers={"accept-language": lang}).content.decode() for lang in ("zh", "en")
    )

    assert "31项有数字的承诺" in chinese
    assert "246项有数字的承诺" in chinese
    assert "31 promises with a number" in english


def test_of_many_zones_the_first_page_is_a_list(client, qinghe, monkeypatch):
    monkeypatch.setattr(views, "MOST_STANDING", 0)

    shown = client.get("/").content.decode()

    assert "青禾示范区" in shown
    assert "项有数字的承诺" not in shown


def test_on_a_past_day_the_overview_counts_and_shows_only_what_was_known_then(client, qinghe):
    past = get(client, "/z/qinghe/?as_of=2023-12-31&known_on=2023-12-31", "en")
    now = get(client, "/z/qinghe/", "en")

    newest = re.compile(r"Newest figures</h2>.*?</ul>", re.DOTALL)
    assert '<small class="day">2025</small>' in newest.search(now)[0]
    assert '<small class="day">2022</small>' in newest.search(past)[0]
    assert "2024</small>" not in newest.search(past)[0]
    assert "as of 2023-12-31, by what was known on that day" in past
    assert "what was known on that day." not in now
    assert '<a href="?as_of=2023-12-31">What is known today</a>' in past
