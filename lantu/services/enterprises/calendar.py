"""Working days in China, make-up days and holidays included, as far as they are published."""

from datetime import date, timedelta


def is_working_day(day: date) -> bool:
    """Whether offices work. For a year whose holidays are not yet published: Monday to Friday."""
    import chinese_calendar

    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < 5


def after_working_days(start: date, days: int) -> date:
    """The last of `days` working days that follow `start`; the day of the act does not count."""
    day = start
    while days > 0:
        day += timedelta(days=1)
        days -= is_working_day(day)
    return day
