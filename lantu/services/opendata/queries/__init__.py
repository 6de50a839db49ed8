"""What the open data of a zone are made of: flows, their observations, and the data sets."""

from lantu.services.opendata.queries.datasets import (
    Dataset,
    Distribution,
    dataset,
    datasets,
    series,
    wholes,
)
from lantu.services.opendata.queries.flows import (
    changed,
    flow,
    flow_of_verdicts,
    flows,
    history,
    rows,
    state,
)
from lantu.services.opendata.queries.news import Due, Item, due, loaded, news
from lantu.services.opendata.queries.projects import oc4ids
from lantu.services.opendata.queries.verdicts import verdict_row, year_ends
from lantu.services.opendata.queries.ways import Way, ways
from lantu.services.opendata.queries.whole import WholeFlow

__all__ = [
    "Dataset",
    "Distribution",
    "Due",
    "Item",
    "Way",
    "WholeFlow",
    "changed",
    "dataset",
    "datasets",
    "due",
    "flow",
    "flow_of_verdicts",
    "flows",
    "history",
    "loaded",
    "news",
    "oc4ids",
    "rows",
    "series",
    "state",
    "verdict_row",
    "ways",
    "wholes",
    "year_ends",
]
