"""The addresses under /sdmx/. Public, read only."""

import json
from collections.abc import Callable, Iterator
from functools import wraps
from itertools import chain

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from lantu.services.opendata import queries
from lantu.services.opendata.sdmx import as_json, as_xml, data
from lantu.services.opendata.sdmx.asking import wanted
from lantu.services.opendata.sdmx.faults import Fault, not_found, not_implemented, syntax
from lantu.services.opendata.sdmx.forms import DATA, STRUCTURE, chosen
from lantu.services.opendata.sdmx.model import AGENCY, VERSION, Flow, Row
from lantu.services.opendata.sdmx.structures import structures

View = Callable[..., HttpResponseBase]
_VERSIONS = ("*", "~", "+", " ", "latest", VERSION, "1.0")


def told(view: View) -> View:
    """Say what is wrong in the form that was asked for."""

    @require_safe
    @wraps(view)
    def wrapped(request: HttpRequest, **kwargs: str) -> HttpResponseBase:
        try:
            response = view(request, **kwargs)
        except Fault as fault:
            response = _fault(request, fault)
        response["Vary"] = "Accept"
        return response

    return wrapped


def _fault(request: HttpRequest, fault: Fault) -> HttpResponse:
    if "xml" in request.headers.get("Accept", "") and "html" not in request.headers["Accept"]:
        kind = "application/vnd.sdmx.error+xml; version=3.0.0"
        return HttpResponse(as_xml.fault_message(fault), status=fault.status, content_type=kind)
    text = json.dumps(as_json.fault_message(fault), ensure_ascii=False)
    return HttpResponse(text, status=fault.status, content_type="application/json")


def _prepared() -> str:
    return timezone.localtime().replace(microsecond=0).isoformat()


@told
def structure(request: HttpRequest, path: str) -> HttpResponse:
    """Flows, structures, code lists, concepts, agencies: structure/type/agency/name/version."""
    parameters = request.GET.dict()
    form = chosen(request.headers.get("Accept", ""), parameters, STRUCTURE)
    found = structures(queries.flows, path.rstrip("/").split("/"), parameters)
    if form == "xml":
        body: bytes | str = as_xml.structure_message(found, _prepared())
    else:
        body = json.dumps(as_json.structure_message(found, _prepared()), ensure_ascii=False)
    return HttpResponse(body, content_type=STRUCTURE[form])


@told
def observations(request: HttpRequest, path: str) -> HttpResponseBase:
    """Figures: data/dataflow/agency/flow/version/key."""
    parameters = request.GET.dict()
    form = chosen(request.headers.get("Accept", ""), parameters, DATA)
    flow, key = _addressed(path)
    found = queries.rows(flow, wanted(flow, key, parameters))
    return StreamingHttpResponse(_written(flow, _some(found), form), content_type=DATA[form])


def _written(flow: Flow, rows: Iterator[Row], form: str) -> Iterator[str]:
    return data.as_csv(flow, rows) if form == "csv" else data.as_json(flow, rows, _prepared())


def _some(rows: Iterator[Row]) -> Iterator[Row]:
    """The rows again, once it is known that there is one: the standard answers none with 404."""
    first = next(rows, None)
    if first is None:
        raise not_found("No observation fits the question.")
    return chain([first], rows)


def _addressed(path: str) -> tuple[Flow, str]:
    parts = path.rstrip("/").split("/")
    if not 3 <= len(parts) <= 5:
        raise syntax("Write data/dataflow/agency/flow/version/key.")
    context, agency, name, version, key = (*parts, "*", "*")[:5]
    if context in ("datastructure", "provisionagreement"):
        raise not_implemented("Ask for the data of a dataflow.")
    if context not in ("dataflow", "*"):
        raise syntax(f"There is no context {context[:40]!r}. Write dataflow.")
    if "," in name or name == "*":
        raise not_implemented("Ask for the data of one dataflow at a time.")
    if agency not in (AGENCY, "*") or version not in _VERSIONS:
        raise not_found(f"The only agency is {AGENCY}, the only version {VERSION}.")
    flow = queries.flow(name)
    if flow is None:
        raise not_found(f"There is no dataflow {name[:80]!r}.")
    return flow, key


@told
def other(request: HttpRequest, path: str) -> HttpResponse:
    """What the standard knows beside, and what it does not."""
    if path.split("/")[0] in ("availability", "schema", "metadata", "registration"):
        raise not_implemented("Offered are structure and data.")
    raise not_found("Offered are structure and data.")
