"""The forms of a scenario and its levers."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lantu.core.figures.decimals import printed
from lantu.core.whatif.levers import Growth, Lever, Policy, Project

Choices = list[tuple[str, str]]
_YEAR = re.compile(r"\s*(\d{4})\s*[:：=]\s*(\S+?)\s*")


class Number(forms.CharField):
    """A number as it is written; None where the field is left empty."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=40, **kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        return _printed(text) if text else None


def _printed(text: str) -> Decimal:
    try:
        return printed(text)
    except ValueError:
        raise forms.ValidationError(_("This is not a number. Write it as 12.5.")) from None


class ByYear(forms.CharField):
    """Amounts by year, as 2024: 3.5; 2025: 2."""

    def clean(self, value: Any) -> Any:
        found: dict[int, Decimal] = {}
        for one in filter(None, re.split(r"[;；,，\n]", super().clean(value) or "")):
            match = _YEAR.fullmatch(one)
            if match is None or int(match[1]) in found:
                raise forms.ValidationError(_("Write each year once, as 2024: 3.5; 2025: 2."))
            found[int(match[1])] = _printed(match[2])
        return found


class BeginForm(forms.Form):
    """A new scenario."""

    title = forms.CharField(label=_("What it assumes, in short"), max_length=120)
    as_of = forms.DateField(
        label=_("Goes on from the figures of"), widget=forms.DateInput(attrs={"type": "date"})
    )


class LeverForm(forms.Form):
    """What every lever has; `made` gives it as a record."""

    kind: type[Lever]
    title = forms.CharField(label=_("Name"), max_length=80)

    def __init__(self, data: Any = None, *, promises: Choices) -> None:
        super().__init__(data, auto_id=f"{type(self).__name__.lower()}_%s")
        for name, field in self.fields.items():
            if isinstance(field, forms.ChoiceField) and name in ("into", "invested_into"):
                first = [] if field.required else [("", "—")]
                field.choices = [*first, *promises]

    def made(self) -> Lever:
        """What was left empty is as by default."""
        return self.kind(**{k: v for k, v in self.cleaned_data.items() if v not in (None, "")})


class ProjectForm(LeverForm):
    """A project."""

    kind = Project
    into = forms.ChoiceField(label=_("Its output adds to"), required=False)
    output = Number(
        label=_("Output a year, when running"),
        required=False,
        help_text=_("Left empty it is unknown, which is not zero."),
    )
    runs_from = forms.IntegerField(label=_("Runs from the year"), required=False)
    invested_into = forms.ChoiceField(label=_("Its investment adds to"), required=False)
    investment = ByYear(
        label=_("Investment by year"), required=False, help_text=_("As 2024: 3.5; 2025: 2")
    )
    delay = forms.IntegerField(label=_("Late by, in years"), required=False)
    cancelled = forms.BooleanField(label=_("It is cancelled"), required=False)
    delay_risk = Number(label=_("Risk of slipping by another year, %"), required=False)
    cancel_risk = Number(label=_("Risk that it never comes, %"), required=False)


class GrowthForm(LeverForm):
    """A sector's growth."""

    kind = Growth
    into = forms.ChoiceField(label=_("Part of"))
    share = Number(label=_("Its share of the whole, %"))
    rate = Number(label=_("Grows a year by, %"))
    since = forms.IntegerField(label=_("From the year"))
    spread = Number(label=_("How far off the rate may be, points"), required=False)


class PolicyForm(LeverForm):
    """A policy's effect."""

    kind = Policy
    into = forms.ChoiceField(label=_("Adds to"))
    amount = Number(label=_("Effect a year"))
    relative = forms.BooleanField(
        label=_("The effect is in per cent of the figure"), required=False
    )
    since = forms.IntegerField(label=_("From the year"))
    until = forms.IntegerField(label=_("Until the year"), required=False)
    least = Number(label=_("At least"), required=False)
    most = Number(label=_("At most"), required=False)


LEVERS: Mapping[str, type[LeverForm]] = {
    "project": ProjectForm,
    "growth": GrowthForm,
    "policy": PolicyForm,
}
