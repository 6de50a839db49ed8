"""The share of good days."""

import ibis.expr.types as ir


def good_day_ratio(good_days: ir.NumericColumn, valid_days: ir.NumericColumn) -> ir.NumericColumn:
    """Days with an index up to 100 in all valid days, in %.

    One value per station or zone and year. Null where no day was valid: days without an index are
    left out above and below.
    """
    return good_days / valid_days.nullif(0) * 100
