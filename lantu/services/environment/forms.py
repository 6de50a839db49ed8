"""The forms by which files of hourly values and of water samples come in."""

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _


class FileForm(forms.Form):
    """A file that is not over the largest size."""

    file = forms.FileField()

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if file.size is not None and file.size > settings.LARGEST_UPLOAD:
            raise forms.ValidationError(_("The file is over 50 MB. Split it."))
        return file


class SamplesForm(FileForm):
    """A table of water samples."""

    file = forms.FileField(label=_("Water samples"), help_text=_("csv or xlsx, up to 50 MB."))
    corrects = forms.BooleanField(
        label=_("These are corrections: they count in the place of samples that differ"),
        required=False,
    )
    dry_run = forms.BooleanField(label=_("A trial: report, but take nothing"), required=False)


class HoursForm(FileForm):
    """A csv file, and how its times are meant."""

    file = forms.FileField(label=_("Hourly values"), help_text=_("csv, up to 50 MB."))
    ends = forms.BooleanField(label=_("The times name the end of each hour"), required=False)
    corrects = forms.BooleanField(
        label=_("These are confirmed values: they take the place of provisional ones"),
        required=False,
    )
    dry_run = forms.BooleanField(label=_("A trial: report, but take nothing"), required=False)
