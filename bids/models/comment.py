"""Comments of coaches and officials on answers of a bid."""

from django.db import models

from innovation.accounts.models import User
from innovation.core import fields, keys
from innovation.core.models import all_or_none_constraint


class Comment(models.Model):
    """A coach's or official's comment on an answer of a bid that is being written,
    until somebody of either side marks it as done.
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
        ordering = ["made_at", "id"]
        constraints = [
            all_or_none_constraint("done_by", "done_at", name="comment_done_by")
        ]

    def __str__(self) -> str:
        return f"{self.key} on {self.code}"
