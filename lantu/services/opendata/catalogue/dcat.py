"""The catalogue as DCAT 3, for portals that harvest it."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from lantu.services.opendata.queries import Dataset, Distribution

if TYPE_CHECKING:
    from rdflib import Graph, URIRef

_MEDIA = "https://www.iana.org/assignments/media-types/"
FORMS = {"turtle": "text/turtle; charset=utf-8", "json-ld": "application/ld+json"}


def dcat(found: Sequence[Dataset], root: str, *, licence: str) -> "Graph":
    """The graph of the catalogue; `root` is the address of the site, without a slash at its end.

    The figures of a zone are a series of data sets, one for each indicator of each subject.
    A licence is stated only where whoever runs the site has named one.
    """
    from rdflib import DCAT, DCTERMS, FOAF, RDF, Graph, Literal, URIRef

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
    graph.add((catalogue, FOAF.homepage, URIRef(f"{root}/")))
    graph.add((site, RDF.type, FOAF.Agent))
    _worded(graph, site, FOAF.name, {"zh": "蓝图", "en": "Lantu"})
    changed = [one.modified for one in found if one.modified is not None]
    if changed:
        graph.add((catalogue, DCTERMS.modified, Literal(max(changed))))
    for one in found:
        subject = URIRef(f"{root}/catalog#{one.id}")
        graph.add((catalogue, DCAT.dataset, subject))
        _dataset(graph, one, subject, root, licence)
        # A zone answers for its data; the site only lists those of all zones.
        publisher = URIRef(f"{root}/z/{one.zone}/#publisher")
        graph.add((subject, DCTERMS.publisher, publisher))
        graph.add((publisher, RDF.type, FOAF.Agent))
        _worded(graph, publisher, FOAF.name, one.place)
    return graph


def _worded(graph: "Graph", subject: "URIRef", predicate: Any, words: dict[str, str]) -> None:
    from rdflib import Literal

    for language, text in words.items():
        graph.add((subject, predicate, Literal(text, lang=language)))


def _dataset(graph: "Graph", one: Dataset, subject: "URIRef", root: str, licence: str) -> None:
    from rdflib import DCAT, DCTERMS, RDF, Literal, URIRef

    # In DCAT 3 a series of data sets is a data set too. The library knows DCAT 2 only, so terms
    # of DCAT 3 are spelled out.
    series = [URIRef(f"{DCAT}DatasetSeries")] if one.kind == "facts" else []
    for kind in (DCAT.Dataset, *series):
        graph.add((subject, RDF.type, kind))
    _worded(graph, subject, DCTERMS.title, one.title)
    _worded(graph, subject, DCTERMS.description, one.about)
    graph.add((subject, DCTERMS.identifier, Literal(one.id)))
    graph.add((subject, DCAT.landingPage, URIRef(f"{root}/z/{one.zone}/data/")))
    if one.whole:
        graph.add((subject, URIRef(f"{DCAT}inSeries"), URIRef(f"{root}/catalog#{one.whole}")))
    if one.modified is not None:
        graph.add((subject, DCTERMS.modified, Literal(one.modified)))
    place = URIRef(f"{root}/z/{one.zone}/")
    graph.add((subject, DCTERMS.spatial, place))
    graph.add((place, RDF.type, DCTERMS.Location))
    _labelled(graph, place, one.place)
    _time(graph, subject, one.first, one.last)
    for number, form in enumerate(one.distributions, 1):
        _distribution(graph, subject, URIRef(f"{subject}-{number}"), form, root, licence)


def _labelled(graph: "Graph", place: "URIRef", words: dict[str, str]) -> None:
    from rdflib import SKOS

    _worded(graph, place, SKOS.prefLabel, words)


def _time(graph: "Graph", subject: "URIRef", first: date | None, last: date | None) -> None:
    from rdflib import DCAT, DCTERMS, RDF, Literal, URIRef

    if first is None or last is None:
        return
    span = URIRef(f"{subject}-time")
    graph.add((subject, DCTERMS.temporal, span))
    graph.add((span, RDF.type, DCTERMS.PeriodOfTime))
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
    from rdflib import DCAT, DCTERMS, RDF, Literal, URIRef

    graph.add((subject, DCAT.distribution, place))
    graph.add((place, RDF.type, DCAT.Distribution))
    graph.add((place, DCTERMS.title, Literal(form.key)))
    for predicate in (DCAT.accessURL, DCAT.downloadURL):
        graph.add((place, predicate, URIRef(root + form.path)))
    graph.add((place, DCAT.mediaType, URIRef(_MEDIA + form.media_type)))
    if form.standard:
        graph.add((place, DCTERMS.conformsTo, URIRef(form.standard)))
    if licence:
        graph.add((place, DCTERMS.license, URIRef(licence)))
