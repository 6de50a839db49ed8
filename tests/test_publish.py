"""A published copy: what the portal shows to anybody, whole, without a dead link or a server."""

import json
import re
from datetime import date
from decimal import Decimal
from html import unescape
from os.path import dirname, join, normpath
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import lxml.html
import pytest
from django.utils import timezone

from lantu.cli import publish_pages
from lantu.cli.publish import _state
from lantu.cli.publish_data import write_data
from lantu.cli.publish_files import MARK, Files, begin, finish, is_whole, known
from lantu.cli.publish_index import write_index
from lantu.cli.publish_last import Keys, Last, only_figures_came, packed, unpacked
from lantu.cli.publish_pages import Site
from lantu.core.plans.standing import Question
from lantu.kernel.access.actions import record
from lantu.kernel.commitments.queries import explained
from lantu.kernel.facts.actions import supersede
from lantu.kernel.facts.models import Observation
from lantu.services.finding.actions import keep_current
from lantu.services.plan import views
from tests.commands import lantu

LINK = re.compile(r'\s(?:href|src)="([^"]*)"')


@pytest.fixture(scope="module")
def copy(home, tmp_path_factory) -> Path:
    """The sample zone, published once for all that only read it."""
    folder = tmp_path_factory.mktemp("copy") / "copy"
    done = lantu("publish", str(folder), "--zone", "qinghe", home=home)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def site(qinghe, tmp_path) -> Site:
    return Site(Files(tmp_path), "en", "qinghe")


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def test_no_link_of_the_copy_is_dead_and_every_mark_is_there(copy):
    files = {str(one) for one in copy.rglob("*")}
    pages = {one: read(Path(one)) for one in files if one.endswith(".html")}
    marks = {one: set(re.findall(r'\sid="([^"]+)"', text)) for one, text in pages.items()}
    dead = []
    for page, text in pages.items():
        for address in {unescape(one) for one in LINK.findall(text)}:
            if address.startswith(("http:", "https:", "data:", "mailto:")):
                continue
            file, _, mark = address.partition("#")
            target = normpath(join(dirname(page), unquote(file))) if file else page
            if target not in files or (mark and unquote(mark) not in marks.get(target, {mark})):
                dead.append((page, address))

    assert len(marks) > 300
    assert dead == []


def test_both_languages_have_the_same_pages_and_lead_to_each_other(copy):
    halves = [
        {str(one.relative_to(copy / half)) for one in (copy / half).rglob("*.html")}
        for half in ("zh", "en")
    ]

    assert halves[0] == halves[1]
    assert 'href="../../../en/z/qinghe/index.html"' in read(copy / "zh/z/qinghe/index.html")


def test_nothing_of_another_zone_and_no_form_is_in_it(copy):
    assert not (copy / "zh/z/xinxiang").exists()
    assert not (copy / "data/xinxiang").exists()
    assert [one for one in copy.rglob("*.html") if "<form" in read(one)] == []
    assert [one for one in copy.rglob("*.html") if 'type="module"' in read(one)] == []


def test_charts_feeds_years_and_tables_are_there(copy):
    gdp = read(copy / "zh/z/qinghe/promises/gdp/index.html")
    table = (copy / "en/z/qinghe/promises/index.csv").read_bytes().decode("utf-8-sig")

    assert "data-chart" in gdp and "ui/charts" in gdp
    assert "2023年当年的评判" in read(copy / "zh/z/qinghe/year_2023.html")
    assert "<feed" in read(copy / "zh/z/qinghe/news.atom")
    assert table.startswith("code,title_zh") and "\ngdp," in table
    assert (copy / "zh/z/qinghe/compare/index.html").exists()


def test_data_are_there_as_tables_and_as_sdmx(copy):
    data = copy / "data/qinghe"
    verdicts = json.loads((data / "qinghe-2021-2025-verdicts.json").read_bytes())
    figures = json.loads((data / "facts.json").read_bytes())
    rows = (data / "facts.csv").read_bytes().decode("utf-8-sig").splitlines()

    assert len(verdicts) == 34
    assert len(figures) == len(rows) - 1 > 100
    for name in ("facts", "verdicts"):
        assert read(data / f"{name}.sdmx.csv").startswith("STRUCTURE,STRUCTURE_ID,ACTION")
        assert json.loads((data / f"{name}.sdmx.json").read_bytes())["data"]["dataSets"]
        assert b"QINGHE" in (data / f"{name}.sdmx-structure.xml").read_bytes()


def test_the_data_alone_are_those_that_lie_beside_the_pages(home, copy, tmp_path):
    folder = tmp_path / "data only"

    done = lantu("publish", str(folder), "--zone", "qinghe", "--data", home=home)

    assert done.returncode == 0, done.stderr
    wanted = {name: content for name, content in whole(copy).items() if name.startswith("data/")}
    assert whole(folder) == wanted
    assert f"{len(wanted)} files of data" in done.stdout
    again = lantu("publish", str(folder), "--zone", "qinghe", "--data", home=home)
    assert "nothing has changed" in again.stdout


