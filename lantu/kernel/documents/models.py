"""Documents: papers by their checksum. The text of a plan is not kept here."""

from django.db import models

from lantu.kernel.access.models import Zone


class Document(models.Model):
    """A paper that records refer to."""

    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, related_name="documents")
    title = models.CharField(max_length=300)
    number = models.CharField(max_length=80, blank=True)
    issued = models.DateField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    characters = models.PositiveIntegerField(null=True)
    url = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["zone", "title", "sha256"], name="document_unique")
        ]

    def __str__(self) -> str:
        return self.title
