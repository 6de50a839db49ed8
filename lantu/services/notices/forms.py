"""The forms of wishes and webhooks."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lantu.services.notices.models import Wish


class WishForm(forms.ModelForm):
    """What a person wants to be told by mail."""

    class Meta:
        model = Wish
        fields = ["soon", "late", "warning", "language"]


class HookForm(forms.Form):
    """The address of another system."""

    address = forms.CharField(
        label=_("Address"),
        max_length=500,
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )


class SubscribeForm(forms.Form):
    """An address that wants to hear of changes."""

    address = forms.EmailField(label=_("Email address"), max_length=254)
    code = forms.CharField(
        label=_("Promise"), required=False, max_length=90, widget=forms.HiddenInput
    )