def test_a_second_copy_of_the_same_state_writes_nothing(home, copy):
    before = {one: one.stat().st_mtime_ns for one in copy.rglob("*") if one.is_file()}

    done = lantu("publish", str(copy), "--zone", "qinghe", home=home)

    assert "LANTU_ADDRESS" in done.stderr  # its feed leads nowhere from another machine
    assert "nothing has changed" in done.stdout
    assert {one: one.stat().st_mtime_ns for one in copy.rglob("*") if one.is_file()} == before


def test_what_is_no_longer_public_vanishes_and_other_files_stay(tmp_path):
    first = Files(tmp_path)
    first.write("zh/gone/index.html", b"old")
    first.write("zh/index.html", b"page")
    finish(tmp_path, {"day": 1}, first.names)
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")

    begin(tmp_path)
    second = Files(tmp_path)
    second.write("zh/index.html", b"page")

    assert finish(tmp_path, {"day": 2}, second.names) == 1
    assert not (tmp_path / "zh/gone").exists()
    assert (tmp_path / "zh/index.html").exists() and (tmp_path / "mine.txt").exists()


def test_a_copy_is_whole_only_when_it_is_finished_and_nothing_was_lost(tmp_path):
    files = Files(tmp_path)
    files.write("index.html", b"page")
    finish(tmp_path, {"day": 1}, files.names)
    sizes = known(tmp_path)["files"]

    assert is_whole(tmp_path, sizes)
    (tmp_path / "index.html").unlink()
    assert not is_whole(tmp_path, sizes)
    begin(tmp_path)
    assert known(tmp_path).get("state") is None  # a copy that was broken off is written again


def test_a_list_of_files_takes_nothing_out_of_another_folder(tmp_path):
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    copy = tmp_path / "copy"
    copy.mkdir()
    (copy / MARK).write_text('{"files": {"../mine.txt": 4}}', encoding="utf-8")

    finish(copy, {}, set())

    assert (tmp_path / "mine.txt").exists()


def test_a_folder_that_holds_other_things_is_not_written_over(home, tmp_path):
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")

    done = lantu("publish", str(tmp_path), home=home)

    assert done.returncode == 1
    assert "holds other things" in done.stderr


def words(html: str) -> str:
    """What a reader sees on a page, without what needs a server: forms, and other days."""
    (main,) = lxml.html.document_fromstring(html).iter("main")
    days = main.xpath('.//ul[@class="days"]/li[a and not(a/@aria-current)]')
    for unseen in [*main.iter("form", "script"), *days]:
        unseen.drop_tree()
    return " ".join(main.text_content().split())


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/z/qinghe/",
        "/z/qinghe/?year=2023",
        "/z/qinghe/promises/",
        "/z/qinghe/promises/gdp/",
        "/z/qinghe/projects/",
        "/z/qinghe/facts/",
        "/z/qinghe/contradictions/",
        "/z/qinghe/compare/",
        "/z/qinghe/data/",
        "/methods/",
        "/docs/glossary/",
    ],
)
def test_a_page_of_the_copy_says_what_the_portal_says(client, site, address, settings):
    settings.ADDRESS = "http://testserver"
    live = client.get(address, headers={"accept-language": "en"})

    # Only a copy that knows its site tells how a promise is shown elsewhere.
    Site(site.files, "en", "qinghe").written(address)

    (file,) = site.files.names
    assert words(read(site.files.folder / file)) == words(live.content.decode())


def whole(folder: Path) -> dict[str, bytes]:
    return {
        str(one.relative_to(folder)): one.read_bytes()
        for one in folder.rglob("*")
        if one.is_file() and one.name != MARK
    }


def drawn_into(folder: Path, last: Path | None, kept: dict[str, Any]) -> tuple[Site, Any]:
    """The promises and figures of the sample zone, with their data, as the command draws them."""
    sizes = {name: len(content) for name, content in whole(folder).items()} if last else {}
    site = Site(Files(folder), "en", "qinghe", Last(folder, sizes, kept.get("en", {})), Keys())
    site.copy()
    write_data(site.files, "qinghe")
    return site, {"en": unpacked(packed(site.pages))}


def test_a_copy_brought_up_to_date_equals_one_drawn_from_nothing(
    qinghe, clerk, tmp_path, monkeypatch
):
    only = re.compile(r"/$|/z/qinghe/(?:promises/[\w-]*/?|facts/(?:series/)?)?(?:\?(?!year).*)?$")
    holds = Site.holds
    monkeypatch.setattr(Site, "holds", lambda self, one: bool(only.match(one)) and holds(self, one))
    _, kept = drawn_into(tmp_path / "old", None, {})
    before = whole(tmp_path / "old")
    judged = explained("qinghe-2021-2025", "gdp", Question(timezone.localdate()))
    gdp = Observation.objects.get(pk=judged.verdict.used[-1].key)
    supersede(gdp, value=gdp.value * 2, reason="check", known_on=date(2024, 3, 1), by=clerk)

    site, _ = drawn_into(tmp_path / "old", tmp_path / "old", kept)
    anew, _ = drawn_into(tmp_path / "new", None, {})

    after = whole(tmp_path / "old")
    assert after == whole(tmp_path / "new")
    assert anew.stood == 0 < site.stood
    assert "en/z/qinghe/promises/gdp/index.html" in {
        name for name, content in after.items() if before.get(name) != content
    }


