"""Which drafts a reader of the desk asks for, read from an address."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

from django.db.models import QuerySet

from lantu.core.figures.decimals import printed
from lantu.core.judging.records import FORMS
from lantu.services.reading.models import Draft, Reading

KINDS = ("target", "task", "project", "fact")
SURE = ("0.5", "0.7", "0.8", "0.9", "0.95")
KEYS = ("kind", "form", "state", "change", "sure")


@dataclass(frozen=True, slots=True)
class Asked:
    """A filter. Empty fields ask for everything."""

    kind: str = ""
    form: str = ""
    state: str = ""
    change: str = ""
    sure: str = ""  # at least so confident

    @property
    def query(self) -> str:
        """The same filter as a part of an address."""
        return urlencode({key: item for key in KEYS if (item := getattr(self, key))})

    @property
    def above(self) -> Decimal:
        return printed(self.sure) if self.sure else Decimal(0)


def asked(parameters: Mapping[str, str]) -> Asked:
    """Read a filter; what is not known is taken as not asked."""
    known = {
        "kind": KINDS,
        "form": FORMS,
        "state": tuple(Draft.State.values),
        "change": tuple(Draft.Change.values),
        "sure": SURE,
    }
    chosen = {key: parameters.get(key, "") for key in KEYS}
    return Asked(**{key: item for key, item in chosen.items() if item in known[key]})


def listed(reading: Reading, ask: Asked) -> QuerySet[Draft]:
    """The drafts of a filter in the order of the text."""
    found = Draft.objects.filter(reading=reading)
    for key in ("kind", "form", "state", "change"):
        if item := getattr(ask, key):
            found = found.filter(**{key: item})
    return found.filter(confidence__gte=ask.above) if ask.sure else found
