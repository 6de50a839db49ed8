"""The forms of data returns."""

from datetime import date

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lantu.services.returns.actions import VINTAGES
from lantu.ui.templatetags.ui import as_printed_text


def _vintages() -> list[tuple[str, str]]:
    return [(one, as_printed_text(one)) for one in VINTAGES]


class IssueForm(forms.Form):
    """For which period figures are asked, and until when."""

    period = forms.CharField(
        label=_("Period"), max_length=20, help_text=_("such as 2023, or 2023-01/2023-09")
    )
    vintage = forms.ChoiceField(
        label=_("Vintage"),
        choices=_vintages,
        help_text=_(
            "The flash figure comes first; a later one stands beside it, not in its place."
        ),
    )
    due_on = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_(
            "Ten working days from today if left empty. Asking again with another day moves it."
        ),
    )

    def clean_due_on(self) -> date | None:
        day: date | None = self.cleaned_data["due_on"]
        if day is not None and day < timezone.localdate():
            raise forms.ValidationError(_("This day is over. Choose a day to come."))
        return day


class UploadForm(forms.Form):
    """The spreadsheet that was filled in."""

    file = forms.FileField(label=_("Filled-in spreadsheet"))


class EvidenceForm(forms.Form):
    """A file that proves the figure of a line."""

    code = forms.CharField(label=_("Line"), max_length=90)
    file = forms.FileField(label=_("File"))
