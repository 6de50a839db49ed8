"""`lantu users`: create people and give them roles."""

import argparse
import getpass
import os
import sys
from typing import TYPE_CHECKING

from lantu.core.errors import Refused

if TYPE_CHECKING:
    from lantu.kernel.access.models import User, Zone

HELP = "create people and give them roles"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "do", choices=("add", "address", "grant", "revoke", "list"),
        help="make a person, set an address, give or take a role; list",
    )  # fmt: skip
    parser.add_argument("username", nargs="?", help="the name to sign in with")
    parser.add_argument("--zone", help="grant, revoke: the zone's short name")
    parser.add_argument("--role", help="leader planner clerk reviewer auditor administrator")
    parser.add_argument("--mail", help="add, address: the work address; '' takes it away")
    parser.add_argument("--department", default="", help="grant: a department of the zone's plan")


def run(args: argparse.Namespace) -> int:
    from lantu.cli.django import ready

    ready()
    from lantu.kernel.access import actions
    from lantu.kernel.access.models import Membership, User

    if args.do == "list":
        for found in Membership.objects.select_related("user", "zone").order_by("user__username"):
            parts = (found.user.username, found.zone.slug, found.role, found.department)
            sys.stdout.write("\t".join(parts).rstrip() + "\n")
        return 0
    if not args.username:
        raise Refused("Name a user: lantu users add NAME")
    if args.do == "add":
        made = actions.create_user(args.username, password=_password(), by=None)
        if args.mail:
            actions.set_address(made, args.mail, by=None)
        return 0
    user = User.objects.filter(username=args.username).first()
    if args.do == "address":
        if user is None or args.mail is None:
            raise Refused("Give an existing user and --mail.")
        actions.set_address(user, args.mail, by=None)
        return 0
    return _change(args, user)


def _change(args: argparse.Namespace, user: "User | None") -> int:
    """Grant or revoke a role."""
    from lantu.kernel.access import actions
    from lantu.kernel.access.models import Zone

    zone = Zone.objects.filter(slug=args.zone or "").first()
    if user is None or zone is None or not args.role:
        raise Refused("Give an existing user, --zone and --role.")
    if args.do == "revoke":
        actions.revoke_role(user, zone, args.role, by=None)
        return 0
    _refuse_unknown(zone, args.department)
    actions.grant_role(user, zone, args.role, by=None, department=args.department)
    return 0


def _refuse_unknown(zone: "Zone", department: str) -> None:
    from lantu.kernel.commitments import queries

    plan = queries.current_plan(zone)
    known = [] if plan is None else list(plan.departments)
    if department and known and department not in known:
        raise Refused(
            f"The plan knows no department {department}. Choose one of: {', '.join(known)}."
        )


def _password() -> str:
    """From LANTU_PASSWORD, or asked for twice; weak ones are refused."""
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    given = os.environ.get("LANTU_PASSWORD")
    password = given or getpass.getpass("Password: ")
    if given is None and password != getpass.getpass("Again: "):
        raise Refused("The two passwords differ. Try again.")
    try:
        validate_password(password)
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error
    return password
