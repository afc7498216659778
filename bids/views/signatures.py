"""The page on which an authoriser signs a case, and who can send it."""

from dataclasses import dataclass

from django.urls import reverse

from bids.domain import sign_off
from bids.domain.applications import Case
from bids.domain.queries.signature_requests import SignOff, sign_off_of
from bids.forms.signature import SignForm
from bids.views import sections
from bids.views.applicant_pages import ApplicantCasePage
from innovation.accounts.models import User
from innovation.accounts.policies import may_authorise, signers_of
from innovation.core.errors import NotAllowed
from innovation.web import pages


@dataclass(frozen=True, slots=True)
class Sending:
    """Whether the user can send the case now, and who else can, as far as they may know
    who works there.
    """

    sign_off: SignOff
    may_sign: bool
    is_provisional: bool
    signers: list[str]

    @property
    def can_be_sent(self) -> bool:
        is_signed = self.may_sign or self.sign_off.signature is not None
        return is_signed and not self.is_provisional


def sending(case: Case, user: User) -> Sending:
    """Takes three queries."""
    is_provisional = sign_off.is_provisional(case)
    members = [] if is_provisional else signers_of(case.lead)
    return Sending(
        sign_off=sign_off_of(case, members),
        may_sign=any(member.user_id == user.pk for member in members),
        is_provisional=is_provisional,
        signers=[str(member.user) for member in members],
    )


def signature_context(case: Case, user: User, page: str) -> dict[str, object]:
    """What a page of the case shows about its signature, and whether the user can send
    it.
    """
    now = sending(case, user)
    return {
        "sending": now,
        "can_be_sent": now.can_be_sent,
        "sign_url": reverse(f"bids:{page}-sign", args=[case.key]),
        "ask_url": reverse(f"bids:{page}-ask-to-sign", args=[case.key]),
        "sign_off_url": reverse(f"bids:{page}-sign-off", args=[case.key]),
    }


class Sign(ApplicantCasePage, pages.FormPage[Case, SignForm]):
    """Signs a case that somebody else submits: submitting it also signs it."""

    template_name = "bids/applicant/signature.html"
    title = "Sign it off"
    form_class = SignForm
    submit_label = "Sign it off"
    success_message = "It is signed off. A colleague can send it now"

    def check(self) -> None:
        if not may_authorise(self.user, self.object.lead):
            raise NotAllowed("Only an authoriser of the organisation can sign it off.")
        sign_off.require_unsigned(self.object)

    def back_url(self) -> str:
        return self.address("-sign-off")

    def context(self) -> dict[str, object]:
        current = sign_off_of(self.object, signers_of(self.object.lead))
        return {
            **sections.review_context(self.object, f"{self.url_name}-section"),
            "can_be_sent": True,
            "asked": current.request_to(self.user),
            "decline_url": self.address("-decline-to-sign"),
        }

    def perform(self, form: SignForm) -> pages.Destination:
        sign_off.sign(self.object, by=self.user, at=self.arrived_at)
        return self.back_url()
