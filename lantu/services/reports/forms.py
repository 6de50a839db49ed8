"""The forms of reports and opinions."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lantu.services.reports.models import Answer, Edition, Opinion


class DraftForm(forms.Form):
    """Which report, on the end of which year."""

    kind = forms.ChoiceField(label=_("Report"), choices=Edition.Kind.choices)
    year = forms.IntegerField(label=_("At the end of the year"), min_value=1990, max_value=2100)


class FinishedForm(forms.Form):
    """The docx as it was finished."""

    file = forms.FileField(label=_("Finished docx"))
    explanation = forms.CharField(
        label=_("Numbers from elsewhere"),
        max_length=500,
        required=False,
        help_text=_("Needed only where the file prints numbers that the snapshot does not hold."),
    )


class OpinionForm(forms.Form):
    """What somebody thinks of the plan; nobody has to say who they are."""

    text = forms.CharField(
        label=_("Your suggestion"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5})
    )
    source = forms.CharField(
        label=_("Your name"),
        max_length=200,
        required=False,
        help_text=_("It is shown with the suggestion. Leave it empty to stay anonymous."),
    )


class CollectedForm(OpinionForm):
    """An opinion that the office was given: by experts, a third party, a questionnaire."""

    sort = forms.ChoiceField(label=_("From whom"), choices=Opinion.Sort.choices)


class AnswerForm(forms.Form):
    """What became of an opinion, and why."""

    outcome = forms.ChoiceField(label=_("Outcome"), choices=Answer.Outcome.choices)
    text = forms.CharField(label=_("Answer"), max_length=1000, widget=forms.Textarea({"rows": 3}))
