"""The index: one row for each thing that can be found. It is derived, and may be thrown away."""

from django.db import models

from lantu.kernel.access.models import Zone


class Entry(models.Model):
    """A thing with a page."""

    zone = models.ForeignKey(Zone, null=True, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12)
    members_only = models.BooleanField(default=False)
    place = models.PositiveIntegerField()  # the order of things that match equally well
    address = models.CharField(max_length=1000)
    zh = models.CharField(max_length=500)
    en = models.CharField(max_length=500)
    code = models.CharField(max_length=200, blank=True)
    titles = models.TextField()  # both titles, folded, a line each
    initials = models.CharField(max_length=500, blank=True)
    text = models.TextField()  # all that is searched, folded: titles, code, pinyin, words
    print = models.CharField(max_length=64)  # the hash of all the above


class Indexed(models.Model):
    """What state of a part is in the index; the part is a zone, or empty for what all share."""

    part = models.CharField(max_length=60, unique=True)
    version = models.CharField(max_length=100)
