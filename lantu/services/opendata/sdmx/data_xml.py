"""Data as SDMX-ML 3.0, row by row: what clients read without knowing the structure before."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from xml.sax.saxutils import quoteattr

from lantu.services.opendata.sdmx.as_json import flow_urn, message_id
from lantu.services.opendata.sdmx.as_xml import COM, MES, clean
from lantu.services.opendata.sdmx.asking import FLAT
from lantu.services.opendata.sdmx.data import Told
from lantu.services.opendata.sdmx.model import AGENCY, TIME, VALUE, Flow, Row, series

SPECIFIC = "http://www.sdmx.org/resources/sdmxml/schemas/v3_0/data/structurespecific"
INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
ROWS_AT_ONCE = 500


def as_xml(
    flow: Flow,
    rows: Iterable[Row],
    prepared: str,
    *,
    by_time: bool = False,
    history: Iterable[Told] | None = None,
) -> Iterator[str]:
    """SDMX-ML 3.0, all dimensions at the observation or series by series.

    With a history, a data set for each day on which figures came to be known, and no `rows`.

    What is missing has no attribute of XML: an unknown value is not an empty one.
    """
    at = TIME if by_time else FLAT
    space = f"{flow_urn(flow)}:ObsLevelDim:{at}"
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<mes:StructureSpecificData xmlns:mes="{MES}" xmlns:com="{COM}" xmlns:ss="{SPECIFIC}"'
        f' xmlns:xsi="{INSTANCE}" xmlns:ns1="{space}"><mes:Header>'
        f"<mes:ID>{message_id(prepared)}</mes:ID><mes:Test>false</mes:Test>"
        f'<mes:Prepared>{prepared}</mes:Prepared><mes:Sender id="{AGENCY}"/>'
        f'<mes:Structure structureID="{flow.id}" namespace="{space}"'
        f' dimensionAtObservation="{at}">'
        f"<com:StructureUsage>{flow_urn(flow)}</com:StructureUsage></mes:Structure></mes:Header>"
    )
    of_key = lru_cache(maxsize=1024)(lambda key: _cells([one.id for one in flow.dimensions], key))
    names = [one.id for one in flow.attributes]
    of_attributes = lru_cache(maxsize=1024)(lambda marks: _cells(names, marks))

    def observation(row: Row, key: str) -> str:
        value = "" if row.value is None else f' {VALUE}="{row.value}"'
        return f'<Obs{key} {TIME}="{row.period}"{value}{of_attributes(row.attributes)}/>'

    def parts(rows: Iterable[Row]) -> Iterator[str]:
        if not by_time:
            yield from (observation(row, of_key(row.key)) for row in rows)
            return
        for key, found in series(rows):
            told = "".join(observation(row, "") for row in found)
            yield f"<Series{of_key(key)}>{told}</Series>"

    for day, found in [("", rows)] if history is None else history:
        since = f' ss:validFromDate="{day}"' if day else ""
        yield (
            f'<mes:DataSet ss:structureRef="{flow.id}" xsi:type="ns1:DataSetType"'
            f' ss:dataScope="DataStructure" ss:action="Information"{since}>'
        )
        every = parts(found)
        while batch := "".join(islice(every, ROWS_AT_ONCE)):
            yield batch
        yield "</mes:DataSet>"
    yield "</mes:StructureSpecificData>"


def _cells(names: Iterable[str], texts: Iterable[str | None]) -> str:
    return "".join(
        f" {name}={quoteattr(clean(text))}"
        for name, text in zip(names, texts, strict=True)
        if text is not None
    )
