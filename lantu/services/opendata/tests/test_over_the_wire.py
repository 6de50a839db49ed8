"""A server as it runs: clients of others ask it, a browser shows it, another site frames it."""

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import ckanapi
import pytest
import sdmx
from playwright.sync_api import expect
from pysdmx.api.fmr import RegistryClient
from pysdmx.api.qb import ApiVersion, DataContext, DataFormat, DataQuery, RestService
from pysdmx.io import read_sdmx
from pysdmx.io.format import StructureFormat

from tests.browsing import CHROMIUM, running

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("server"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium on this machine"),
]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """`lantu run` in a home of its own."""
    with running(tmp_path_factory) as address:
        yield address


@pytest.fixture
def elsewhere(server):
    """Another site, which frames two pages of ours."""
    frames = "".join(
        f'<iframe id="{name}" src="{server}/z/qinghe/promises/gdp/{path}"></iframe>'
        for name, path in (("small", "embed/"), ("whole", ""))
    )

    class Site(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(frames.encode())

        def log_message(self, *_):
            pass

    site = HTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=site.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{site.server_port}/"
    site.shutdown()
    site.server_close()


def test_ckans_remote_client_reads_the_catalogue(server):
    with ckanapi.RemoteCKAN(server) as remote:
        names = remote.action.package_list()
        assert remote.action.package_show(id=names[0])["name"] == names[0]


def test_sdmx1_reads_the_structures_from_the_service(server):
    sdmx.add_source(
        {"id": "LANTU", "name": "Lantu", "url": f"{server}/sdmx", "versions": ["3.0.0"]},
        override=True,
    )

    message = sdmx.Client("LANTU").dataflow("FACTS_QINGHE")

    assert set(message.dataflow) == {"FACTS_QINGHE"}
    assert set(message.structure) == {"FACTS_QINGHE"}


def test_sdmx1_reads_data_and_what_there_is_from_the_service(server):
    source = {"id": "LANTU", "name": "Lantu", "url": f"{server}/sdmx", "versions": ["3.0.0"],
              "supports": {"availableconstraint": True}}  # fmt: skip
    sdmx.add_source(source, override=True)
    client = sdmx.Client("LANTU")

    found = client.data("VERDICTS_QINGHE", key="*.gdp", last_n_observations=1).data[0].obs
    (there,) = client.availableconstraint(
        "VERDICTS_QINGHE", version="1.0.0", key="*.gdp", component_id="*"
    ).constraint.values()

    assert [one.key["TIME_PERIOD"].value for one in found] == ["2025"]
    told = {str(where.id): what for where, what in there.data_content_region[0].member.items()}
    assert [one.value for one in told["PROMISE"].values] == ["gdp"]


def test_pysdmx_reads_a_schema_and_asks_for_data(server):
    schema = RegistryClient(f"{server}/sdmx", format=StructureFormat.SDMX_JSON_2_0_0).get_schema(
        "dataflow", "LANTU", "VERDICTS_QINGHE", "1.0.0"
    )
    service = RestService(
        f"{server}/sdmx", ApiVersion.V2_0_0, data_format=DataFormat.SDMX_CSV_2_0_0
    )
    query = DataQuery(
        DataContext.DATAFLOW, "LANTU", "VERDICTS_QINGHE", "1.0.0", "*.gdp",
        attributes="STATE", last_n_obs=1,
    )  # fmt: skip

    table = read_sdmx(service.data(query).decode()).data[0].data

    assert [code.id for code in schema.components["STATE"].enumeration][:1]
    assert list(table["TIME_PERIOD"]) == ["2025"]
    assert "STATE" in table and "OBS_STATUS" not in table


def test_pysdmx_reads_the_structures_from_the_service(server):
    registry = RegistryClient(f"{server}/sdmx", format=StructureFormat.SDMX_JSON_2_0_0)

    (found,) = registry.get_data_structures("LANTU", "VERDICTS_QINGHE")

    assert [one.id for one in found.components.dimensions] == ["PLAN", "PROMISE", "TIME_PERIOD"]
    assert [one.id for one in registry.get_agencies("SDMX")] == ["LANTU"]


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("place", ["data/", "promises/gdp/embed/"])
def test_the_pages_break_no_rule_of_accessibility_and_fit(server, chromium, language, width, place):
    from axe_playwright_python.sync_playwright import Axe

    page = chromium.new_page(locale=language, viewport={"width": width, "height": 800})
    page.goto(f"{server}/z/qinghe/{place}")

    found = Axe().run(page).response["violations"]

    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def test_another_site_can_frame_the_small_page_and_no_other(chromium, elsewhere):
    page = chromium.new_page(locale="en")

    page.goto(elsewhere)

    expect(page.frame_locator("#small").locator("h1")).to_have_text("GDP reaches CNY 20 bn")
    expect(page.frame_locator("#whole").locator("h1").get_by_text("GDP")).to_have_count(0)
    page.close()


@pytest.mark.parametrize("width", [1280, 390])
def test_from_the_page_to_the_figures(server, chromium, width):
    page = chromium.new_page(locale="en", viewport={"width": width, "height": 800})
    page.goto(f"{server}/z/qinghe/data/")

    page.get_by_role("link", name="/z/qinghe/data/schema.jsonld").first.wait_for()
    with page.expect_download() as waiting:
        page.locator("#qinghe-facts").get_by_role("link", name="sdmx-csv").click()

    text = Path(waiting.value.path()).read_text(encoding="utf-8")
    assert text.startswith("STRUCTURE,STRUCTURE_ID,ACTION,INDICATOR")
    page.close()
