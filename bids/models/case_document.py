"""The files that answer a question of a case."""

from django.db import models
from django.db.models import Q

from bids.models.bid import Bid
from bids.models.expression import Expression
from innovation.core import keys
from innovation.documents.models import Document


class CaseDocument(models.Model):
    """A file of a case. A bid starts with the files of its expression: the same
    documents are attached to both. Nobody can open a removed file.
    """

    key = keys.field("FIL")
    expression = models.ForeignKey(
        Expression, models.CASCADE, null=True, related_name="documents"
    )
    bid = models.ForeignKey(Bid, models.CASCADE, null=True, related_name="documents")
    code = models.SlugField(help_text="The question's.")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(expression__isnull=True) ^ Q(bid__isnull=True),
                name="case_document_of_one_thing",
            ),
            models.UniqueConstraint(
                fields=["expression", "document"],
                name="case_document_of_expression_once",
            ),
            models.UniqueConstraint(
                fields=["bid", "document"], name="case_document_of_bid_once"
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def case(self) -> Expression | Bid:
        """The expression or the bid."""
        case = self.expression or self.bid
        assert case is not None
        return case
