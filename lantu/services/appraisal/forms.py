"""The forms of both appraisals."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

Choices = list[tuple[str, str]]
ENDS = [("keep", _("keep it")), ("amend", _("amend it")), ("abolish", _("abolish it"))]


def _text(label: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=1000, widget=forms.Textarea({"rows": 2}))


class BeforeForm(forms.Form):
    """What is asked before a policy comes."""

    title = forms.CharField(label=_("Policy"), max_length=120)
    codes = forms.MultipleChoiceField(
        label=_("Promises that it serves"),
        help_text=_("Hold Ctrl (on a Mac: ⌘) to choose several."),
        widget=forms.SelectMultiple({"size": 8}),
    )
    aim = _text(_("What it aims at"))
    affected = _text(_("Who is affected, and how they were heard"))
    cost = _text(_("What it costs, and who bears it"))
    alternatives = _text(_("What else could be done"))
    competition = _text(_("Fair-competition review: finding and ground"))
    risk = _text(_("Risks, and what is done about them"))

    def __init__(self, data: Any = None, *, promises: Choices, earlier: Choices) -> None:
        super().__init__(data)
        self.fields["codes"].choices = promises  # type: ignore[attr-defined]
        if "before" in self.fields:
            self.fields["before"].choices = [("", "—"), *earlier]  # type: ignore[attr-defined]


class AfterForm(BeforeForm):
    """What is asked afterwards."""

    aim = affected = alternatives = competition = risk = None  # type: ignore[assignment]
    before = forms.ChoiceField(label=_("Its appraisal before"), required=False)
    as_of = forms.DateField(
        label=_("Held against the verdicts of"), widget=forms.DateInput(attrs={"type": "date"})
    )
    effect = _text(_("What it brought, against its aim"))
    end = forms.ChoiceField(label=_("What follows"), choices=ENDS)
    reason = _text(_("Why"))


FORMS: dict[str, type[BeforeForm]] = {"before": BeforeForm, "after": AfterForm}
