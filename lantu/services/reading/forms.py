"""The forms of the reading desk."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lantu.core.errors import Refused
from lantu.core.figures.decimals import printed
from lantu.core.judging.records import FORMS
from lantu.core.reading.records import Proposal
from lantu.core.reading.ties import Ties
from lantu.services.reading.actions.loading import Told
from lantu.services.reading.naming import SORTS, Named
from lantu.ui.templatetags.ui import register

NUMBERS = ("value", "low", "high", "growth_pct", "base_value", "investment")
_APART = re.compile(r"[、，,；;\n]+")
_CODES = re.compile(r"[^0-9A-Za-z-]+")
YEARS = ("base_year", "target_year", "start_year", "finish_year")


class UploadForm(forms.Form):
    """A document as it lies on the disk, and which version it amends."""

    file = forms.FileField(label=_("Plan document"), help_text=_("docx, pdf, txt, md or html"))
    older = forms.ChoiceField(
        label=_("Amends"), required=False,
        help_text=_("For a new version of a plan: what changed is then shown side by side."),
    )  # fmt: skip

    def __init__(self, *args: Any, amendable: Mapping[int, str], **more: Any) -> None:
        super().__init__(*args, **more)
        choices = [("", _("nothing: it is a new plan")), *amendable.items()]
        field = self.fields["older"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


def _kinds() -> list[tuple[str, str]]:
    words = register.filters["record_name"]
    return [(kind, words(kind)) for kind in ("target", "task", "project", "fact")]


class DraftForm(forms.Form):
    """One draft; which of the fields count depends on its kind and form."""

    kind = forms.ChoiceField(label=_("Kind"), choices=_kinds)
    form = forms.ChoiceField(label=_("Form"), required=False)
    metric = forms.CharField(label=_("Metric or name"), max_length=300)
    en = forms.CharField(label=_("Its English name"), max_length=200, required=False)
    subject = forms.CharField(label=_("Of whom"), max_length=120, required=False)
    value = forms.CharField(label=_("Value"), max_length=40, required=False)
    low = forms.CharField(label=_("Lowest"), max_length=40, required=False)
    high = forms.CharField(label=_("Highest"), max_length=40, required=False)
    unit = forms.CharField(label=_("Unit"), max_length=40, required=False)
    growth_pct = forms.CharField(label=_("Mean growth, %"), max_length=40, required=False)
    target_year = forms.IntegerField(label=_("Year"), required=False)
    base_value = forms.CharField(label=_("Base value"), max_length=40, required=False)
    base_year = forms.IntegerField(label=_("Base year"), required=False)
    nature = forms.ChoiceField(label=_("Nature"), required=False)
    investment = forms.CharField(label=_("Investment, CNY 100 m"), max_length=40, required=False)
    area = forms.CharField(label=_("Area with its unit"), max_length=40, required=False)
    capacity = forms.CharField(label=_("Capacity"), max_length=200, required=False)
    start_year = forms.IntegerField(label=_("Begins"), required=False)
    finish_year = forms.IntegerField(label=_("Is done"), required=False)
    owner = forms.CharField(label=_("Who builds it"), max_length=200, required=False)
    scope = forms.CharField(
        label=_("Territorial scope"), max_length=60, required=False,
        help_text=_("as the plan prints it, for instance 不含代管镇"),
        widget=forms.TextInput(attrs={"list": "known-scopes"}),
    )  # fmt: skip
    lead = forms.CharField(
        label=_("Leading department"), max_length=60, required=False,
        widget=forms.TextInput(attrs={"list": "known-departments"}),
    )  # fmt: skip
    support = forms.CharField(
        label=_("Supporting departments"), max_length=1_000, required=False,
        help_text=_("set apart by 、"),
    )  # fmt: skip
    links = forms.CharField(
        label=_("Belongs together with"), max_length=2_000, required=False,
        help_text=_("codes of other drafts, set apart by blanks"),
    )  # fmt: skip

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for name in ("form", "nature"):
            field, words = self.fields[name], register.filters[f"{name}_name"]
            assert isinstance(field, forms.ChoiceField)
            known = FORMS if name == "form" else ("binding", "expected")
            field.choices = [("", "—"), *((one, words(one)) for one in known)]

    def ties(self) -> Ties:
        """Scope, departments and links as they were written."""
        told = self.cleaned_data
        support = (name.strip() for name in _APART.split(told["support"]))
        return Ties(
            scope=told["scope"].strip(),
            lead=told["lead"].strip(),
            support=tuple(filter(None, support)),
            links=tuple(filter(None, _CODES.split(told["links"]))),
        )

    def record(self, old: Proposal) -> Proposal:
        """The draft as it was written. Raises Refused for what is no number."""
        told = self.cleaned_data
        written: dict[str, Any] = {
            name: _number(str(self.fields[name].label), told[name]) for name in NUMBERS
        }
        written |= {name: told[name] for name in YEARS}
        kind = told["kind"]
        is_work = kind in ("task", "project")
        form = told["form"] or None
        if kind == "project":
            form = "milestone" if told["finish_year"] else "task"
        return replace(
            old,
            kind=kind,
            form=None if kind == "fact" else "task" if kind == "task" else form,
            tense="past" if kind == "fact" else "future",
            metric=told["metric"].strip(),
            subject=told["subject"].strip(),
            unit=told["unit"].strip(),
            nature=told["nature"] or None,
            comparator=None if is_work else _comparator(form, old.comparator),
            area=told["area"].strip(),
            capacity=told["capacity"].strip(),
            owner=told["owner"].strip(),
            **written,
        )


def _comparator(form: str | None, old: str | None) -> str | None:
    """At least and at most follow from the form; else as it was read."""
    return {"floor": ">=", "ceiling": "<=", "range": "range"}.get(form or "", old)


def _number(label: str, text: str) -> Decimal | None:
    if not text.strip():
        return None
    try:
        return printed(text)
    except ValueError:
        raise Refused(f"{label}: {text.strip()!r} is not a number. Write 12.5.") from None


class HeadForm(forms.Form):
    """How the plan is called, and which years it plans; the English names of what it names."""

    zh = forms.CharField(
        label=_("Title in Chinese"), max_length=200, widget=forms.TextInput(attrs={"size": 60})
    )
    en = forms.CharField(
        label=_("Title in English"), max_length=200, widget=forms.TextInput(attrs={"size": 60})
    )
    start = forms.IntegerField(label=_("First year"))
    end = forms.IntegerField(label=_("Last year"))
    outlook = forms.IntegerField(label=_("Year of the outlook"), required=False)
    number = forms.CharField(label=_("Document number"), max_length=80, required=False)
    issued = forms.DateField(
        label=_("Issued on"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, *args: Any, named: Sequence[Named], **more: Any) -> None:
        super().__init__(*args, **more)
        self._named = {f"{one.sort}-{one.slug}": one for one in named}
        for name, one in self._named.items():
            self.fields[name] = forms.CharField(
                label=_("English name of %(name)s") % {"name": one.zh},
                max_length=120, required=False, initial=one.en,
            )  # fmt: skip

    def told(self) -> Told:
        told = {name: item for name, item in self.cleaned_data.items() if name not in self._named}
        names: dict[str, dict[str, str]] = {sort: {} for sort in SORTS}
        for name, one in self._named.items():
            names[one.sort][one.zh] = self.cleaned_data[name]
        return Told(**told, names=names)
