"""Publishing: the zone's totals become facts, which the plan's commitments read."""

from datetime import date

from lantu.core.figures.decimals import rounded
from lantu.core.figures.periods import Period
from lantu.core.plans.records import Observed
from lantu.kernel.access.actions import record
from lantu.kernel.access.models import User, Zone
from lantu.kernel.facts.actions import import_observed, supersede
from lantu.kernel.facts.models import Observation
from lantu.services.enterprises.entrants import figures_of, ratio_of_sums
from lantu.services.enterprises.items import RATIOS
from lantu.services.enterprises.models import FirmYear

PUBLISHED = ("tax_per_mu", "va_per_mu")
INDICATOR = {"tax_per_mu": "工业用地亩均税收", "va_per_mu": "工业用地亩均增加值"}
PLACES = 4


def publish_totals(zone: Zone, year: int, *, on: date, by: User | None) -> dict[str, str]:
    """Publish the zone's figures per mu of a year: sums over sums of all firms that report both.

    A figure that was published before and differs is superseded. Call it in the act's transaction.
    """
    rows = FirmYear.objects.filter(zone=zone, year=year, entity__merged_into__isnull=True)
    many = [figures_of(row) for row in rows]
    told = {}
    for key in PUBLISHED:
        exact = ratio_of_sums(key, many)
        if exact is None:
            continue
        value = rounded(exact, PLACES)
        told[key] = f"{value:f}"
        observed = Observed(
            indicator=INDICATOR[key], subject=zone.zh, period=Period(year, 1, year, 12),
            value=value, unit=RATIOS[key].unit, kind="level", vintage="评价定稿",
            source_title=f"亩均效益综合评价（{year}年度）{'，虚构' if zone.invented else ''}",
            published_on=on.isoformat(), known_on=on,
        )  # fmt: skip
        _publish(zone, observed, on, by)
    record(
        zone=zone, by=by, act="publish", object_type="zone-totals", object_key=str(year), after=told
    )
    return told


def _publish(zone: Zone, observed: Observed, on: date, by: User | None) -> None:
    known = (
        Observation.objects.filter(
            zone=zone, indicator__zh=observed.indicator, subject__zh=observed.subject,
            period=str(observed.period), superseded_by__isnull=True,
        ).order_by("-pk").first()
    )  # fmt: skip
    if known is None:
        import_observed(zone, [observed], source="enterprises.per_mu_tax", by=by)
    elif known.value != observed.value and by is not None:
        reason = "the evaluation was made final anew"
        supersede(known, value=observed.value, reason=reason, known_on=on, by=by)
