"""The last days of cases as a calendar that any program subscribes to (RFC 5545)."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from urllib.parse import urljoin

from lantu.kernel.cases.queries import Task

LONGEST = 73  # bytes of a line, before its end
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


def calendar_of(tasks: Sequence[Task], language: str, now: datetime, root: str) -> str:
    """One event a case that has a last day."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Lantu//Work//EN"]
    for task in tasks:
        lines += _event(task, language, now, root)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _event(task: Task, language: str, now: datetime, root: str) -> list[str]:
    line = task.line
    if line.due is None:
        return []
    acts = "、".join(act.label[language] for act in task.acts)
    return [
        "BEGIN:VEVENT",
        f"UID:{line.kind}-{line.key}@lantu",
        f"DTSTAMP:{now:%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{line.due.day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{line.due.day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{line.title[language].translate(_ESCAPED)}",
        f"DESCRIPTION:{acts.translate(_ESCAPED)}",
        f"URL:{urljoin(root, task.address)}",
        "END:VEVENT",
    ]


def _folded(line: str) -> Iterator[str]:
    """A long line goes on in the next one after a blank; letters are not cut in their bytes."""
    part = ""
    for letter in line:
        if len((part + letter).encode()) > LONGEST:
            yield part
            part = " "
        part += letter
    yield part
