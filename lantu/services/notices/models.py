"""Messages that wait or were sent, what they told, and who wants to be told."""

import uuid

from django.db import models
from django.utils.crypto import get_random_string, salted_hmac
from django.utils.translation import gettext_lazy as _

from lantu.kernel.access.models import User, Zone


def new_salt() -> str:
    return get_random_string(22)


class Wish(models.Model):
    """What a person wants to be told by mail. Without a row: everything, in both languages."""

    class Language(models.TextChoices):
        BOTH = "both", _("Chinese and English")
        CHINESE = "zh", _("Chinese")
        ENGLISH = "en", _("English")

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="wish")
    soon = models.BooleanField(_("What is due soon"), default=True)
    late = models.BooleanField(_("What is late"), default=True)
    warning = models.BooleanField(_("Warnings"), default=True)
    language = models.CharField(
        _("Language"), max_length=4, choices=Language, default=Language.BOTH
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(language__in=["both", "zh", "en"]), name="wish_language_known"
            )
        ]


class Hook(models.Model):
    """An address of another system to which what is due or late in a zone is posted."""

    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, related_name="hooks")
    address = models.CharField(max_length=500)
    salt = models.CharField(max_length=22, default=new_salt)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["zone", "address"], name="hook_unique")]

    @property
    def secret(self) -> str:
        """The key of its signatures. It follows from the server's own key, so it is not stored."""
        named = f"{self.pk}.{self.salt}"
        return salted_hmac("lantu.hook", named, algorithm="sha256").hexdigest()


class Subscription(models.Model):
    """An address that wants to hear of changed verdicts. It is kept as long as it does.

    Until it is confirmed it is only asked for, and goes by itself after two days.
    """

    key = models.UUIDField(unique=True, default=uuid.uuid4)
    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, related_name="subscriptions")
    code = models.CharField(max_length=90, blank=True)  # of a promise; empty: of the whole plan
    address = models.EmailField()
    language = models.CharField(max_length=2, choices=[("zh", "zh"), ("en", "en")])
    asked_at = models.DateTimeField()
    asker = models.CharField(max_length=64, blank=True)  # which machine asked, until confirmed
    confirmed_at = models.DateTimeField(null=True)
    seen = models.JSONField(default=dict)  # code → the state that was told last

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["zone", "code", "address"], name="subscription_unique"),
            models.CheckConstraint(
                condition=models.Q(confirmed_at__isnull=True) | models.Q(asker=""),
                name="subscription_asker_forgotten",
            ),
        ]


class Message(models.Model):
    """One letter or post. It is written with the act that causes it, and sent afterwards."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        UNKNOWN = "unknown", _("perhaps sent")  # the line broke; it is not sent again
        FAILED = "failed", _("failed")
        DROPPED = "dropped", _("dropped")  # nobody is left who may read it

    key = models.UUIDField(unique=True, default=uuid.uuid4)
    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="messages")
    hook = models.ForeignKey(Hook, null=True, on_delete=models.CASCADE, related_name="messages")
    subscription = models.ForeignKey(
        Subscription, null=True, on_delete=models.CASCADE, related_name="messages"
    )
    sort = models.CharField(max_length=8, default="told")  # told, confirm or changes
    day = models.DateField()
    subject = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)  # emptied once it is sent
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            # One letter a person a day.
            models.UniqueConstraint(fields=["user", "day"], name="message_daily"),
            models.UniqueConstraint(
                fields=["subscription", "sort", "day"], name="message_daily_subscriber"
            ),
            models.CheckConstraint(
                condition=models.Q(user__isnull=False, hook=None, subscription=None)
                | models.Q(user=None, hook__isnull=False, subscription=None)
                | models.Q(user=None, hook=None, subscription__isnull=False),
                name="message_one_receiver",
            ),
        ]
        indexes = [models.Index(fields=["state"])]


class Reminder(models.Model):
    """A person or another system was told of one matter on one step."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="reminders")
    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="+")
    hook = models.ForeignKey(Hook, null=True, on_delete=models.CASCADE, related_name="+")
    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, related_name="+")
    matter = models.CharField(max_length=200)  # such as returns.data_return/2025-final-industry
    step = models.CharField(max_length=40)

    class Meta:
        constraints = [
            # Nobody is reminded twice for the same thing on the same step.
            models.UniqueConstraint(
                fields=["user", "zone", "matter", "step"], name="reminded_once"
            ),
            models.UniqueConstraint(fields=["hook", "zone", "matter", "step"], name="posted_once"),
        ]
