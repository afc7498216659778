"""Pages for signing a case, and for asking an authoriser to."""

from django.urls import reverse

from bids.domain import sign_off, signatures
from bids.domain.applications import Case
from bids.forms.application import AuthoriserRequestForm
from bids.forms.signature import SignForm
from bids.views import sections
from bids.views.applicant_pages import ApplicantCasePage
from innovation.accounts.models import User
from innovation.accounts.policies import may_authorise, names_of_authorisers
from innovation.core.errors import NotAllowed
from innovation.web import pages


def signature_context(case: Case, user: User, page: str) -> dict[str, object]:
    """The part of the check page about the signature."""
    signature = signatures.current_signature(case)
    may_sign = may_authorise(user, case.lead)
    return {
        "sign_url": reverse(f"bids:{page}-sign", args=[case.key]),
        "ask_url": reverse(f"bids:{page}-ask-to-sign", args=[case.key]),
        "signature": signature,
        "may_sign": may_sign,
        "signers": [] if may_sign else names_of_authorisers(case.lead),
        "can_be_sent": may_sign or signature is not None,
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
        return self.address("-check")

    def context(self) -> dict[str, object]:
        return {
            **sections.review_context(self.object, f"{self.url_name}-section"),
            "can_be_sent": True,
        }

    def perform(self, form: SignForm) -> pages.Destination:
        sign_off.sign(self.object, by=self.user, at=self.arrived_at)
        return self.back_url()


class AskToSign(ApplicantCasePage, pages.FormPage[Case, AuthoriserRequestForm]):
    title = "Ask for sign-off"
    form_class = AuthoriserRequestForm
    submit_label = "Ask for sign-off"
    success_message = "We have asked your authorisers to sign it off"

    def check(self) -> None:
        if not sign_off.may_request(self.object, self.user):
            raise NotAllowed(
                "Only an editor, administrator or authoriser of the lead organisation "
                "can ask for sign-off."
            )
        sign_off.require_unsigned(self.object)

    def back_url(self) -> str:
        return self.address("-check")

    def perform(self, form: AuthoriserRequestForm) -> pages.Destination:
        sign_off.request_signature(self.object, by=self.user, at=self.arrived_at)
        return self.back_url()
