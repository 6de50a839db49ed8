"""Forms: what is wrong with one, in a sentence for each field."""

from django.forms import BaseForm
from django.utils.translation import gettext as _


def faults(form: BaseForm) -> str:
    """Each field with a fault, by its label, and what its faults are."""
    colon = _(":")
    return " ".join(
        f"{form.fields[name].label}{colon} {' '.join(told)}"
        if name in form.fields
        else " ".join(told)
        for name, told in form.errors.items()
    )
