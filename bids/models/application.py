"""The base model of expressions of interest and bids."""

from typing import Any

from django.db import models
from django.db.models.expressions import Combinable

from bids.models.question_set import QuestionSet
from bids.models.register import IdeaType, MaturityStage, PracticeModel
from bids.models.round import Round, Strand
from bids.states import ReconsiderationState
from innovation.accounts.models import User
from innovation.audit.models import Chain
from innovation.core import fields
from innovation.core.lines import OneLineField
from innovation.organisations.models import Council, Organisation

Row = dict[str, Any]
"""A related row of a case, such as a cost or a risk: its values by column."""
REFERENCES = ("strand", "maturity", "idea_type")
"""What a case says by a row of another table."""
COLLECTIONS = ("partners", "councils", "practice_models")
"""The many-to-many relations of a case. An award has them too."""


class Application(models.Model):
    """The facts that a bid gets from its expression, and its submission.

    Attributes that start with `snapshot_` are set by `queries.case_snapshot`.
    `question_set` is the version of its questions; `submitted_at` is server time.
    """

    key: "models.CharField[str | Combinable, str]"
    """Each subclass has its own prefix."""
    snapshot_questions: list[Row]
    snapshot_answers: list[Row]
    snapshot_messages: list[Row]
    snapshot_documents: list[Row]
    snapshot_feedback: list[Row]
    snapshot_reconsiderations: list[Row]
    """At most one."""
    snapshot_money: list[Row]
    snapshot_support: list[Row]
    snapshot_barriers: list[Row]
    snapshot_outcomes: list[Row]
    snapshot_councils: list[str]
    snapshot_partners: list[str]
    snapshot_practice_models: list[str]
    chain = models.OneToOneField(Chain, models.PROTECT, related_name="%(class)s")
    round = models.ForeignKey(Round, models.PROTECT, related_name="%(class)ss")
    question_set = models.ForeignKey(
        QuestionSet, models.PROTECT, null=True, blank=True, related_name="%(class)ss"
    )
    lead = models.ForeignKey(Organisation, models.PROTECT, related_name="%(class)ss")
    partners = models.ManyToManyField(
        Organisation, blank=True, related_name="partner_%(class)ss"
    )
    councils = models.ManyToManyField(Council, blank=True, related_name="%(class)ss")
    title = OneLineField(max_length=200)
    summary = fields.Text(blank=True)
    strand = models.ForeignKey(Strand, models.PROTECT, null=True, blank=True)
    maturity = models.ForeignKey(MaturityStage, models.PROTECT, null=True, blank=True)
    idea_type = models.ForeignKey(IdeaType, models.PROTECT, null=True, blank=True)
    practice_models = models.ManyToManyField(
        PracticeModel, blank=True, related_name="%(class)ss"
    )
    submitted_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    submitted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = fields.Text(
        blank=True, help_text="What was learnt: stopping early is an ordinary ending."
    )
    demonstration = models.BooleanField(default=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.key} {self.title}"

    @property
    def current_feedback(self) -> list[Row]:
        """The feedback on the decline that stands, of a case with its snapshot."""
        return [row for row in self.snapshot_feedback if not self._is_set_aside(row)]

    @property
    def earlier_feedback(self) -> list[Row]:
        """The feedback on a decline that was set aside."""
        return [row for row in self.snapshot_feedback if self._is_set_aside(row)]

    def _is_set_aside(self, feedback: Row) -> bool:
        was_overturned = any(
            row["state"] == ReconsiderationState.OVERTURNED
            for row in self.snapshot_reconsiderations
        )
        return was_overturned and feedback["reconsideration"] is None
