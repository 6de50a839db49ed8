"""What a person has done of the guide. It is theirs alone, so the ledger does not tell of it."""

from django.contrib.sessions.backends.base import SessionBase

KEY = "guide"


def done(session: SessionBase) -> list[str]:
    """The names of the steps that this person has ticked off."""
    return [name for name in session.get(KEY, []) if isinstance(name, str)]


def tick(session: SessionBase, name: str, *, is_done: bool) -> None:
    """Tick a step off, or take the tick back."""
    others = [one for one in done(session) if one != name]
    session[KEY] = [*others, name] if is_done else others


def begin_again(session: SessionBase) -> None:
    """Forget what was ticked off."""
    session.pop(KEY, None)
