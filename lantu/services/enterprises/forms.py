"""The forms of this service. What they forbid, the actions forbid too."""

from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from lantu.core.figures.decimals import printed
from lantu.services.enterprises.items import items
from lantu.services.enterprises.models import Ruling
from lantu.ui.pages import language


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}))


class ImportForm(forms.Form):
    """A file of firms or of their figures."""

    kind = forms.ChoiceField(
        label=_("What the file holds"),
        choices=[("figures", _("Yearly figures")), ("entities", _("The register of firms"))],
    )
    file = forms.FileField(
        label=_("File"), help_text=_("csv, xlsx or xls, up to 50 MB and 200,000 rows.")
    )
    reason = forms.CharField(
        label=_("Why figures that are known are superseded"), required=False, max_length=300,
        help_text=_("Without a reason, a row that differs from what is known is refused."),
    )  # fmt: skip
    partial = forms.BooleanField(
        label=_("Take the sound rows even if others are refused"), required=False
    )
    dry_run = forms.BooleanField(label=_("Only try: take nothing"), required=False)

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if file.size is not None and file.size > settings.LARGEST_UPLOAD:
            raise forms.ValidationError(_("The file is larger than 50 MB. Split it."))
        return file


class CodeForm(forms.Form):
    """A firm by its credit code."""

    code = forms.CharField(label=_("Social credit code"), max_length=18)


class ObjectionForm(CodeForm):
    """What a firm says against its result."""

    text = forms.CharField(
        label=_("What the firm objects to"), max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Write no names or numbers of people: only the firm speaks here."),
    )  # fmt: skip
    received_on = _day(_("Received on"))


class AnswerForm(forms.Form):
    """The answer to an objection."""

    is_upheld = forms.TypedChoiceField(
        label=_("Decision"), coerce=lambda value: value == "yes",
        choices=[("yes", _("Upheld")), ("no", _("Not upheld"))],
    )  # fmt: skip
    answer = forms.CharField(
        label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    appeal = forms.CharField(label=_("Where the firm can turn next"), max_length=300)


class CorrectionForm(CodeForm):
    """A corrected figure."""

    year = forms.IntegerField(label=_("Year"), min_value=1990, max_value=2100)
    item = forms.ChoiceField(label=_("Item"))
    value = forms.CharField(label=_("Value"), max_length=40)
    source = forms.CharField(label=_("Source"), max_length=200)
    reason = forms.CharField(label=_("Reason"), max_length=300)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        chosen = self.fields["item"]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = [
            (key, f"{one.label[language()]} ({one.unit})") for key, one in items().items()
        ]

    def clean_value(self) -> Decimal:
        try:
            return printed(self.cleaned_data["value"])
        except ValueError as error:
            raise forms.ValidationError(_("Write a number without a unit.")) from error


class RulingForm(CodeForm):
    """A ruling about a firm."""

    kind = forms.ChoiceField(label=_("Ruling"), choices=Ruling.Kind.choices)
    points = forms.DecimalField(label=_("Points"), required=False, min_value=0, max_value=50)
    other = forms.CharField(
        label=_("Code of the other firm (evaluated together)"), required=False, max_length=18
    )
    reason = forms.CharField(label=_("Reason"), max_length=300)
    source = forms.CharField(label=_("Paper"), required=False, max_length=200)


class DayForm(forms.Form):
    """The day of an act."""

    on = _day(_("Day"))


class ReasonForm(forms.Form):
    """The reason of an act."""

    reason = forms.CharField(label=_("Reason"), max_length=300)


class MergeForm(ReasonForm):
    """Into which firm another is merged."""

    into = forms.CharField(label=_("Code of the firm that stays"), max_length=18)