def test_pages_stay_only_where_nothing_but_figures_came(qinghe, clerk):
    now = _state("qinghe", ["en"])
    figure = Observation.objects.filter(zone=qinghe).last()
    supersede(figure, value=Decimal(1), reason="check", known_on=date(2024, 3, 1), by=clerk)
    later = _state("qinghe", ["en"])

    assert only_figures_came(now, later)
    assert not only_figures_came({**now, "day": "2020-01-01"}, later)
    assert not only_figures_came({**now, "recorded": [0, {"qinghe": "another ledger"}]}, later)

    record(zone=qinghe, by=clerk, act="revise", object_type="target", object_key="gdp")
    assert not only_figures_came(now, _state("qinghe", ["en"]))


def test_every_page_of_a_paged_list_is_in_the_copy(site, monkeypatch):
    monkeypatch.setattr(views, "SERIES", 5)
    only = re.compile(r"/z/qinghe/facts/(series/)?\?|/z/qinghe/facts/$|/$|/z/qinghe/$")
    holds = Site.holds
    monkeypatch.setattr(Site, "holds", lambda self, one: bool(only.match(one)) and holds(self, one))

    site.copy()

    names = sorted(site.files.names)
    pages = [one for one in names if "facts/page_" in one]
    series = [one for one in names if "/facts/series/" in one]
    assert len(pages) == -(-len(series) // 5) > 2


def test_a_page_that_only_leads_on_is_copied_as_one_that_leads_on(xinxiang, tmp_path):
    # What the plan says of the past stands among the facts; a finding leads there by its code.
    site = Site(Files(tmp_path), "en", "xinxiang")

    for address in ("/z/xinxiang/promises/b11-03/", "/z/xinxiang/facts/"):
        site.written(address)

    past = read(tmp_path / "en/z/xinxiang/promises/b11-03/index.html")
    assert 'content="0; url=../../facts/index.html#b11-03"' in past
    assert 'rel="icon"' in past
    assert 'id="b11-03"' in read(tmp_path / "en/z/xinxiang/facts/index.html")


def test_a_figure_leads_to_its_row_in_the_series(site, client):
    html = client.get("/z/qinghe/promises/gdp/").content.decode()
    figure = next(iter(re.findall(r'href="(/z/qinghe/facts/\d+/)"', html)))
    number = figure.rsplit("/", 2)[1]

    file, _, mark = (site.place(figure) or "").partition("#")
    site.written(site.page_of(figure).partition("#")[0])

    assert mark == f"f{number}"
    assert f'<tr id="f{number}">' in read(site.files.folder / file)


def test_the_search_of_the_copy_lists_what_anybody_may_find(site, qinghe):
    from lantu.services.finding.models import Entry

    keep_current([qinghe])
    Entry.objects.filter(zone=qinghe, code="gdp").update(en="Only for members", members_only=True)

    write_index(site)

    page = read(site.files.folder / f"en/{publish_pages.SEARCH}")
    assert 'href="z/qinghe/promises/hightech/index.html"' in page
    assert "Only for members" not in page
    assert "xinxiang/promises" not in page
    # A phone hides the field of the head, so this one is no such field; and there are no keys.
    assert 'class="find__box"' in page and "search__box" not in page
    assert "Ctrl+K" not in page


def test_nobody_who_works_here_is_named_in_the_copy(site, clerk, tmp_path):
    clerk.username, clerk.first_name = "wang-the-clerk", "Wang of the office"
    clerk.save()

    site.copy()
    write_data(site.files, "qinghe")

    named = [
        one for one in tmp_path.rglob("*") if one.is_file() and b"wang" in one.read_bytes().lower()
    ]
    assert named == []


def test_a_link_to_what_needs_a_server_leads_to_the_site_where_it_is_known(site, settings):
    settings.ADDRESS, settings.ALLOWED_HOSTS = "https://plan.example.org", ["plan.example.org"]
    away = Site(site.files, "en", "qinghe")
    away.written("/z/qinghe/promises/gdp/")

    html = read(site.files.folder / "en/z/qinghe/promises/gdp/index.html")
    assert 'href="https://plan.example.org/accounts/login/" rel="external"' in html
    away.written("/z/qinghe/data/datapackage.json")
    package = json.loads(read(site.files.folder / "qinghe-en.datapackage.json"))
    assert package["homepage"] == "https://plan.example.org/z/qinghe/data/"

    settings.ADDRESS, settings.ALLOWED_HOSTS = "http://localhost:8000", ["localhost"]
    site.written("/z/qinghe/promises/gdp/")
    assert "accounts/login" not in read(site.files.folder / "en/z/qinghe/promises/gdp/index.html")
