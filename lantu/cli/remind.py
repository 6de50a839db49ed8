"""`lantu remind`: letters and posts about what is due or late; for a timer."""

import argparse
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from lantu.kernel.access.models import Zone
    from lantu.services.notices.matters import Matter
    from lantu.services.notices.models import Message

HELP = "tell people and other systems what is due or late, by mail and webhook"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--zone", help="only this zone, by its short name")
    parser.add_argument("--dry-run", action="store_true", help="show what is due; send nothing")


def run(args: argparse.Namespace) -> int:
    from lantu.cli.django import ready

    ready()
    from django.conf import settings
    from django.utils import timezone

    from lantu.cli.setup import translate
    from lantu.cli.words import zone_of
    from lantu.kernel.access.queries import zones

    translate(settings.HOME)
    today = timezone.localdate()
    chosen = [zone_of(args.zone)] if args.zone else zones()
    matters = [one for zone in chosen for one in _matters(zone, today)]
    if args.dry_run:
        return _show(matters)
    return _send(chosen, matters, today, quiet=args.quiet)


def _matters(zone: "Zone", today: "date") -> "list[Matter]":
    """What the kernel's cases and the service of warnings have to tell."""
    from django.urls import reverse

    from lantu.core.warning.ladder import LEVELS
    from lantu.services.notices import matters
    from lantu.services.supervision import queries

    # A late case is a matter of its own, so a warning about it would be told twice.
    given = [
        matters.Given(
            f"warning/{one.pk}",
            one.level,
            one.title,
            {lang: f"{LEVELS[one.level][lang]}: {one.why[lang]}" for lang in ("zh", "en")},
            one.department,
            reverse("supervision_warning", args=[zone.slug, one.pk]),
        )
        for one in queries.open_warnings(zone).values()
        if one.sort != "case"
    ]
    return [*matters.due(zone, today), *matters.warned(zone, given)]


def _show(matters: "Sequence[Matter]") -> int:
    from lantu.kernel.access.models import User

    names = dict(User.objects.values_list("pk", "username"))
    for one in matters:
        people = ", ".join(names[pk] for pk in one.people) or "nobody"
        sys.stdout.write(
            f"{one.zone.slug}\t{one.key}\t{one.what['zh']}\t{one.title['zh']}\t{people}\n"
        )
    sys.stdout.write(f"{len(matters)} matters (trial)\n")
    return 0


def _public(chosen: "Sequence[Zone]", today: "date") -> "list[Message]":
    """Letters to those who subscribed to changed verdicts; what was never confirmed is deleted."""
    from django.utils import timezone

    from lantu.services.notices import queries
    from lantu.services.notices.actions import subscribing

    subscribing.forget_lapsed(timezone.now())
    return [
        message
        for zone in chosen
        for message in subscribing.tell_changes(zone, queries.states(zone), today=today)
    ]


def _send(
    chosen: "Sequence[Zone]", matters: "Sequence[Matter]", today: "date", *, quiet: bool
) -> int:
    from django.conf import settings
    from django.utils import timezone

    from lantu.services.notices.actions.composing import compose
    from lantu.services.notices.actions.sending import send_all

    has_mail = bool(settings.EMAIL_HOST)
    made = compose(matters, today=today, letters=has_mail, by=None)
    made += _public(chosen, today) if has_mail else []
    done = send_all(timezone.now())
    if not has_mail:
        sys.stdout.write("No letter is written or sent: set LANTU_MAIL_HOST. Posts are sent.\n")
    if not quiet:
        told = ", ".join(f"{count} {state}" for state, count in sorted(done.items()))
        sys.stdout.write(f"{len(matters)} matters, {len(made)} new messages; {told or 'none'}\n")
    return 0 if set(done) <= {"sent", "dropped"} else 1
