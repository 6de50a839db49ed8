"""Acts on stations and sections, their values, and the results that follow from them."""

from lantu.services.environment.actions.hours import (
    GOOD_DAYS,
    INDEX,
    RATIO,
    add_batch,
    batch_paths,
    import_hours,
    next_number,
    publish_good_days,
    take,
)
from lantu.services.environment.actions.stations import add_station, ensure_station
from lantu.services.environment.actions.water import add_sample, import_samples, note_samples

__all__ = [
    "GOOD_DAYS",
    "INDEX",
    "RATIO",
    "add_batch",
    "add_sample",
    "add_station",
    "batch_paths",
    "ensure_station",
    "import_hours",
    "import_samples",
    "next_number",
    "note_samples",
    "publish_good_days",
    "take",
]
