"""The event log: one append-only table from which every history is told.

Each event belongs to a chain (a case's whole life, from expression to closed grant,
is one chain) and carries the hash of the one before it. The sequence, the hashes, the
transaction's id and the tallies are written by a database trigger (migration 0002),
so that a bulk insert or a hand-typed INSERT is chained like any other; a second
trigger refuses UPDATE, DELETE and TRUNCATE to everybody.
"""

from django.db import models

GENESIS = "0" * 64


class Chain(models.Model):
    """A thing with a history. Holds the length and last hash, so that a removed tail
    shows, and the stage its latest event left it in. Only the trigger writes them.
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
    """One thing that happened. `at` is when it was true, `recorded_at` when written.

    `actor` and `subject` are references, never foreign keys and never names: the log
    outlives what it speaks of and holds no personal data. The column `rows`, which
    triggers alone write and `innovation.audit.rows` alone reads, is no field here: it
    states the evidence that changed with the event.
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
    """Running changes of a figure by day, so that an as-at page counts no table.

    One row for each (figure, member, day) and database connection: two people who
    submit at once never wait for each other's row. `member` is empty for plain counts;
    for counts of distinct things (councils) it names the thing.
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
