"""How often something was done of late: what limits read."""

from django.db import models


class RateCount(models.Model):
    """`key` names a limit and, as a hash, whom it counts for. The table is unlogged: a
    crash of the database forgets the counts, and counting costs no disk.
    """

    key = models.CharField(max_length=100, primary_key=True)
    times = models.PositiveIntegerField()
    ends_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.key
