"""How a period is called in the title of a return."""

import calendar

from lantu.core.figures.periods import Period


def in_words(span: Period) -> dict[str, str]:
    """2026年1—9月 and January–September 2026, as a statistical bureau writes them."""
    year, other, first, last = span.start_year, span.end_year, span.start_month, span.end_month
    names = calendar.month_name
    if span.is_year:
        return {"zh": f"{year}年", "en": str(year)}
    if span.months == 1:
        return {"zh": f"{year}年{first}月", "en": f"{names[first]} {year}"}
    if span.is_within_a_year:
        return {"zh": f"{year}年{first}—{last}月", "en": f"{names[first]}–{names[last]} {year}"}
    return {
        "zh": f"{year}年{first}月—{other}年{last}月",
        "en": f"{names[first]} {year} – {names[last]} {other}",
    }
