"""The catalogue as DCAT 3, for portals that harvest it; it keeps to DCAT-AP 3.0 (and 2.1)."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from lantu.services.opendata.queries import Dataset, Distribution

if TYPE_CHECKING:
    from rdflib import Graph, URIRef

_MEDIA: Final = "https://www.iana.org/assignments/media-types/"
FORMS: Final = {
    "turtle": "text/turtle; charset=utf-8",
    "json-ld": "application/ld+json",
    "xml": "application/rdf+xml",
}
# Lists of the Publications Office, in which DCAT-AP wants these told.
_LISTS: Final = "http://publications.europa.eu/resource/authority"
_LANGUAGES: Final = (f"{_LISTS}/language/ZHO", f"{_LISTS}/language/ENG")
_PUBLIC: Final = f"{_LISTS}/access-right/PUBLIC"
_THEMES: Final = (f"{_LISTS}/data-theme", {"zh": "数据主题", "en": "Data themes"})
_THEME: Final = (
    f"{_THEMES[0]}/GOVE",
    {"zh": "政府与公共部门", "en": "Government and public sector"},
)
_FILES: Final = {"csv": "CSV", "json": "JSON", "xlsx": "XLSX", "sdmx-csv": "CSV",
                 "sdmx-json": "JSON", "oc4ids": "JSON"}  # fmt: skip


def dcat(found: Sequence[Dataset], root: str, *, licence: str) -> "Graph":
    """The graph of the catalogue; `root` is the address of the site, without a slash at its end.

    The figures of a zone are a series of data sets, one for each indicator of each subject.
    A licence is stated only where whoever runs the site has named one.
    """
    from rdflib import DCAT, DCTERMS, FOAF, RDF, SKOS, Graph, Literal, URIRef

    graph = Graph()
    graph.bind("dcat", DCAT)
    graph.bind("dct", DCTERMS)
    graph.bind("foaf", FOAF)
    catalogue, site = URIRef(f"{root}/catalog"), URIRef(f"{root}/#publisher")
    graph.add((catalogue, RDF.type, DCAT.Catalog))
    _worded(graph, catalogue, DCTERMS.title, {"zh": "蓝图开放数据目录", "en": "Lantu open data"})
    about = {"zh": "开发区规划的承诺、判定、数据与项目。", "en": "Plans of development zones."}
    _worded(graph, catalogue, DCTERMS.description, about)
    graph.add((catalogue, DCTERMS.publisher, site))
    _linked(graph, catalogue, FOAF.homepage, f"{root}/", FOAF.Document)
    graph.add((site, RDF.type, FOAF.Agent))
    _worded(graph, site, FOAF.name, {"zh": "蓝图", "en": "Lantu"})
    scheme = _linked(graph, catalogue, DCAT.themeTaxonomy, _THEMES[0], SKOS.ConceptScheme)
    _worded(graph, scheme, DCTERMS.title, _THEMES[1])
    for language in _LANGUAGES:
        _linked(graph, catalogue, DCTERMS.language, language, DCTERMS.LinguisticSystem)
    if licence:
        _linked(graph, catalogue, DCTERMS.license, licence, DCTERMS.LicenseDocument)
    changed = [one.modified for one in found if one.modified is not None]
    if changed:
        graph.add((catalogue, DCTERMS.modified, Literal(max(changed))))
    for one in found:
        subject = URIRef(f"{root}/catalog#{one.id}")
        graph.add((catalogue, DCAT.dataset, subject))
        _dataset(graph, one, subject, root, licence)
    return graph


def _worded(graph: "Graph", subject: "URIRef", predicate: Any, words: dict[str, str]) -> None:
    from rdflib import Literal

    for language, text in words.items():
        graph.add((subject, predicate, Literal(text, lang=language)))


def _linked(graph: "Graph", subject: "URIRef", predicate: Any, address: str, kind: Any) -> "URIRef":
    """A link to a thing, which also says what kind of thing it is: checkers follow no links."""
    from rdflib import RDF, URIRef

    thing = URIRef(address)
    graph.add((subject, predicate, thing))
    graph.add((thing, RDF.type, kind))
    return thing


def _dataset(graph: "Graph", one: Dataset, subject: "URIRef", root: str, licence: str) -> None:
    from rdflib import DCAT, DCTERMS, FOAF, RDF, SKOS, Literal, URIRef

    # In DCAT 3 a series of data sets is a data set too. The library knows DCAT 2 only, so terms
    # of DCAT 3 are spelled out.
    series = [URIRef(f"{DCAT}DatasetSeries")] if one.kind == "facts" else []
    for kind in (DCAT.Dataset, *series):
        graph.add((subject, RDF.type, kind))
    _worded(graph, subject, DCTERMS.title, one.title)
    _worded(graph, subject, DCTERMS.description, one.about)
    _worded(graph, subject, DCAT.keyword, one.name)
    graph.add((subject, DCTERMS.identifier, Literal(one.id)))
    _linked(graph, subject, DCAT.landingPage, f"{root}/z/{one.zone}/data/", FOAF.Document)
    if one.whole:
        graph.add((subject, URIRef(f"{DCAT}inSeries"), URIRef(f"{root}/catalog#{one.whole}")))
    if one.modified is not None:
        graph.add((subject, DCTERMS.modified, Literal(one.modified)))
    # A zone answers for its data; the site only lists those of all zones.
    publisher = _linked(
        graph, subject, DCTERMS.publisher, f"{root}/z/{one.zone}/#publisher", FOAF.Agent
    )
    _worded(graph, publisher, FOAF.name, one.place)
    place = _linked(graph, subject, DCTERMS.spatial, f"{root}/z/{one.zone}/", DCTERMS.Location)
    _worded(graph, place, SKOS.prefLabel, one.place)
    _linked(graph, subject, DCTERMS.accessRights, _PUBLIC, DCTERMS.RightsStatement)
    theme = _linked(graph, subject, DCAT.theme, _THEME[0], SKOS.Concept)
    _worded(graph, theme, SKOS.prefLabel, _THEME[1])
    for language in _LANGUAGES:
        _linked(graph, subject, DCTERMS.language, language, DCTERMS.LinguisticSystem)
    _time(graph, subject, one.first, one.last)
    for number, form in enumerate(one.distributions, 1):
        _distribution(graph, subject, URIRef(f"{subject}-{number}"), form, root, licence)


def _time(graph: "Graph", subject: "URIRef", first: date | None, last: date | None) -> None:
    from rdflib import DCAT, DCTERMS, Literal

    if first is None or last is None:
        return
    span = _linked(graph, subject, DCTERMS.temporal, f"{subject}-time", DCTERMS.PeriodOfTime)
    graph.add((span, DCAT.startDate, Literal(first)))
    graph.add((span, DCAT.endDate, Literal(last)))


def _distribution(
    graph: "Graph",
    subject: "URIRef",
    place: "URIRef",
    form: Distribution,
    root: str,
    licence: str,
) -> None:
    from rdflib import DCAT, DCTERMS, RDF, RDFS, Literal

    graph.add((subject, DCAT.distribution, place))
    graph.add((place, RDF.type, DCAT.Distribution))
    graph.add((place, DCTERMS.title, Literal(form.key)))
    for predicate in (DCAT.accessURL, DCAT.downloadURL):
        _linked(graph, place, predicate, root + form.path, RDFS.Resource)
    _linked(graph, place, DCAT.mediaType, _MEDIA + form.media_type, DCTERMS.MediaType)
    if file := _FILES.get(form.key):
        _linked(
            graph, place, DCTERMS.format, f"{_LISTS}/file-type/{file}", DCTERMS.MediaTypeOrExtent
        )
    if form.standard:
        _linked(graph, place, DCTERMS.conformsTo, form.standard, DCTERMS.Standard)
    if licence:
        _linked(graph, place, DCTERMS.license, licence, DCTERMS.LicenseDocument)
