"""The form by which a file of figures comes in."""

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lantu.core.figures.decimals import printed


class ImportForm(forms.Form):
    """A csv or xlsx file, and what to do where a row is refused."""

    file = forms.FileField(
        label=_("File"), help_text=_("csv, xlsx or xls, up to 50 MB and 200,000 rows.")
    )
    partial = forms.BooleanField(
        label=_("Take the sound rows even if others are refused"), required=False
    )
    dry_run = forms.BooleanField(label=_("Only try: take nothing"), required=False)

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if file.size is not None and file.size > settings.LARGEST_UPLOAD:
            raise forms.ValidationError(_("The file is larger than 50 MB. Split it."))
        return file


class SupersedeForm(forms.Form):
    """A figure that was wrong, and the one that takes its place."""

    value = forms.CharField(label=_("The right value"), max_length=40)
    known_on = forms.DateField(
        label=_("Known on"), widget=forms.DateInput(attrs={"type": "date"}), localize=False
    )
    reason = forms.CharField(
        label=_("What was wrong"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )

    def clean_known_on(self) -> date:
        day: date = self.cleaned_data["known_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(
                _("Nobody knows it yet on that day. Write a day that came.")
            )
        return day

    def clean_value(self) -> Any:
        try:
            return printed(self.cleaned_data["value"])
        except ValueError:
            raise forms.ValidationError(_("This is not a number. Write it as 12.5.")) from None
