"""The task of getting a case signed: who was asked, and what came of it."""

from functools import cached_property

from django.conf import settings
from django.urls import reverse

from bids import policies
from bids.domain import completeness, sign_off, signature_requests
from bids.domain.applications import Case
from bids.domain.queries.signature_requests import sign_off_of
from bids.forms.signature_request import AskForm, DeclineForm
from bids.models import Bid, SignatureRequest
from bids.views import sections
from bids.views.applicant_pages import APPLY, ApplicantCasePage
from innovation.accounts import invitation_links
from innovation.accounts.domain import memberships
from innovation.accounts.forms.membership import INVITE
from innovation.accounts.models import Membership
from innovation.accounts.policies import (
    is_administrator_of,
    names_of_administrators,
    signers_of,
)
from innovation.core import clock
from innovation.core.errors import NotAllowed, TooLate
from innovation.web import pages


class SignOffPage(ApplicantCasePage, pages.DetailPage[Case]):
    """Who was asked to sign the case, and what came of it."""

    template_name = "bids/applicant/sign_off.html"
    title = "Sign-off"

    def context(self) -> dict[str, object]:
        case, now = self.object, clock.now()
        is_provisional = sign_off.is_provisional(case)
        # Whoever is not confirmed does not learn who works there.
        signers = [] if is_provisional else signers_of(case.lead)
        current = sign_off_of(case, signers)
        may_write = policies.may_write(self.user, case)
        problems = completeness.problems(case, now)
        may_invite = is_administrator_of(self.user, case.lead)
        return {
            "sign_off": current,
            "requests": [
                {
                    "row": row,
                    "is_own": row.person == self.user,
                    "invitation": row.invitation if row.person is None else None,
                    "is_open": row.person is not None
                    or (row.invitation is not None and row.invitation.is_open(now)),
                    "link": self._demonstration_link(row, may_invite),
                    "remind_url": self._request_url(row, "remind", may_invite),
                    "take_back_url": self._request_url(row, "take-back", may_invite),
                }
                for row in current.waiting
            ],
            "own_request": current.request_to(self.user),
            "may_write": may_write,
            "may_sign": any(member.user == self.user for member in signers),
            "may_ask": may_write and not is_provisional and not problems,
            "may_invite": may_invite,
            "is_provisional": is_provisional,
            "is_incomplete": bool(problems),
            "signers": signers,
            "administrators": []
            if signers or may_invite or is_provisional
            else names_of_administrators(case.lead),
            "sign_url": self.address("-sign"),
            "ask_url": self.address("-ask-to-sign"),
            "decline_url": self.address("-decline-to-sign"),
        }

    def _demonstration_link(self, row: SignatureRequest, may_invite: bool) -> str:
        """The link in the letter, which the demonstration sends to nobody."""
        is_invited = row.person is None and row.invitation is not None
        if not (settings.DEMONSTRATION and may_invite and is_invited):
            return ""
        assert row.invitation is not None
        return invitation_links.link_of(row.invitation)

    def _request_url(self, row: SignatureRequest, verb: str, may_invite: bool) -> str:
        """The page to remind whoever was asked, or to take the request back: that of
        their invitation, as long as they have not accepted it.
        """
        if row.person is not None:
            return reverse(f"bids:signature-request-{verb}", args=[row.key])
        assert row.invitation is not None
        if not may_invite:
            return ""
        return reverse(f"accounts:invitation-{verb}", args=[row.invitation.key])


class AskToSign(ApplicantCasePage, pages.FormPage[Case, AskForm]):
    """Asks an authoriser, or invites somebody to become one."""

    title = "Ask for sign-off"
    template_name = "bids/applicant/ask_for_signature.html"
    form_class = AskForm
    submit_label = "Ask for sign-off"
    success_message = "We have written to the person you asked"

    def check(self) -> None:
        if not sign_off.may_request(self.object, self.user):
            raise NotAllowed(
                "Only an editor, administrator or authoriser of the lead organisation "
                "can ask for sign-off."
            )
        sign_off.require_unsigned(self.object)

    def back_url(self) -> str:
        return self.address("-sign-off")

    @cached_property
    def signers(self) -> list[Membership]:
        """The authorisers who can be asked: not the user, who can sign it off."""
        members = signers_of(self.object.lead)
        return [member for member in members if member.user != self.user]

    @cached_property
    def may_invite(self) -> bool:
        return is_administrator_of(self.user, self.object.lead)

    def initial(self) -> dict[str, object]:
        only = self.signers[0].user.key if len(self.signers) == 1 else ""
        return {"of": only}

    def form_options(self) -> dict[str, object]:
        lead = self.object.lead
        return {
            "signers": self.signers,
            "offices": memberships.offices_of(lead) if self.may_invite else [],
        }

    def context(self) -> dict[str, object]:
        lead = self.object.lead
        review = sections.review_context(self.object, f"{self.url_name}-section")
        can_be_asked = bool(self.signers) or self.may_invite
        return {
            "missing": review["missing"],
            "can_be_asked": can_be_asked,
            "administrators": [] if can_be_asked else names_of_administrators(lead),
        }

    def perform(self, form: AskForm) -> pages.Destination:
        data, at = form.cleaned_data, self.arrived_at
        if data["of"] == INVITE:
            signature_requests.ask_by_invitation(
                self.object,
                email=data["email"],
                name=data["name"],
                office=data["office"],
                by=self.user,
                at=at,
            )
            return self.back_url()
        [of] = [member.user for member in self.signers if member.user.key == data["of"]]
        signature_requests.ask(self.object, of=of, by=self.user, at=at)
        return self.back_url()


class DeclineToSign(ApplicantCasePage, pages.FormPage[Case, DeclineForm]):
    title = "Decline to sign it off"
    form_class = DeclineForm
    submit_label = "Decline"
    success_message = "You declined. We have written to the person who asked you"

    def check(self) -> None:
        current = sign_off_of(self.object, signers_of(self.object.lead))
        request = current.request_to(self.user)
        if request is None:
            raise TooLate("Nobody is waiting for your signature here.")
        self.request_to_sign = request

    def back_url(self) -> str:
        return self.address("-sign-off")

    def perform(self, form: DeclineForm) -> pages.Destination:
        signature_requests.decline(
            self.request_to_sign, **form.cleaned_data, by=self.user, at=self.arrived_at
        )
        return self.back_url()


class _RequestPage(pages.ActionPage[SignatureRequest]):
    """The base of the pages about a request to sign, for those who edit the case."""

    policy = APPLY
    scope = staticmethod(policies.own_signature_requests)
    template_name = "bids/applicant/signature_request.html"

    def check(self) -> None:
        policies.require_write(self.user, self.object.case)

    def back_url(self) -> str:
        page = "own-bid" if isinstance(self.object.case, Bid) else "expression"
        return reverse(f"bids:{page}-sign-off", args=[self.object.case.key])


class Remind(_RequestPage):
    title = "Remind them to sign it off"
    explanation = "We will send them the same email again."
    submit_label = "Send a reminder"
    success_message = "We have sent a reminder"
    step = signature_requests.remind


class TakeBack(_RequestPage):
    title = "Take back the request to sign it off"
    explanation = "They can still sign it, but we no longer show that you asked them."
    submit_label = "Take it back"
    warning = True
    success_message = "The request was taken back"
    step = signature_requests.take_back
