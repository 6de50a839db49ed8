"""What the open data of a zone are made of: flows, their observations, and the data sets."""

from lantu.services.opendata.queries.facts import facts_flow
from lantu.services.opendata.queries.flows import flow, flows, rows

__all__ = ["facts_flow", "flow", "flows", "rows"]
