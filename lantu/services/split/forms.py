"""The forms of one target's page."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lantu.core.figures.decimals import printed
from lantu.core.plans.splits import Sort
from lantu.kernel.commitments.models import Share


class FigureInput(forms.CharField):
    """A number as it is written: 261.0 is more exact than 261."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=40, **kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            return printed(text)
        except ValueError:
            raise forms.ValidationError(_("This is not a number. Write it as 12.5.")) from None


class HandForm(forms.Form):
    """A department's part."""

    department = forms.ChoiceField(label=_("Department"))
    part = forms.ChoiceField(label=_("Part"), choices=Share.Part)
    value = FigureInput(
        label=_("Takes over"),
        required=False,
        help_text=_("In the unit of the target. Left empty where the department only tracks it."),
    )
    weight = FigureInput(
        label=_("Base"),
        required=False,
        help_text=_("What the department's own rate is weighed by."),
    )

    def __init__(
        self, *args: Any, departments: Any, sort: Sort = "additive", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if sort == "additive":  # a sum has neither base nor denominator to weigh by
            del self.fields["weight"]
        elif sort == "ratio":
            self.fields["value"].label = _("Numerator")
            self.fields["value"].help_text = _(
                "The amount behind the share. Left empty where the department only tracks it."
            )
            self.fields["weight"].label = _("Denominator")
            self.fields["weight"].help_text = _("What the amount is divided by.")
        self.fields["department"].choices = departments  # type: ignore[attr-defined]


class AnnualForm(forms.Form):
    """A year's target and the paper that sets it."""

    year = forms.IntegerField(label=_("Year"))
    value = FigureInput(label=_("Target of the year"))
    document = forms.CharField(label=_("Paper that sets it"), max_length=200)


class RevisionForm(forms.Form):
    """Another target, why, and by which paper."""

    value = FigureInput(label=_("New target"))
    reason = forms.CharField(label=_("Reason"), max_length=500)
    document = forms.CharField(label=_("Paper that allows it"), max_length=200)
