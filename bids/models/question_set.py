"""A round's questions, version by version."""

from django.db import models

from bids.models.round import Round
from innovation.audit.models import Chain
from innovation.core import keys
from innovation.core.models import choices_constraint


class Stage(models.TextChoices):
    EXPRESSION = "expression", "Expression of interest"
    BID = "bid", "Bid"


class QuestionSet(models.Model):
    """Once published it never changes: an edit makes a new version."""

    key = keys.field("QST")
    round = models.ForeignKey(Round, models.PROTECT, related_name="question_sets")
    stage = models.CharField(max_length=12, choices=Stage)
    version = models.PositiveSmallIntegerField()
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["round", "stage", "-version"]
        constraints = [
            choices_constraint("stage", Stage, "question_set_stage"),
            models.UniqueConstraint(
                fields=["round", "stage", "version"], name="question_set_version_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stage} questions, version {self.version}"

    @property
    def chain(self) -> Chain:
        return self.round.chain
