"""Printing: what a promise says, as short as a cell of a table."""

from lantu.core.plans.records import PlanCommitment


def target_of(record: PlanCommitment) -> str:
    """What is promised, as printed and in short; empty where no single number or day is."""
    if record.target_date is not None:
        return record.target_date.isoformat()
    if record.low is not None and record.high is not None:
        return f"{record.low:f}–{record.high:f}"
    for value, sign in (
        (record.growth_pct, ""),
        (record.target_value, ""),
        (record.n, ""),
        (record.k, "×"),
    ):
        if value is not None:
            mark = record.bound if record.bound in (">", "<", ">=", "<=") else sign
            return f"{mark.replace('>=', '≥').replace('<=', '≤')}{value:f}"
    return ""


def unit_of(record: PlanCommitment) -> str:
    """The unit of what is promised: growth and falls are in per cent, so many times has none."""
    if record.k is not None and record.target_value is None:
        return ""
    return "%" if record.form in ("growth", "reduction") else record.target_unit
