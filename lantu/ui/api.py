"""What every service's API has in common."""

import re
from datetime import date
from typing import Annotated

from ninja import Field, Schema
from pydantic import BeforeValidator

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
EARLIEST, LATEST = date(1990, 1, 1), date(2100, 12, 31)


def _iso(value: object) -> object:
    """Only 2023-12-31; a bare number would be taken for seconds since 1970."""
    if isinstance(value, str) and not _DAY.fullmatch(value):
        raise ValueError("Write the day as 2023-12-31.")
    return value


IsoDay = Annotated[date, BeforeValidator(_iso)]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]


class Problem(Schema):
    """RFC 9457 problem details."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str


MISSING = {404: Problem, 422: Problem}


def within_reach(day: date | None) -> date:
    """The day asked about, or today. No plan reaches further, so a day beyond asks the same."""
    today = date.today()  # noqa: DTZ011  # the server's own day
    return min(max(day or today, EARLIEST), LATEST)
