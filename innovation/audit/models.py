"""The event log: one append-only table that holds every history.

Each event belongs to a chain (one chain for a case, from expression to closed grant)
and has the hash of the previous event. A database trigger (migration 0002) writes the
sequence, the hashes, the transaction's id and the tallies, so that every INSERT is
chained. Another trigger refuses UPDATE, DELETE and TRUNCATE to everybody.
"""

from django.db import models

GENESIS = "0" * 64


class Chain(models.Model):
    """The history of an object. It has its length and last hash, so that removed events
    at the end are noticed, and the current stage. Only the trigger writes them.
    """

    class Kind(models.TextChoices):
        CASE = "case"
        ORGANISATION = "organisation"
        PERSON = "person"
        ROUND = "round"
        MEETING = "meeting"
        SERVICE = "service"

    kind = models.CharField(max_length=20, choices=Kind)
    length = models.PositiveIntegerField(default=0, editable=False)
    head = models.CharField(max_length=64, default=GENESIS, editable=False)
    stage = models.CharField(max_length=40, default="", editable=False)
    moved_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        indexes = [
            models.Index(fields=["kind", "stage"], name="chain_kind_stage"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Event(models.Model):
    """Something that happened. `at` is when it happened, `recorded_at` when it was
    written.

    `actor` and `subject` are keys, not foreign keys or names: the log stays when the
    rows are deleted, and holds no personal data. The column `rows`, which states the
    evidence that changed with the event, is not a field of this model: triggers write
    it, and `innovation.audit.rows` reads it.
    """

    chain = models.ForeignKey(Chain, models.PROTECT, related_name="events")
    seq = models.PositiveIntegerField(editable=False)
    name = models.CharField(max_length=60)
    subject = models.CharField(max_length=40)
    actor = models.CharField(max_length=40)
    at = models.DateTimeField()
    data = models.JSONField(default=dict)
    tally = models.JSONField(default=dict)
    stage = models.CharField(max_length=40, default="")
    request_id = models.CharField(max_length=64, default="")
    recorded_at = models.DateTimeField(editable=False)
    txid = models.BigIntegerField(editable=False)
    previous = models.CharField(max_length=64, editable=False)
    hash = models.CharField(max_length=64, editable=False)

    class Meta:
        ordering = ["chain_id", "seq"]
        constraints = [
            models.UniqueConstraint(fields=["chain", "seq"], name="event_seq_once")
        ]
        indexes = [
            models.Index(fields=["txid", "id"], name="event_feed"),
            models.Index(fields=["name", "at"], name="event_name_at"),
            models.Index(fields=["subject"], name="event_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.subject}"


class Tally(models.Model):
    """The changes of a figure on a day, so that as-at pages need not count tables.

    There is one row for each figure, member, day and database connection, so that two
    people who submit at once do not wait for each other. `member` is empty for plain
    counts; for counts of distinct objects (councils) it is the key of the object.
    """

    figure = models.CharField(max_length=40)
    member = models.CharField(max_length=40, default="")
    day = models.DateField()
    backend = models.IntegerField()
    change = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["figure", "member", "day", "backend"], name="tally_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.figure} {self.day} {self.change:+d}"
