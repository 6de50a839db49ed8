"""Surface water: class of an item, grade of a river, trophic state, black and odorous water.

Sources: GB 3838-2002 table 1; 环办〔2011〕22号; 总站生字〔2001〕090号; the guide of 2015.
"""

import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from lantu.core.errors import Refused
from lantu.core.rules.parameters import beside, percent

_PARAMETERS = beside(__file__)
_CLASSES = ("I", "II", "III", "IV", "V")
_CONCENTRATIONS = {
    "chla_mg_m3": "chla",
    "TP_mg_l": "TP",
    "TN_mg_l": "TN",
    "SD_m": "SD",
    "CODMn_mg_l": "CODMn",
}


def item_class(item: str, value: Decimal) -> dict[str, Any]:
    """The class of one item, I to V or 劣V; equal limits give the better class.

    The item by its code or its Chinese name in the standard, brackets of either width.
    """
    table = _PARAMETERS["limits"].at()
    plain = unicodedata.normalize("NFKC", item).strip()
    item = _PARAMETERS["item_names"].at().get(plain, plain)
    if item == "pH":
        low, high = table["range"]["pH"]
        return {"cls": "I" if low <= value <= high else "劣V"}
    if item in table["least"]:
        limits, fits = table["least"][item], lambda limit: value >= limit
    elif item in table["most"]:
        limits, fits = table["most"][item], lambda limit: value <= limit
    else:
        raise Refused(f"{item} is not an item of GB 3838 table 1.")
    return {
        "cls": next((c for c, limit in zip(_CLASSES, limits, strict=True) if fits(limit)), "劣V")
    }


def river_grade(good_pct: Decimal, worse_than_V_pct: Decimal) -> dict[str, Any]:
    """The grade of a river by its shares of sections of class I to III and worse than V."""
    for one in _PARAMETERS["river_grades"].at():
        if good_pct >= one["good_from"] and worse_than_V_pct < one["bad_below"]:
            return {"grade": one["grade"]}
    return {"grade": None}


def section_ratio_and_grade(
    total: Decimal, class_I_III: Decimal, class_worse_than_V: Decimal
) -> dict[str, Any]:
    """Both shares of the monitored sections, and the grade that follows from them unrounded."""
    if class_I_III + class_worse_than_V > total:
        raise Refused(f"{class_I_III} and {class_worse_than_V} are more than {total} sections.")
    good, bad = percent(class_I_III, total), percent(class_worse_than_V, total)
    if good is None or bad is None:
        return {"good_pct": None, "worse_than_V_pct": None, "grade": None}
    return {"good_pct": good, "worse_than_V_pct": bad, "grade": river_grade(good, bad)["grade"]}


def tli_class(TLI: Decimal) -> dict[str, Any]:
    """The trophic state; 30 to 50 is 中营养 at both ends."""
    states = _PARAMETERS["trophic_states"].at()
    if states[0]["below"] > TLI:
        return {"cls": states[0]["state"]}
    return {"cls": next(one["state"] for one in states[1:] if one.get("up_to", TLI) >= TLI)}


def tli_weighted_sum(r2: Mapping[str, Decimal], **parts: Decimal) -> dict[str, Any]:
    """The trophic index: the parts weighted by r², renormalised over the parts that are there."""
    named = {name.removeprefix("TLI_"): value for name, value in parts.items()}
    weight = sum((r2[name] for name in named), Decimal(0))
    index = sum((r2[name] * value for name, value in named.items()), Decimal(0)) / weight
    return {"TLI": index, **tli_class(index)}


def tli_from_concentrations(**concentrations: Decimal) -> dict[str, Any]:
    """The trophic index from chlorophyll a (mg/m³), TP, TN, CODMn (mg/L) and transparency (m)."""
    table = _PARAMETERS["trophic_items"].at()
    parts = {}
    for key, value in concentrations.items():
        if key not in _CONCENTRATIONS:
            raise Refused(f"{key} is not a part of the trophic index.")
        if value is not None and value > 0:
            one = table[_CONCENTRATIONS[key]]
            parts[_CONCENTRATIONS[key]] = 10 * (one["constant"] + one["slope"] * value.ln())
    if not parts:
        return {"TLI": None, "cls": None}
    return tli_weighted_sum({name: table[name]["r2"] for name in parts}, **parts)


def black_odorous_sample(**values: Decimal) -> dict[str, Any]:
    """One sample: 重度指标 where any item is at the heavy level, 轻度黑臭, or 非黑臭."""
    found = "非黑臭"
    for name, limits in _PARAMETERS["black_odorous"].at().items():
        value = values.get(name)
        if value is None:
            continue
        if limits["worse"] == "less":
            heavy, light = value < limits["heavy"], value <= limits["light"]
        else:
            heavy, light = value > limits["heavy"], value >= limits["light"]
        if heavy:
            return {"cls": "重度指标"}
        found = "轻度黑臭" if light else found
    return {"cls": found}
