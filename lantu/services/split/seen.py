"""What a page of the split showed, so that an act sees what a colleague changed meanwhile."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from lantu.core.figures.decimals import shown
from lantu.core.plans.splits import stand
from lantu.kernel.commitments.queries import Split


@dataclass(frozen=True, slots=True)
class Seen:
    """The parts by department, and the annual plan's targets by year; what is absent is empty."""

    parts: Mapping[str, str]
    years: Mapping[str, str]


def packed(found: Split) -> str:
    """For a hidden field."""
    parts = {one.department: stand(one.part, one.value, one.weight) for one in found.shares}
    years = {line.year: shown(line.value) for line in found.annual if line.value is not None}
    return json.dumps({"parts": parts, "years": years}, ensure_ascii=False, separators=(",", ":"))


def unpacked(text: str) -> Seen | None:
    """What the page showed when it was opened; None for a text that no page of ours wrote."""
    try:
        found = json.loads(text)
        parts, years = (
            {str(k): str(v) for k, v in found[one].items()} for one in ("parts", "years")
        )
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    return Seen(parts, years)
