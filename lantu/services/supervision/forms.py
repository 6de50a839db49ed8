"""The forms of measures and orders."""

from django import forms
from django.utils.translation import gettext_lazy as _

DAY = forms.DateInput(attrs={"type": "date"})


class MeasureForm(forms.Form):
    """Why it is late and what is done about it."""

    cause = forms.CharField(label=_("Cause"), max_length=500, widget=forms.Textarea({"rows": 2}))
    action = forms.CharField(
        label=_("What is done"), max_length=500, widget=forms.Textarea({"rows": 2})
    )
    owner = forms.CharField(label=_("Who does it"), max_length=100)
    until = forms.DateField(label=_("Until"), widget=DAY)


class OrderForm(forms.Form):
    """Which department is ordered to do what."""

    department = forms.ChoiceField(label=_("Department"))
    matter = forms.CharField(label=_("Matter"), max_length=500, widget=forms.Textarea({"rows": 2}))
    due_on = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=DAY,
        help_text=_("Fifteen working days where none is given."),
    )

    def __init__(self, *args: object, departments: list[tuple[str, str]], **kw: object) -> None:
        super().__init__(*args, **kw)  # type: ignore[arg-type]
        self.fields["department"].choices = departments  # type: ignore[attr-defined]


class EvidenceForm(forms.Form):
    """A file that proves what was done."""

    file = forms.FileField(label=_("File"))
