"""What people typed into a draft, version by version."""

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Q

from innovation.accounts.models import User
from innovation.core import fields
from innovation.core.models import all_or_none_constraint


class AnswerVersion(models.Model):
    """A row is never changed, except for `settled_at`. The intermediate versions of
    what a page saved automatically are deleted after some days, see
    `answer_versions.thin`.

    `code` is the question's. `raw_input` is the input of each form field, valid or not;
    facts and answers are saved from valid input. A version that is `set_aside` was
    overtaken by somebody else's: its writer chooses what to do, at `settled_at`. `page`
    identifies the open page on which it was typed. The text before the first version
    has no writer.
    """

    expression = models.ForeignKey(
        "bids.Expression", models.CASCADE, null=True, related_name="versions"
    )
    bid = models.ForeignKey(
        "bids.Bid", models.CASCADE, null=True, related_name="versions"
    )
    code = models.SlugField()
    number = models.PositiveIntegerField()
    raw_input = fields.Json(help_text='{"field": ["text", …]}')
    readable = models.BooleanField()
    set_aside = models.BooleanField(default=False)
    late = models.BooleanField(
        default=False, help_text="Set aside because the draft had been sent."
    )
    settled_at = models.DateTimeField(null=True, blank=True)
    autosaved = models.BooleanField(default=False)
    page = models.CharField(max_length=64, blank=True)
    saved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    saved_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["code", "number"]
        indexes = [BrinIndex(fields=["saved_at"], name="answer_version_saved")]
        constraints = [
            all_or_none_constraint(
                "saved_by", "saved_at", name="answer_version_who_and_when"
            ),
            models.CheckConstraint(
                condition=Q(expression__isnull=True) ^ Q(bid__isnull=True),
                name="answer_version_of_one_thing",
            ),
            models.UniqueConstraint(
                fields=["expression", "code", "number"],
                name="answer_version_of_expression_once",
            ),
            models.UniqueConstraint(
                fields=["bid", "code", "number"], name="answer_version_of_bid_once"
            ),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, late=False) | Q(set_aside=True),
                name="answer_version_late_or_settled_only_aside",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}, version {self.number}"
