"""The sign-in library's forms, in the words of ours."""

from typing import Any

from allauth.account.forms import (
    ChangePasswordForm,
    LoginForm,
    ReauthenticateForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
)
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as MFAReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

LABELS = {
    "login": _("Username"),
    "password": _("Password"),
    "remember": _("Stay signed in on this device"),
    "oldpassword": _("Present password"),
    "password1": _("New password"),
    "password2": _("New password once more"),
    "email": _("Email address"),
    "code": _("Code"),
}


class Plain(forms.Form):
    """A form with our labels, and without a second label inside each box."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = LABELS.get(name, field.label)
            field.widget.attrs.pop("placeholder", None)


class SignIn(Plain, LoginForm):
    """Name and password."""


class ChangePassword(Plain, ChangePasswordForm):
    """The present password and the new one."""


class ChoosePassword(Plain, ResetPasswordKeyForm):
    """The new password of who came by a letter's link."""


class AskForLink(Plain, ResetPasswordForm):
    """The address to which the link to a new password goes."""

    @property
    def sends_mail(self) -> bool:
        return bool(settings.EMAIL_HOST)

    def clean(self) -> dict[str, Any] | None:
        """Refuse where no mail is sent: the page after it says that a letter is on its way."""
        if not self.sends_mail:
            raise ValidationError(
                gettext("This server sends no mail. Ask an administrator for a new password.")
            )
        cleaned: dict[str, Any] | None = super().clean()
        return cleaned


class PasswordAgain(Plain, ReauthenticateForm):
    """The password of who is signed in, before the account is changed."""


class SecondFactor(Plain, AuthenticateForm):
    """The code after the password."""


class SecondFactorAgain(Plain, MFAReauthenticateForm):
    """The code of who is signed in, before the account is changed."""


class FirstCode(Plain, ActivateTOTPForm):
    """The code that shows that the app knows the key."""
