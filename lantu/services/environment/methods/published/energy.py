"""Energy: intensity and its decline, standard coal, and the rates of an eco-industrial park.

Sources: the 2020 bulletin's definitions; GB/T 2589-2020 as transcribed; HJ 274-2015.
"""

import unicodedata
from decimal import Decimal
from typing import Any

from lantu.core.errors import Refused
from lantu.core.figures.decimals import power
from lantu.core.rules.parameters import beside, percent
from lantu.core.rules.published import total

_PARAMETERS = beside(__file__)


def intensity_change_from_growth(
    energy_growth_pct: Decimal, gdp_growth_pct: Decimal
) -> dict[str, Any]:
    """The change of energy per GDP from both growth rates, in %: a quotient, not a difference."""
    change = (100 + energy_growth_pct) / (100 + gdp_growth_pct) - 1
    return {"intensity_change_pct": change * 100}


def intensity_change_from_levels(prev: Decimal, cur: Decimal) -> dict[str, Any]:
    """The change from one year's intensity to the next, in %."""
    return {"change_pct": None if prev == 0 else (cur / prev - 1) * 100}


def annual_from_cumulative_decline(total_decline: Decimal, years: Decimal) -> dict[str, Any]:
    """The yearly decline, in %, that compounds to a total decline (a share) over some years."""
    return {"annual_pct": (1 - power(1 - total_decline, 1, int(years))) * 100}


def cumulative_from_annual_declines(annual: list[Decimal]) -> dict[str, Any]:
    """Yearly declines (shares) compounded, in %: a product, never their sum."""
    left = Decimal(1)
    for decline in annual:
        left *= 1 - decline
    return {"total_pct": (1 - left) * 100}


def energy_conversion(energy: str, **quantities: Decimal) -> dict[str, Any]:
    """Tonnes of standard coal and of CO2 of a quantity in kg, m³, MJ or kWh (`qty_kg` …)."""
    plain = unicodedata.normalize("NFKC", energy).strip()
    factors = _PARAMETERS["factors"].at().get(_PARAMETERS["energy_names"].at().get(plain, plain))
    if factors is None:
        raise Refused(f"There is no factor of standard coal for {energy}.")
    found: dict[str, Any] = {}
    for name, quantity in quantities.items():
        measure = name.removeprefix("qty_")
        if measure not in factors:
            raise Refused(f"{energy} has no factor for {measure}.")
        one = factors[measure]
        kgce = quantity * one["kgce"] / one.get("per", Decimal(1))
        found["tce"] = kgce / 1000
        if "kg_co2" in one:
            found["t_co2"] = quantity * one["kg_co2"] / 1000
        elif "co2_per_ce" in one:
            found["t_co2"] = kgce * one["co2_per_ce"] / 1000
    return found


def electricity_net_of_pv(uses_kwh: list[Decimal], pv_kwh: Decimal) -> dict[str, Any]:
    """Electricity used less what was made on the own roof, and its standard coal (当量值)."""
    net = total(uses_kwh) - pv_kwh
    return {"net_kwh": net, "tce": energy_conversion("电力", qty_kwh=net)["tce"]}


def solid_waste_utilisation(
    used: Decimal, generated: Decimal, prior_stock_used: Decimal
) -> dict[str, Any]:
    """Waste put to use in all waste made; stock of earlier years enters above and below."""
    return {"pct": percent(used, generated + prior_stock_used)}


def elasticity(energy_growth_pct: Decimal, va_growth_pct: Decimal) -> dict[str, Any]:
    """Growth of consumption over growth of value added; null where output did not grow."""
    if va_growth_pct <= 0:
        return {"value": None, "meets_0_6": False}
    value = energy_growth_pct / va_growth_pct
    return {"value": value, "meets_0_6": value <= _PARAMETERS["elasticity_limit"].at()}


def indicator_counts(classes: Decimal, required: Decimal, optional: Decimal) -> dict[str, Any]:
    """How many indicators a scheme has: the required and the optional ones."""
    return {"total": required + optional, "classes": classes}
