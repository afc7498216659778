"""Terms and conditions: what the recipient of a grant agrees to."""

from django.db import models
from django.db.models import Q

from bids.models import Round
from innovation.accounts.models import User
from innovation.audit.models import Chain
from innovation.core import fields, keys


class Terms(models.Model):
    """A version of the terms and conditions of a round’s grants. It never changes: a
    new text is a new version.
    """

    key = keys.field("TRM")
    round = models.ForeignKey(Round, models.PROTECT, related_name="terms")
    version = models.PositiveSmallIntegerField()
    text = fields.Text()
    published_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    published_at = models.DateTimeField()

    class Meta:
        ordering = ["-version", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "version"], name="terms_version_once"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="terms_say_something"),
        ]

    def __str__(self) -> str:
        return f"{self.round.name}, version {self.version}"

    @property
    def chain(self) -> Chain:
        return self.round.chain
