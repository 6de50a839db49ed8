"""What letters say, in the languages that their reader wants."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from lantu.core.judging.states import WORDS
from lantu.kernel.access.models import User
from lantu.services.notices.matters import Matter, Words
from lantu.services.notices.models import Subscription

LANGUAGES = {"both": ("zh", "en"), "zh": ("zh",), "en": ("en",)}
CODES = {"zh": "zh-hans", "en": "en"}
SALT = "lantu.subscription"
RULE = "\n\n" + "—" * 30 + "\n\n"


def letter(person: User, matters: Sequence[Matter], *, language: str, root: str) -> tuple[str, str]:
    """Subject and text of a reminder; the late ones stand first."""
    order = {"late": 0, "warning": 1, "soon": 2}
    sorted_matters = sorted(matters, key=lambda one: order[one.sort])
    subjects, texts = [], []
    for lang in LANGUAGES[language]:
        with override(CODES[lang]):
            subjects.append(_("Lantu: %(count)s waiting for you") % {"count": len(matters)})
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


def address_to(view: str, subscription: Subscription) -> str:
    """The address of a page for one subscriber; whoever has it may act."""
    token = signing.dumps(str(subscription.key), salt=SALT)
    return settings.ADDRESS + reverse(view, args=[token])


def confirming(subscription: Subscription, title: str) -> tuple[str, str]:
    """Subject and text of the letter that asks whether the address was given by its owner."""
    with override(CODES[subscription.language]):
        subject = _("Lantu: confirm that you want to hear of changes")
        lines = [
            _("Somebody gave this address to hear of changes of: %(title)s") % {"title": title},
            _("If it was you, confirm it within two days:"),
            address_to("subscribe_confirm", subscription),
            "",
            _("If it was not you, do nothing: the address is deleted after two days."),
        ]
    return subject, "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Change:
    """A verdict that is another than the one told last."""

    title: Words
    was: str
    now: str
    path: str


def changed(subscription: Subscription, changes: Sequence[Change]) -> tuple[str, str]:
    """Subject and text of the letter that tells of changed verdicts."""
    lang, place = subscription.language, 0 if subscription.language == "zh" else 1
    zone = subscription.zone
    with override(CODES[lang]):
        name = zone.zh if lang == "zh" else zone.en
        sample = _(" (invented sample)") if zone.invented else ""
        subject = _("%(zone)s, changed verdicts: %(count)s") % {
            "zone": name + sample,
            "count": len(changes),
        }
        lines = [subject, ""]
        for one in changes:
            was, now = WORDS[one.was][place], WORDS[one.now][place]  # type: ignore[index]
            lines += [f"· {one.title[lang]}: {was} → {now}", f"  {settings.ADDRESS}{one.path}", ""]
        lines += [_("Hear no more of it:"), address_to("unsubscribe", subscription)]
    return subject, "\n".join(lines)
