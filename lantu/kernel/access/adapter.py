"""Nobody signs up: people are created by an administrator."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from axes.handlers.proxy import AxesProxyHandler
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _


class Adapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Tell who is shut out so; else even the right password would be called wrong."""
        if not AxesProxyHandler.is_allowed(request, credentials):
            raise ValidationError(
                _("Too many wrong passwords. Wait an hour, or ask an administrator.")
            )
        super().pre_authenticate(request, **credentials)
