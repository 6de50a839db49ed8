"""The catalogues of a copy: the same data sets, leading to the files that lie in it."""

import json
import posixpath
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from lantu.core.publishing import relative_to

if TYPE_CHECKING:
    from rdflib import Graph

Place = Callable[[str], str | None]
# What is asked of SDMX or of the API and lies in the copy as a file.
_FLOW = re.compile(
    r"/sdmx/data/dataflow/LANTU/(FACTS|VERDICTS)_([\w-]+)/[\d.]+/\*\?format=(csv|json)"
)
_STRUCTURE = re.compile(
    r"/sdmx/structure/dataflow/LANTU/(FACTS|VERDICTS)_([\w-]+)/~\?references=all"
)
_FACTS = re.compile(r"/api/v1/zones/([\w-]+)/facts")
_VERDICTS = re.compile(r"/api/v1/plans/([\w-]+)/verdicts")
_EMBED = re.compile(r'(<div id="embed">).*?(</div>)', re.DOTALL)
_NO_EMBED = {
    "zh": "在其他网站上展示需要运行中的系统；这份副本没有写明它的网址。",
    "en": "To be shown on another site a promise needs the running system; this copy names none.",
}
_MARKUP = re.compile(r'(<script type="application/ld\+json">)(.*?)(</script>)', re.DOTALL)
CATALOGUE = re.compile(r"/catalog\.(ttl|jsonld|rdf)")
PACKAGE = re.compile(r"/z/([\w-]+)/data/datapackage\.json")
MARKED = re.compile(r"/z/[\w-]+/data/(?:schema\.jsonld|(?:\?.*)?)")


def data_file(address: str) -> str | None:
    """The file in which the copy holds what an interface answers; None where it holds none."""
    if found := _FLOW.fullmatch(address):
        return f"data/{found[2].lower()}/{found[1].lower()}.sdmx.{found[3]}"
    if found := _STRUCTURE.fullmatch(address):
        return f"data/{found[2].lower()}/{found[1].lower()}.sdmx-structure.xml"
    if found := _FACTS.fullmatch(address):
        return f"data/{found[1]}/facts.json"
    if found := _VERDICTS.fullmatch(address):
        zone = _zone_of(found[1])
        return f"data/{zone}/{found[1]}-verdicts.json" if zone else None
    return None


def _zone_of(plan: str) -> str:
    from lantu.kernel.commitments.models import Plan

    return Plan.objects.filter(name=plan).values_list("zone__slug", flat=True).first() or ""


class Moved:
    """Addresses of the site as they are reached from one file of the copy."""

    def __init__(self, file: str, place: Place, site: str) -> None:
        from django.conf import settings

        asked = urlsplit(settings.ADDRESS)
        self.root = f"{asked.scheme}://{asked.netloc}"
        self.here, self.place, self.site = posixpath.dirname(file), place, site

    def at(self, address: str) -> str | None:
        """Where an address leads: a file of the copy, the site where it is known, or nowhere."""
        if not address.startswith(f"{self.root}/"):
            return address
        bare, mark, name = address.removeprefix(self.root).partition("#")
        if file := self.place(bare):
            return relative_to(self.here, file) + mark + name
        if self.site:
            return self.site + bare + mark + name
        # A name, which is no address: it stays a name within the file.
        return f"#{name}" if name else "#catalog" if bare == "/catalog" else None

    def json(self, told: Any) -> Any:
        """A text of JSON-LD read and moved, without the downloads that are not there."""
        if isinstance(told, dict):
            moved = {key: self.json(value) for key, value in told.items()}
            return {key: value for key, value in moved.items() if value is not None}
        if isinstance(told, list):
            moved_list = [self.json(one) for one in told]
            return [one for one in moved_list if _is_there(one)]
        return self.at(told) if isinstance(told, str) else told


def _is_there(one: Any) -> bool:
    download = isinstance(one, dict) and one.get("@type") == "DataDownload"
    return one is not None and not (download and "contentUrl" not in one)


def marked(content: bytes, address: str, moved: Moved) -> bytes:
    """The data sets as schema.org tells them, alone or in their page."""
    if address.endswith("schema.jsonld"):
        return json.dumps(moved.json(json.loads(content)), ensure_ascii=False).encode()

    def inside(found: re.Match[str]) -> str:
        told = json.dumps(moved.json(json.loads(found[2])), ensure_ascii=False)
        return found[1] + told.replace("<", r"\u003c") + found[3]

    return _MARKUP.sub(inside, content.decode()).encode()


def catalogue(form: str, zone: str | None, moved: Moved) -> bytes:
    """The catalogue as DCAT of all zones or of one."""
    from django.conf import settings

    from lantu.services.opendata import queries
    from lantu.services.opendata.catalogue.dcat import dcat

    found = [one for one in queries.datasets() if zone in (None, one.zone)]
    graph = _moved(dcat(found, moved.root, licence=settings.DATA_LICENCE), moved)
    forms = {"ttl": "turtle", "jsonld": "json-ld", "rdf": "xml"}
    return graph.serialize(format=forms[form], encoding="utf-8")


def package_file(zone: str, language: str) -> str:
    """Where the Data Package lies: at the top, for its tables must lie below it."""
    return f"{zone}-{language}.datapackage.json"


def package(content: bytes, moved: Moved) -> bytes:
    """A Data Package whose tables are those of the copy; others are fetched from the site."""
    told = json.loads(content)
    tables = [_table(one, moved) for one in told["resources"]]
    told["resources"] = [one for one in tables if one is not None]
    homepage = moved.site + told.pop("homepage").removeprefix(moved.root)
    if moved.site:
        told["homepage"] = homepage  # an address, which a file of a folder has not
    return json.dumps(told, ensure_ascii=False).encode()


def _table(one: dict[str, Any], moved: Moved) -> dict[str, Any] | None:
    address = one["path"].removeprefix(moved.root)
    if file := moved.place(address):
        # A path, not an address: how it is fetched is not told.
        return {key: value for key, value in one.items() if key != "scheme"} | {"path": file}
    return one | {"path": moved.site + address} if moved.site else None


def without_embed(content: bytes, language: str) -> bytes:
    """The page of open data where no site is known whose promises could be framed."""
    told = rf"\1<p>{_NO_EMBED[language]}</p>\2"
    return _EMBED.sub(told, content.decode()).encode()


def _moved(graph: "Graph", moved: Moved) -> "Graph":
    from rdflib import DCAT, Graph, URIRef

    gone = {
        subject
        for subject, _, address in graph.triples((None, DCAT.accessURL, None))
        if moved.at(str(address)) is None
    }
    told = Graph(namespace_manager=graph.namespace_manager)
    for triple in graph:
        if triple[0] in gone or triple[2] in gone:
            continue
        subject, predicate, thing = triple
        at = moved.at(str(subject))
        to = moved.at(str(thing)) if isinstance(thing, URIRef) else ""
        if at is not None and to is not None:
            told.add((URIRef(at), predicate, URIRef(to) if isinstance(thing, URIRef) else thing))
    return told
