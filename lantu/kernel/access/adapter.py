"""Nobody signs up: people are created by an administrator. And what the sign-in library says."""

from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _t

from lantu.kernel.access import queries

_TOO_MANY = _t("Too many tries. Wait five minutes and try again.")


class Adapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _t(
            "The username or the password is wrong. Five wrong tries lock both for an hour."
        ),
        "incorrect_password": _t("The password is wrong."),
        "enter_current_password": _t("This is not your present password."),
        "too_many_login_attempts": _TOO_MANY,
        "rate_limited": _TOO_MANY,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Tell who is shut out so; else even the right password would be called wrong."""
        if not AxesProxyHandler.is_allowed(request, credentials):
            raise ValidationError(
                _("Too many wrong passwords. Wait an hour, or ask an administrator.")
            )
        super().pre_authenticate(request, **credentials)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The overview of one's zone: what is due there stands on it. Else the list of zones."""
        mine = queries.zones_of(request.user)
        return reverse("overview", args=[mine[0]]) if len(mine) == 1 else "/"

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Away from the form: shown once more, it looks as if it had to be filled in again."""
        return self.get_login_redirect_url(request)

    def format_email_subject(self, subject: str) -> str:
        """As it is: the library would put the name of the host before it."""
        return subject

    def get_reset_password_from_key_url(self, key: str) -> str:
        """A link that begins as those in all letters do, not with the name that a request gave."""
        path = urlsplit(super().get_reset_password_from_key_url(key)).path
        return f"{settings.ADDRESS}{path}"


class SecondFactors(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _t(
            "The code is wrong. It changes every half minute; check the clock of the phone."
        ),
    }
