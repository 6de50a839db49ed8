"""What letters say, in the languages that their reader wants."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from lantu.kernel.access.models import User
from lantu.services.notices.matters import Matter

LANGUAGES = {"both": ("zh", "en"), "zh": ("zh",), "en": ("en",)}
CODES = {"zh": "zh-hans", "en": "en"}
RULE = "\n\n" + "—" * 30 + "\n\n"


def letter(person: User, matters: Sequence[Matter], *, language: str, root: str) -> tuple[str, str]:
    """Subject and text of a reminder; the late ones stand first."""
    order = {"late": 0, "warning": 1, "soon": 2}
    sorted_matters = sorted(matters, key=lambda one: order[one.sort])
    subjects, texts = [], []
    for lang in LANGUAGES[language]:
        with override(CODES[lang]):
            subjects.append(_("Lantu: %(count)s matters for you") % {"count": len(matters)})
            texts.append(_text(person, sorted_matters, lang, root))
    return " · ".join(subjects), RULE.join(texts)


def _text(person: User, matters: Sequence[Matter], lang: str, root: str) -> str:
    name = person.get_full_name() or person.get_username()
    lines = [_("%(name)s, these matters wait for you:") % {"name": name}, ""]
    for one in matters:
        zone = one.zone.zh if lang == "zh" else one.zone.en
        sample = _(" (invented sample)") if one.zone.invented else ""
        title = one.title.get(lang) or one.title["zh"]
        lines += [f"· {title}", f"  {one.what[lang]} · {zone}{sample}", f"  {root}{one.path}", ""]
    lines += [
        _("You are told once of each step, and in one letter a day. Choose what you are told:"),
        root + reverse("wishes"),
    ]
    return "\n".join(lines)
