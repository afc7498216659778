"""Answers to the questions of a round, each to a question of one version."""

from django.db import models
from django.db.models import Q

from bids.models.question import Question
from innovation.core import fields


class Answer(models.Model):
    """The current answer. The case's events say who changed it, and when."""

    expression = models.ForeignKey(
        "bids.Expression", models.CASCADE, null=True, related_name="answers"
    )
    bid = models.ForeignKey(
        "bids.Bid", models.CASCADE, null=True, related_name="answers"
    )
    question = models.ForeignKey(Question, models.PROTECT, related_name="answers")
    value = fields.Json()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(expression__isnull=True) ^ Q(bid__isnull=True),
                name="answer_of_one_thing",
            ),
            models.UniqueConstraint(
                fields=["expression", "question"], name="answer_of_expression_once"
            ),
            models.UniqueConstraint(
                fields=["bid", "question"], name="answer_of_bid_once"
            ),
        ]

    def __str__(self) -> str:
        return f"answer to {self.question_id}"
