"""What a search finds in the answers of a case."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from bids.models.expression import Expression


class SearchText(models.Model):
    """The words of what was sent: the answers and rows of the expression, and of its
    bid once that is sent too. `domain.search_texts` writes it.
    """

    expression = models.OneToOneField(
        Expression, models.CASCADE, primary_key=True, related_name="search_text"
    )
    words = SearchVectorField()
    sent_at = models.DateTimeField(
        help_text="When it was sent: the bid, or the expression if that has none."
    )

    class Meta:
        indexes = [GinIndex(fields=["words"], name="search_text_words")]

    def __str__(self) -> str:
        return f"words of {self.expression_id}"
