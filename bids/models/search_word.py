"""The words that a search can be corrected to."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models


class SearchWord(models.Model):
    """A word of a case that was sent, or of the name of its lead. Those `in_answers`
    stay: answers that were sent are never deleted.
    """

    word = models.CharField(max_length=40)
    in_answers = models.BooleanField(default=False, db_default=False)

    class Meta:
        indexes = [
            GinIndex(
                fields=["word"], name="search_word_similar", opclasses=["gin_trgm_ops"]
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["word"], name="search_word_once")
        ]

    def __str__(self) -> str:
        return self.word
