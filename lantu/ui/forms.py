"""Forms: what is wrong with one, in a sentence for each field."""

from django.forms import BaseForm
from django.forms.utils import ErrorList
from django.utils.translation import gettext as _


def faults(form: BaseForm) -> str:
    """Each field with a fault, by its label, and what its faults are."""
    colon = _(": ")
    return " ".join(
        f"{form.fields[name].label}{colon}{_told(errors)}" if name in form.fields else _told(errors)
        for name, errors in form.errors.items()
    )


def _told(errors: ErrorList) -> str:
    return " ".join(str(one) for one in errors)
