"""The charts and the map of firms, as plain data for the scripts that draw them."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from lantu.core.figures.decimals import rounded
from lantu.kernel.access.models import Zone
from lantu.kernel.places.queries import drawn, outline
from lantu.services.enterprises.models import Round
from lantu.services.enterprises.queries.firm import FirmPage
from lantu.services.enterprises.queries.firms import ParcelLine
from lantu.services.enterprises.queries.rounds import CLASSES
from lantu.ui.asking import Asked
from lantu.ui.charts_steps import classes_over_years, waterfall
from lantu.ui.pages import language
from lantu.ui.templatetags.ui import as_printed_text


def score_chart(page: FirmPage) -> str:
    """The newest score, item by item; empty where there is none."""
    if page.latest is None or page.latest.result.score is None or not page.steps:
        return ""
    steps = [
        (step.label[language()], step.points) for step in page.steps if step.points is not None
    ]
    if page.latest.result.bonus:
        steps.append((_("Points added or taken off"), page.latest.result.bonus))
    words = {"total": _("Score"), "gain": _("Points"), "loss": _("Below zero")}
    return waterfall(steps, words, _("points"))


def class_chart(page: FirmPage) -> str:
    """The class of each year; empty where there are fewer than two."""
    words = {"final": _("Final"), "open": _("Not final")}
    rows = [
        {
            "year": str(one.year),
            "class": one.result.final_class,
            "state": words["final" if one.state == Round.State.FINAL else "open"],
        }
        for one in page.classes
        if one.result.final_class
    ]
    return classes_over_years(rows, CLASSES, words) if len(rows) > 1 else ""


def map_of(zone: Zone, parcels: list[ParcelLine], ask: Asked) -> dict[str, Any]:
    """The parcels as GeoJSON, within the border of the zone as it was on the day."""
    border = [one for one in outline(zone, ask.question.as_of) if one.kind == "zone"]
    under = drawn(border, language())
    return {
        "type": "FeatureCollection",
        "features": under + [_feature(zone, one, ask.query) for one in parcels],
    }


def _feature(zone: Zone, one: ParcelLine, query: str) -> dict[str, Any]:
    value = _("no data")
    if one.value is not None:
        value = f"{rounded(one.value, 2):f} {as_printed_text('万元/亩')}"
    name = (language() == "en" and one.firm_en) or one.firm
    address = f"{reverse('firm', args=[zone.slug, one.firm_code])}{query}" if one.firm_code else ""
    return {
        "type": "Feature",
        "geometry": {"type": "Polygon", "coordinates": [[*one.outline, one.outline[0]]]},
        "properties": {
            "code": one.code,
            "firm": name,
            "place": one.place,
            "told": f"{name} · {value}",
            "address": address,
        },
    }
