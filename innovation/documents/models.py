"""Documents: the files of a case, and the verdicts of the virus scanner."""

import uuid
from datetime import datetime

from django.db import models
from django.db.models import Q
from django.urls import reverse

from innovation.accounts.models import User
from innovation.audit.models import Chain
from innovation.core import keys
from innovation.core.leases import Leased
from innovation.core.lines import OneLineField
from innovation.core.models import choices_constraint
from innovation.documents import wording

FOLDER = "documents"


class DocumentState(models.TextChoices):
    WAITING = "waiting", "Waiting to be scanned"
    CLEAN = "clean", "No virus found"
    INFECTED = "infected", "Virus found"
    REFUSED = "refused", "Could not be scanned"
    UNSCANNED = "unscanned", "Not scanned"


SCANNED_STATES = (DocumentState.CLEAN, DocumentState.INFECTED, DocumentState.REFUSED)
DISCARDED_STATES = (DocumentState.INFECTED, DocumentState.REFUSED)


def folder_at(at: datetime) -> str:
    return f"{FOLDER}/{at:%Y-%m}"


def random_name(document: "Document", file_name: str) -> str:
    """A name for storage that does not show the file's name or kind."""
    return f"{folder_at(document.added_at)}/{uuid.uuid4().hex}"


class Document(Leased):
    """A file. The app that added it knows which object of the case it belongs to.

    `name` is the file's name on the user's machine, `digest` its SHA-256.
    `interruptions` counts the leases that ended without a verdict. `finding` is the
    scanner's name for the virus. An infected file is deleted; its row stays.
    """

    key = keys.field("DOC")
    chain = models.ForeignKey(Chain, models.PROTECT, related_name="documents")
    name = OneLineField(max_length=150)
    kind = models.CharField(max_length=5)
    size = models.PositiveIntegerField(help_text="In bytes.")
    digest = models.CharField(max_length=64)
    file = models.FileField(upload_to=random_name, blank=True, max_length=100)
    state = models.CharField(
        max_length=10, choices=DocumentState, default=DocumentState.WAITING
    )
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    interruptions = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField()
    scanned_at = models.DateTimeField(null=True, blank=True)
    finding = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ["added_at", "id"]
        indexes = [
            models.Index(
                fields=["added_at", "id"],
                name="document_unscanned",
                condition=Q(state__in=["waiting", "unscanned"]),
            ),
            models.Index(fields=["file"], name="document_file"),
        ]
        constraints = [
            choices_constraint("state", DocumentState, "document_state"),
            models.CheckConstraint(
                condition=Q(lease_until__isnull=True) | Q(state="waiting"),
                name="document_leased_while_waiting",
            ),
            models.CheckConstraint(
                condition=Q(state__in=SCANNED_STATES, scanned_at__isnull=False)
                | ~Q(state__in=SCANNED_STATES) & Q(scanned_at__isnull=True, finding=""),
                name="document_scanned_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state__in=DISCARDED_STATES, file="")
                | ~Q(state__in=DISCARDED_STATES) & ~Q(file=""),
                name="document_bad_is_thrown_away",
            ),
            models.CheckConstraint(condition=Q(size__gt=0), name="document_not_empty"),
        ]

    def __str__(self) -> str:
        return self.key

    def get_absolute_url(self) -> str:
        """The address of the download."""
        return reverse("documents:document", args=[self.key])

    @property
    def state_wording(self) -> wording.StateWording:
        """The words and colour of the tag on pages, and a sentence."""
        return wording.state_wording(self.state, self.last_error)
