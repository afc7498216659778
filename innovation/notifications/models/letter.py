"""The outbox: a row for each letter to a person, stored as long as its case."""

import uuid
from collections.abc import Sequence
from typing import NamedTuple

from django.db import models
from django.db.models import Q

from innovation.accounts.models import User
from innovation.audit.models import Chain
from innovation.core import fields, keys, limits
from innovation.core.leases import Leased
from innovation.core.lines import OneLineField
from innovation.core.models import choices_constraint


class LetterState(models.TextChoices):
    DUE = "due", "Due"
    LEASED = "leased", "Being sent"
    SENT = "sent", "Sent"
    IN_DOUBT = "in_doubt", "In doubt"
    FAILED = "failed", "Failed"
    WITHHELD = "withheld", "Not sent: the recipient no longer needs or may read it"


OPEN = (LetterState.DUE, LetterState.LEASED)
"""States in which a letter has yet to be sent."""
NEEDS_ATTENTION = (LetterState.IN_DOUBT, LetterState.FAILED)
"""States in which a person has to decide what to do."""
ONE_LETTER = "letter_once"
"""The constraint that keeps a letter from being queued twice."""


class LetterFile(NamedTuple):
    """A text file that goes with a letter."""

    name: str
    content_type: str
    text: str


class Letter(Leased):
    """A letter. It is queued in the transaction of the change it is about, and sent
    later by a worker.

    `reference` is given to the gateway, so that the letter can be looked up before it
    is sent again. `failures` counts the refusals and lost leases since somebody last
    sent it again. `last_error` is the name of an error, not its message, which may
    contain an address. Only one letter has the same `deduplication_key`, unless it is
    empty.
    """

    key = keys.field("LTR")
    kind = models.CharField(max_length=60)
    recipient = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="letters"
    )
    address = models.EmailField(blank=True, help_text="Where there is no recipient.")
    chain = models.ForeignKey(
        Chain, models.PROTECT, null=True, blank=True, related_name="letters"
    )
    subject_reference = models.CharField(max_length=40, blank=True)
    facts = fields.Json(default=dict)
    title = OneLineField(max_length=300, blank=True)
    text = fields.Text(max_length=limits.LETTER, blank=True)
    state = models.CharField(
        max_length=10, choices=LetterState, default=LetterState.DUE
    )
    reference = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    deduplication_key = models.CharField(
        max_length=120, blank=True, default="", db_default=""
    )
    failures = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField()
    put_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    files: Sequence[LetterFile] = ()
    """What goes with the text, once the letter is rendered."""

    class Meta:
        ordering = ["-put_at", "-id"]
        indexes = [
            models.Index(
                fields=["put_at", "id"],
                name="letter_open",
                condition=Q(state__in=OPEN),
            ),
            models.Index(
                fields=["-put_at", "-id"],
                name="letter_troubled",
                condition=Q(state__in=NEEDS_ATTENTION),
            ),
            models.Index(fields=["-put_at", "-id"], name="letter_newest"),
        ]
        constraints = [
            choices_constraint("state", LetterState, "letter_state"),
            models.CheckConstraint(
                condition=Q(recipient__isnull=False) ^ ~Q(address=""),
                name="letter_to_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state=LetterState.LEASED, lease_until__isnull=False)
                | ~Q(state=LetterState.LEASED) & Q(lease_until__isnull=True),
                name="letter_lease_has_an_end",
            ),
            models.CheckConstraint(
                condition=Q(state=LetterState.SENT, sent_at__isnull=False)
                | ~Q(state=LetterState.SENT) & Q(sent_at__isnull=True),
                name="letter_sent_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["deduplication_key"],
                condition=~Q(deduplication_key=""),
                name=ONE_LETTER,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.kind}"

    @property
    def recipient_address(self) -> str:
        return self.recipient.email if self.recipient else self.address

    @property
    def needs_attention(self) -> bool:
        return self.state in NEEDS_ATTENTION

    @property
    def display_name(self) -> str:
        """The kind in words. For letters about a case it does not say which, because
        administrators must not learn what was decided.
        """
        if self.is_about_case:
            return "About a case"
        return self.kind.replace("_", " ").capitalize()

    @property
    def display_reference(self) -> str:
        """The subject's reference; empty for a case, as it could reveal an award."""
        return "" if self.is_about_case else self.subject_reference

    @property
    def is_about_case(self) -> bool:
        return self.chain is not None and self.chain.kind == Chain.Kind.CASE
