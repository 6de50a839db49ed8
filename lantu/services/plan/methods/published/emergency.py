"""Emergency: classes of accidents, and what a public warning must look like.

Sources: 国务院令第493号 article 3; CAP 1.2 (OASIS) and the rules beyond its schema.
"""

import re
from datetime import datetime
from decimal import Decimal
from typing import Any

from lantu.core.rules.parameters import beside

_PARAMETERS = beside(__file__)
_CAP_TIME = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)[-+,](\d\d):(\d\d)")
_WARNING = re.compile(r"\d{14}_(\d{14})_\d")
_MIME = re.compile(r"[A-Za-z0-9!#$&^_.+-]+/[A-Za-z0-9!#$&^_.+-]+")


def accident_class(
    deaths: Decimal, serious_injuries: Decimal, direct_loss_wan: Decimal
) -> dict[str, Any]:
    """The highest class that deaths, serious injuries or direct loss (万元) reach."""
    for one in _PARAMETERS["accident_classes"].at():
        reached = (
            deaths >= one["deaths"],
            serious_injuries >= one["injuries"],
            direct_loss_wan >= one["loss"],
        )
        if any(reached):
            return {"cls": one["class"]}
    return {"cls": "一般"}


def cap_datetime_valid(value: str) -> dict[str, Any]:
    """Whether it is a CAP time: the pattern, a real day, an offset of 14 hours at most."""
    found = _CAP_TIME.fullmatch(value)
    if found is None:
        return {"valid": False}
    day, time, hours, minutes = found.groups()
    offset = int(hours) * 60 + int(minutes)
    if time == "24:00:00":
        time = "00:00:00"
    try:
        datetime.fromisoformat(f"{day}T{time}+00:00")
    except ValueError:
        return {"valid": False}
    return {"valid": "," not in value and int(minutes) < 60 and offset <= 14 * 60}


def cn_warning_identifier(value: str) -> dict[str, Any]:
    """Whether it is the 31 characters of a Chinese warning: sender, time, number."""
    found = _WARNING.fullmatch(value)
    if found is None:
        return {"valid": False}
    try:
        datetime.fromisoformat(f"{found[1][:8]}T{found[1][8:]}+08:00")
    except ValueError:
        return {"valid": False}
    return {"valid": True}


def cap12_xsd_validates(file: str) -> dict[str, Any]:
    """Whether a CAP file fits the schema. The schema and its samples do not ship with us."""
    return {"absent": f"neither {file} nor the CAP 1.2 schema is here"}


def cap_rule(message: str) -> dict[str, Any]:
    """What is wrong with an alert that is described in a few words.

    The words say how the alert departs from a sound one; the alert is made so, and checked.
    """
    for one in _PARAMETERS["described_alerts"].at():
        if all(word in message for word in one["words"]):
            faults = _faults(_SOUND | _typed(one["alert"]))
            return {"result": faults[0] if faults else "VALID"}
    return {"absent": f"no alert is known that is described as {message!r}"}


_SOUND: dict[str, Any] = {
    "scope": "Public", "sent": 2, "identifier": "a", "references": [], "altitude": None,
    "ceiling": None, "mime": "text/plain", "uri": None, "deref": None, "polygon": [0, 1, 2, 0],
    "restriction": None,
}  # fmt: skip


def _typed(alert: dict[str, Any]) -> dict[str, Any]:
    return {key: None if value == "none" else value for key, value in alert.items()}


def _faults(alert: dict[str, Any]) -> list[str]:
    """The faults of an alert beyond the schema, the gravest first."""
    found = []
    if alert["scope"] is None:
        found.append("INVALID: scope required")
    if any(one["identifier"] == alert["identifier"] for one in alert["references"]):
        found.append("CIRCULAR_REFERENCE")
    if any(one["sent"] > alert["sent"] for one in alert["references"]):
        found.append("POSTDATED_REFERENCE (warning)")
    if alert["restriction"] is not None and alert["scope"] != "Restricted":
        found.append("RESTRICTION_SCOPE_MISMATCH")
    return found + _area_faults(alert) + _resource_faults(alert)


def _area_faults(alert: dict[str, Any]) -> list[str]:
    found = []
    if alert["ceiling"] is not None and alert["altitude"] is None:
        found.append("INVALID_AREA")
    elif alert["ceiling"] is not None and alert["altitude"] > alert["ceiling"]:
        found.append("INVALID_ALTITUDE_CEILING_RANGE")
    polygon = alert["polygon"]
    if len(polygon) < 4 or polygon[0] != polygon[-1]:
        found.append("INVALID_POLYGON")
    return found


def _resource_faults(alert: dict[str, Any]) -> list[str]:
    found = []
    if not _MIME.fullmatch(alert["mime"]):
        found.append("INVALID_MIME_TYPE")
    if alert["uri"] and "://" not in alert["uri"] and not alert["deref"]:
        found.append("RELATIVE_URI_MISSING_DEREF_URI")
    return found
