"""Data as SDMX-ML 3.0, row by row: what clients read without knowing the structure before."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from xml.sax.saxutils import quoteattr

from lantu.services.opendata.sdmx.as_json import flow_urn, message_id
from lantu.services.opendata.sdmx.as_xml import COM, MES, clean
from lantu.services.opendata.sdmx.asking import FLAT
from lantu.services.opendata.sdmx.model import AGENCY, TIME, VALUE, Flow, Row, series

SPECIFIC = "http://www.sdmx.org/resources/sdmxml/schemas/v3_0/data/structurespecific"
INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
ROWS_AT_ONCE = 500


def as_xml(
    flow: Flow, rows: Iterable[Row], prepared: str, *, by_time: bool = False
) -> Iterator[str]:
    """SDMX-ML 3.0, all dimensions at the observation or series by series.

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
        f'<mes:DataSet ss:structureRef="{flow.id}" xsi:type="ns1:DataSetType"'
        ' ss:dataScope="DataStructure" ss:action="Information">'
    )
    of_key = lru_cache(maxsize=1024)(lambda key: _cells([one.id for one in flow.dimensions], key))
    names = [one.id for one in flow.attributes]
    of_attributes = lru_cache(maxsize=1024)(lambda marks: _cells(names, marks))

    def observation(row: Row, key: str) -> str:
        value = "" if row.value is None else f' {VALUE}="{row.value}"'
        return f'<Obs{key} {TIME}="{row.period}"{value}{of_attributes(row.attributes)}/>'

    if by_time:
        parts = (
            f"<Series{of_key(key)}>{''.join(observation(row, '') for row in found)}</Series>"
            for key, found in series(rows)
        )
    else:
        parts = (observation(row, of_key(row.key)) for row in rows)
    batch: list[str] = []
    for part in parts:
        batch.append(part)
        if len(batch) == ROWS_AT_ONCE:
            yield "".join(batch)
            batch.clear()
    yield "".join(batch) + "</mes:DataSet></mes:StructureSpecificData>"


def _cells(names: Iterable[str], texts: Iterable[str | None]) -> str:
    return "".join(
        f" {name}={quoteattr(clean(text))}"
        for name, text in zip(names, texts, strict=True)
        if text is not None
    )
