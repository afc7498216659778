"""Requests to sign an expression or a bid."""

from typing import Self

from django.db import models
from django.db.models import Q

from bids.models.bid import Bid
from bids.models.expression import Expression
from bids.models.signature import Signature
from innovation.accounts.models import Invitation, User
from innovation.core import fields, keys
from innovation.core.models import choices_constraint


class SignatureRequestState(models.TextChoices):
    WAITING = "waiting", "Waiting"
    SIGNED = "signed", "Signed"
    DECLINED = "declined", "Declined"
    TAKEN_BACK = "taken_back", "Taken back"
    PASSED_ON = "passed_on", "Passed on"
    """The person left the organisation. Their successor was asked in their place."""


class SignatureRequestQuerySet(models.QuerySet["SignatureRequest"]):
    def waiting(self) -> Self:
        """Those that are `is_waiting`."""
        return self.filter(
            Q(invitation=None)
            | Q(invitation__ended_at=None)
            | Q(invitation__accepted_by__isnull=False),
            state=SignatureRequestState.WAITING,
        )

    def of_person(self, user: int) -> Self:
        """The requests of the person with this id, also those by invitation."""
        return self.filter(Q(asked_of=user) | Q(invitation__accepted_by=user))

    def with_case(self) -> Self:
        """Read each with its people and its case."""
        return self.select_related(
            *("asked_of", "asked_by", "invitation__accepted_by"),
            *("expression__lead", "expression__round", "expression__chain"),
            *("bid__lead", "bid__round", "bid__chain", "bid__expression"),
        )


class SignatureRequest(models.Model):
    """A request to sign a case: of an authoriser, or of somebody who is invited to
    become one. `answered_at` is when it ended, in any way. Whoever signs answers all
    requests under the case; `signature` is theirs.
    """

    key = keys.field("SGR")
    expression = models.ForeignKey(
        Expression, models.CASCADE, null=True, related_name="signature_requests"
    )
    bid = models.ForeignKey(
        Bid, models.CASCADE, null=True, related_name="signature_requests"
    )
    asked_of = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    invitation = models.ForeignKey(
        Invitation, models.PROTECT, null=True, related_name="signature_requests"
    )
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(
        max_length=12,
        choices=SignatureRequestState,
        default=SignatureRequestState.WAITING,
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    signature = models.ForeignKey(
        Signature, models.PROTECT, null=True, blank=True, related_name="requests"
    )
    reason = fields.Text(blank=True, help_text="Why it was declined.")

    objects = SignatureRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [
            choices_constraint(
                "state", SignatureRequestState, "signature_request_state"
            ),
            models.CheckConstraint(
                condition=Q(expression__isnull=True) ^ Q(bid__isnull=True),
                name="signature_request_of_one_case",
            ),
            models.CheckConstraint(
                condition=Q(asked_of__isnull=True) ^ Q(invitation__isnull=True),
                name="signature_request_of_one_person",
            ),
            models.CheckConstraint(
                condition=Q(
                    state=SignatureRequestState.WAITING, answered_at__isnull=True
                )
                | ~Q(state=SignatureRequestState.WAITING)
                & Q(answered_at__isnull=False),
                name="signature_request_ends_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state=SignatureRequestState.SIGNED, signature__isnull=False)
                | ~Q(state=SignatureRequestState.SIGNED) & Q(signature__isnull=True),
                name="signature_request_signed",
            ),
            models.CheckConstraint(
                condition=Q(state=SignatureRequestState.DECLINED) & ~Q(reason="")
                | ~Q(state=SignatureRequestState.DECLINED) & Q(reason=""),
                name="signature_request_declined_because",
            ),
            models.UniqueConstraint(
                fields=["expression", "asked_of"],
                condition=Q(state=SignatureRequestState.WAITING),
                name="signature_request_of_expression_once",
            ),
            models.UniqueConstraint(
                fields=["bid", "asked_of"],
                condition=Q(state=SignatureRequestState.WAITING),
                name="signature_request_of_bid_once",
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def case(self) -> Expression | Bid:
        case = self.bid or self.expression
        assert case is not None
        return case

    @property
    def is_waiting(self) -> bool:
        """Whether somebody can still answer it: not if they declined the invitation, or
        it was taken back.
        """
        invitation = self.invitation
        is_invited = invitation is not None and invitation.ended_at is None
        is_open = self.state == SignatureRequestState.WAITING
        return is_open and (is_invited or self.person is not None)

    @property
    def person(self) -> User | None:
        """Who is asked; `None` while they have not accepted the invitation."""
        if self.invitation is None:
            return self.asked_of
        return self.invitation.accepted_by
