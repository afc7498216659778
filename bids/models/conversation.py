"""What passes between the department and the applicant, and who looks after a case."""

from django.db import models
from django.db.models import Q

from bids.models.bid import Bid
from bids.models.call import Criterion
from bids.models.expression import Expression
from innovation.accounts.models import User
from innovation.core import fields, keys
from innovation.core.models import together


class Clarification(models.Model):
    """A question to the applicant, open until it is answered or taken back."""

    key = keys.field("CLQ")
    expression = models.ForeignKey(
        Expression, models.CASCADE, related_name="clarifications"
    )
    question = fields.Text()
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    due_on = models.DateField()
    answer = fields.Text(blank=True, default="")
    answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    taken_back_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["asked_at"]
        constraints = [
            together("answered_by", "answered_at", name="clarification_answered_by"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answer="")
                | Q(answered_at__isnull=False) & ~Q(answer=""),
                name="clarification_answered_with_words",
            ),
            together(
                "taken_back_by", "taken_back_at", name="clarification_taken_back_by"
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | Q(taken_back_at__isnull=True),
                name="clarification_ended_one_way",
            ),
            models.UniqueConstraint(
                fields=["expression"],
                condition=Q(answered_at__isnull=True, taken_back_at__isnull=True),
                name="clarification_one_open",
            ),
        ]

    def __str__(self) -> str:
        return self.key


class Feedback(models.Model):
    """Why an expression or bid was declined, criterion by criterion."""

    expression = models.ForeignKey(
        Expression, models.CASCADE, null=True, related_name="feedback"
    )
    bid = models.ForeignKey(Bid, models.CASCADE, null=True, related_name="feedback")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+")
    text = fields.Text()

    class Meta:
        ordering = ["criterion__position"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expression__isnull=True) ^ Q(bid__isnull=True),
                name="feedback_on_one_thing",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="feedback_says_why"),
            models.UniqueConstraint(
                fields=["expression", "criterion"], name="feedback_expression_once"
            ),
            models.UniqueConstraint(
                fields=["bid", "criterion"], name="feedback_bid_once"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]


class Return(models.Model):
    """A bid given back to its applicant, and what it still needs."""

    bid = models.ForeignKey(Bid, models.CASCADE, related_name="returns")
    reason = fields.Text()
    returned_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    returned_at = models.DateTimeField()

    class Meta:
        ordering = ["returned_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="return_says_why")
        ]

    def __str__(self) -> str:
        return self.reason[:60]


class Assignment(models.Model):
    """An official or coach looks after a case: the expression and its bid."""

    expression = models.ForeignKey(
        Expression, models.CASCADE, related_name="assignments"
    )
    user = models.ForeignKey(User, models.PROTECT, related_name="assignments")
    assigned_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["expression", "user"],
                condition=Q(ended_at__isnull=True),
                name="assignment_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} looks after {self.expression_id}"


class Comment(models.Model):
    """What a coach or official says beside an answer of a bid that is being written,
    until somebody of either side marks it done.
    """

    key = keys.field("CMT")
    bid = models.ForeignKey("bids.Bid", models.CASCADE, related_name="comments")
    code = models.SlugField(help_text="The question’s, in every version.")
    text = fields.Text()
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    done_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["made_at"]
        constraints = [together("done_by", "done_at", name="comment_done_by")]

    def __str__(self) -> str:
        return f"{self.key} on {self.code}"
