"""What the words of several commands mean: a day, a zone."""

import argparse
from datetime import date
from typing import TYPE_CHECKING

from lantu.core.errors import Refused

if TYPE_CHECKING:
    from lantu.kernel.access.models import Zone


def day(text: str) -> date:
    """A day as 2023-12-31. Raises ArgumentTypeError, which argparse tells as wrong use."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date; write 2023-12-31") from error


def zone_of(slug: str) -> "Zone":
    """The zone of a short name. Raises Refused, which names those that there are."""
    from lantu.kernel.access.queries import zones

    found = zones()
    named = next((one for one in found if one.slug == slug), None)
    if named is None:
        names = ", ".join(one.slug for one in found) or "none yet"
        raise Refused(f"There is no zone {slug}. There are: {names}.")
    return named
