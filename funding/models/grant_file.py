"""Files that a grant holder adds to a claim or a report."""

from django.db import models
from django.db.models import Q

from funding.models.claim import Claim
from funding.models.monitoring import MonitoringReport
from funding.models.payment import Payment
from innovation.audit.models import Chain
from innovation.core import keys
from innovation.documents.models import Document


class GrantFile(models.Model):
    """A file, such as an invoice. Until it is sent with a claim or a report, only the
    holder’s people see it and can remove it. Nobody can open a removed file. It has no
    payment only while the payments are planned anew.
    """

    key = keys.field("GRF")
    payment = models.ForeignKey(
        Payment, models.PROTECT, null=True, related_name="files"
    )
    report = models.ForeignKey(
        MonitoringReport, models.PROTECT, null=True, related_name="files"
    )
    document = models.OneToOneField(Document, models.PROTECT, related_name="grant_file")
    claim = models.ForeignKey(Claim, models.PROTECT, null=True, related_name="files")
    sent_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(payment__isnull=True) | Q(report__isnull=True),
                name="grant_file_of_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(removed_at__isnull=True),
                name="grant_file_sent_or_removed",
            ),
            models.CheckConstraint(
                condition=Q(claim__isnull=True)
                | Q(payment__isnull=False, sent_at__isnull=False),
                name="grant_file_of_claim_was_sent",
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def chain(self) -> Chain:
        return self.document.chain
