"""The page behind the link in an invitation: join, or learn what else to do."""

from enum import StrEnum
from typing import Any, cast

from allauth.account.utils import perform_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from innovation.accounts import invitation_links
from innovation.accounts.domain import invitations, people
from innovation.accounts.domain.people import Holder
from innovation.accounts.forms.invitation import NewcomerForm
from innovation.accounts.models import Invitation, User
from innovation.accounts.page_access import EVERYBODY
from innovation.accounts.policies import confirmed_addresses
from innovation.accounts.roles import Permission
from innovation.accounts.views.invitations import page_after
from innovation.core import clock
from innovation.web import idempotency, pages


class Situation(StrEnum):
    """What the page offers to whoever has opened it."""

    UNKNOWN = "unknown"
    ENDED = "ended"
    OWN = "own"
    """Signed in with the invited address."""
    SOMEBODY_ELSE = "somebody_else"
    """Signed in with another address."""
    NEWCOMER = "newcomer"
    SIGN_IN = "sign_in"
    STAFF = "staff"
    CLOSED = "closed"


TITLES = {
    Situation.UNKNOWN: "This link does not work",
    Situation.ENDED: "You can no longer use this invitation",
    Situation.STAFF: "You cannot accept this invitation",
    Situation.CLOSED: "Your account is closed",
    Situation.SOMEBODY_ELSE: "This invitation is for another email address",
}
STATUSES = {Situation.UNKNOWN: 404, Situation.ENDED: 410}
CAN_JOIN = {Situation.OWN, Situation.NEWCOMER, Situation.SIGN_IN}
"""Others do not learn for which case its holder is invited."""
_OF_HOLDER = {
    Holder.NOBODY: Situation.NEWCOMER,
    Holder.APPLICANT: Situation.SIGN_IN,
    Holder.STAFF: Situation.STAFF,
    Holder.CLOSED: Situation.CLOSED,
}


class Invited(pages.FormPage[Invitation, NewcomerForm]):
    """A newcomer gives their name and a password, and is signed in as a member with a
    confirmed address. Others accept once they are signed in.
    """

    policy = EVERYBODY
    template_name = "accounts/invited.html"
    form_class = NewcomerForm
    submit_label = "Join"
    newcomer: User | None = None

    def check(self) -> None:
        found = invitation_links.invitation_of(self.kwargs["link"])
        self.situation = self._situation(found)
        if found is not None:
            self.object = found

    def _situation(self, invitation: Invitation | None) -> Situation:
        if invitation is None:
            return Situation.UNKNOWN
        if not invitation.is_open(clock.now()):
            return Situation.ENDED
        if self.user.is_authenticated:
            return self._situation_signed_in(invitation.email)
        return _OF_HOLDER[people.holder_of(invitation.email).holder]

    def _situation_signed_in(self, email: str) -> Situation:
        confirmed = confirmed_addresses(self.user)
        if self.user.may(Permission.APPLY):
            return Situation.OWN if email in confirmed else Situation.SOMEBODY_ELSE
        # Nobody confirms the address of an account that an administrator adds.
        is_own = email in {self.user.email, *confirmed}
        return Situation.STAFF if is_own else Situation.SOMEBODY_ELSE

    def page_title(self) -> str:
        if self.situation in TITLES:
            return TITLES[self.situation]
        return f"Join {self.object.organisation}"

    def form_options(self) -> dict[str, Any]:
        return {"email": self.object.email}

    def initial(self) -> dict[str, object]:
        return {"name": self.object.name}

    def context(self) -> dict[str, object]:
        own_path = self.request.path
        sign_in = reverse("account_login")
        can_join = self.situation in CAN_JOIN
        return {
            "situation": self.situation.value,
            "purpose": invitations.purpose_of(self.object) if can_join else None,
            "sign_in_url": f"{sign_in}?{urlencode({'next': own_path})}",
            "own_path": own_path,
        }

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        if self.situation == Situation.NEWCOMER:
            return super().get(request, **kwargs)
        if self.situation == Situation.ENDED and self.object.accepted_by == self.user:
            return redirect(page_after(self.object))
        status = STATUSES.get(self.situation, 200)
        return self.show(status, submission=idempotency.new_token())

    def post(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        if self.situation != Situation.NEWCOMER:
            return self.show(STATUSES.get(self.situation, 409))
        response = super().post(request, **kwargs)
        if self.newcomer is None:
            return response
        # The address was confirmed by the link, so that no code is sent.
        signed_in = perform_login(
            request,
            self.newcomer,
            redirect_url=response.headers["Location"],
            email=self.newcomer.email,
        )
        return cast(HttpResponse, signed_in)

    def perform(self, form: NewcomerForm) -> pages.Destination:
        self.newcomer = invitations.accept_as_newcomer(
            self.object, **form.cleaned_data, at=clock.now()
        )
        return page_after(self.object)
