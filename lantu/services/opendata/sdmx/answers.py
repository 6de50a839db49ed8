"""The addresses under /sdmx/. Public, read only."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial, wraps
from itertools import chain
from typing import TypeVar

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from lantu import __version__
from lantu.services.opendata import queries
from lantu.services.opendata.sdmx import as_json, as_xml, data, data_xml
from lantu.services.opendata.sdmx.asking import Wanted, wanted
from lantu.services.opendata.sdmx.available import available, options
from lantu.services.opendata.sdmx.faults import Fault, not_found, not_implemented, syntax
from lantu.services.opendata.sdmx.forms import DATA, STRUCTURE, chosen
from lantu.services.opendata.sdmx.model import AGENCY, Flow, Row
from lantu.services.opendata.sdmx.structures import Structures, check_version, structures

View = Callable[..., HttpResponseBase]
Answer = TypeVar("Answer", bound=HttpResponseBase)
_PARTS = ("context", "agency", "name", "version", "key", "component")
_DESCENDANTS = {"references": "descendants"}
# sdmx1 takes anything, and asks so for data without saying of what. It reads only this form where
# it was not given the structure before.
_WITHOUT_STRUCTURE = f"{DATA['xml']};q=1, */*;q=0.5"


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
def structure(request: HttpRequest, path: str | None = None) -> HttpResponse:
    """Flows, structures, code lists, concepts, agencies: structure/type/agency/name/version."""
    parameters = request.GET.dict()
    form = chosen(request.headers.get("Accept", ""), parameters, STRUCTURE)
    parts = (path or "").rstrip("/").split("/")
    found = structures(queries.flows, parts if parts != [""] else ["*"], parameters)
    return _kept(_message(found, form), request, form, queries.state())


def _message(found: Structures, form: str) -> HttpResponse:
    if form == "xml":
        body: bytes | str = as_xml.structure_message(found, _prepared())
    else:
        body = json.dumps(as_json.structure_message(found, _prepared()), ensure_ascii=False)
    return HttpResponse(body, content_type=STRUCTURE[form])


@told
def schema(request: HttpRequest, path: str) -> HttpResponse:
    """What data of a flow must look like, told by its structure: schema/context/agency/name."""
    form = chosen(request.headers.get("Accept", ""), request.GET, STRUCTURE)
    flow, *_ = _addressed(path, ("dataflow", "datastructure", "*"), most=4)
    found = structures(lambda: [flow], ["dataflow", AGENCY, flow.id], _DESCENDANTS)
    return _kept(_message(replace(found, schema_of=flow), form), request, form, queries.state())


@told
def availability(request: HttpRequest, path: str) -> HttpResponse:
    """Which codes and times there are data for: availability/context/agency/flow/version/key."""
    parameters = request.GET.dict()
    form = chosen(request.headers.get("Accept", ""), parameters, STRUCTURE)
    flow, key, component = _addressed(path, ("dataflow", "*"), most=6)
    mode, references, asked = options(parameters)
    found = available(
        flow,
        wanted(flow, key, asked),
        partial(queries.rows, flow),
        mode=mode,
        names=component,
        references=references,
    )
    return _kept(_message(found, form), request, form, queries.state(flow.zone), flow)


@told
def observations(request: HttpRequest, path: str) -> HttpResponseBase:
    """Figures: data/dataflow/agency/flow/version/key."""
    parameters = request.GET.dict()
    accept = request.headers.get("Accept", "")
    if accept == "*/*" and path.startswith("*/"):
        accept = _WITHOUT_STRUCTURE
    form = chosen(accept, parameters, DATA)
    flow, key, _ = _addressed(path, ("dataflow", "*"), most=5)
    question = wanted(flow, key, parameters)
    if form == "csv":  # a table has no series that would have to stay together
        question = replace(question, by_time=False)
    if question.with_history:
        body = _history(flow, question, form)
    else:
        less, rows = data.told(flow, _some(queries.rows(flow, question)), question)
        body = _written(less, rows, form, by_time=question.by_time)
    response = StreamingHttpResponse(body, content_type=DATA[form])
    return _kept(response, request, form, queries.state(flow.zone), flow)


def _written(flow: Flow, rows: Iterable[Row], form: str, *, by_time: bool) -> Iterator[str]:
    if form == "csv":
        return data.as_csv(flow, rows)
    write = data.as_json if form == "json" else data_xml.as_xml
    return write(flow, rows, _prepared(), by_time=by_time)


def _history(flow: Flow, question: Wanted, form: str) -> Iterator[str]:
    """What was sent before as well. A table holds it day by day; each row says when it was known.

    Raises Fault.
    """
    found = queries.history(flow, question)
    if found is None:
        raise not_implemented("Verdicts are computed. Ask for a past day with asOf instead.")
    if not found:
        raise not_found("No observation fits the question.")
    less, _ = data.told(flow, (), question)
    days = [(day, data.told(flow, rows, question)[1]) for day, rows in found]
    if form == "csv":
        return data.as_csv(less, chain.from_iterable(rows for _, rows in days))
    write = data.as_json if form == "json" else data_xml.as_xml
    return write(less, (), _prepared(), by_time=question.by_time, history=days)


def _kept(
    response: Answer, request: HttpRequest, form: str, state: str, flow: Flow | None = None
) -> Answer:
    """The answer with a mark and a day, by which it need not be sent again until a change.

    The moment of its writing, which it names, is no change; so the mark is a weak one.
    """
    of = [request.get_full_path(), form, state, str(timezone.localdate()), __version__]
    changed = queries.changed(None if flow is None else flow.zone)
    response["Last-Modified"] = http_date(changed.timestamp())
    response["ETag"] = f'W/"{hashlib.sha256(chr(0).join(of).encode()).hexdigest()[:32]}"'
    return response


def _some(rows: Iterator[Row]) -> Iterator[Row]:
    """The rows again, once it is known that there is one: the standard answers none with 404."""
    first = next(rows, None)
    if first is None:
        raise not_found("No observation fits the question.")
    return chain([first], rows)


def _addressed(path: str, contexts: Sequence[str], *, most: int) -> tuple[Flow, str, str]:
    """The flow, the key and the component of an address; those not named are `*`. Raises Fault."""
    parts = path.rstrip("/").split("/")
    if not 3 <= len(parts) <= most:
        raise syntax(f"Write {'/'.join(_PARTS[:most])}.")
    context, agency, name, version, key, component = (*parts, "*", "*", "*")[:6]
    if context in ("datastructure", "provisionagreement") and context not in contexts:
        raise not_implemented("Ask for a dataflow.")
    if context not in contexts:
        raise syntax(f"There is no context {context[:40]!r}. Write dataflow.")
    if "," in name or name == "*":
        raise not_implemented("Ask for one dataflow at a time.")
    if agency not in (AGENCY, "*"):
        raise not_found(f"The only agency is {AGENCY}.")
    check_version(version)
    flow = queries.flow(name)
    if flow is None:
        raise not_found(f"There is no dataflow {name[:80]!r}.")
    return flow, key, component


@told
def other(request: HttpRequest, path: str) -> HttpResponse:
    """What the standard knows beside, and what it does not."""
    if path.split("/")[0] in ("metadata", "registration"):
        raise not_implemented("Offered are structure, schema, availability and data.")
    raise not_found("Offered are structure, schema, availability and data.")
