"""The ways by which other systems read a zone, and what each is for."""

from dataclasses import dataclass

from lantu.kernel.access.models import Zone
from lantu.kernel.commitments import queries as commitments
from lantu.services.opendata.queries.projects import has_projects
from lantu.services.opendata.sdmx.model import AGENCY


@dataclass(frozen=True, slots=True)
class Way:
    """One interface: an address that can be opened, and what it is for."""

    name: str
    path: str
    about: dict[str, str]


def ways(zone: Zone) -> list[Way]:
    """Every interface, those of this zone first; OC4IDS where there are projects."""
    slug, flow = zone.slug, f"FACTS_{zone.slug.upper()}"
    projects = [
        Way("OC4IDS", f"/z/{slug}/projects.oc4ids.json", {
            "zh": "项目数据，供基础设施透明平台使用。",
            "en": "The projects, for platforms of infrastructure transparency."}),
    ] if has_projects([plan.name for plan in commitments.plans(zone)]) else []  # fmt: skip
    return [
        Way("Atom", f"/z/{slug}/news.atom", {
            "zh": "订阅：判定的变化和新发布的数据。",
            "en": "A feed of verdicts that changed and of figures that were published."}),
        Way("iCalendar", f"/z/{slug}/due.ics", {
            "zh": "日历：各项承诺与项目的到期日。",
            "en": "A calendar of the days on which promises and projects are due."}),
        *projects,
        Way("schema.org", f"/z/{slug}/data/schema.jsonld", {
            "zh": "供搜索引擎识别数据集。",
            "en": "For search engines, which find the data sets by it."}),
        Way("Data Package", f"/z/{slug}/data/datapackage.json", {
            "zh": "供核对表格的工具（Frictionless）读取：各表及其列。",
            "en": "For tools that check tables (Frictionless): the tables and their columns."}),
        Way("SDMX 3.0", f"/sdmx/structure/dataflow/{AGENCY}/{flow}/~?references=all", {
            "zh": "供统计系统读取：结构、代码表、按键与时间筛选的数据。",
            "en": "For statistical systems: structures, code lists, data by key and time."}),
        Way("DCAT 3", "/catalog.ttl", {
            "zh": "供数据门户收割的目录（Turtle）。",
            "en": "The catalogue that data portals harvest (Turtle)."}),
        Way("DCAT 3", "/catalog.jsonld", {
            "zh": "同一目录（JSON-LD）。",
            "en": "The same catalogue (JSON-LD)."}),
        Way("DCAT 3", "/catalog.rdf", {
            "zh": "同一目录（RDF/XML）。",
            "en": "The same catalogue (RDF/XML)."}),
        Way("CKAN", f"/api/3/action/package_search?fq=organization:{slug}", {
            "zh": "供为 CKAN 编写的工具使用。",
            "en": "For tools that were written for CKAN."}),
        Way("OpenAPI 3.1", "/api/v1/openapi.json", {
            "zh": "规划、判定、数据的接口说明。",
            "en": "The description of the API of plans, verdicts and figures."}),
    ]  # fmt: skip
