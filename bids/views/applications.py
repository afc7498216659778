"""Pages for checking, submitting and withdrawing a case."""

from collections.abc import Mapping
from typing import ClassVar

from django.urls import reverse

from bids import policies
from bids.domain import partners, reconsiderations
from bids.domain.applications import Case
from bids.domain.queries import history
from bids.domain.sign_off import request_withdrawal
from bids.domain.signatures import needs_authoriser_to_withdraw
from bids.forms.application import AuthoriserRequestForm, SendForm, WithdrawForm
from bids.views import messages, sections, signatures
from bids.views.applicant_pages import ApplicantCasePage
from innovation.accounts.models import User
from innovation.accounts.policies import may_authorise, names_of_authorisers
from innovation.core import clock
from innovation.core.errors import NotAllowed
from innovation.core.timeouts import SUBMISSION
from innovation.core.transitions import Table
from innovation.web import pages
from innovation.web.cards import Task


class Check(ApplicantCasePage, pages.FormPage[Case, SendForm]):
    template_name = "bids/applicant/check_application.html"
    form_class = SendForm
    submit_label = "Send"
    timeouts = SUBMISSION
    states: ClassVar[Table]

    def check(self) -> None:
        policies.require_write(self.user, self.object)
        self.states.next("submit", self.object.state)

    def context(self) -> dict[str, object]:
        return {
            **signatures.signature_context(self.object, self.user, self.url_name),
            **sections.review_context(
                self.object, f"{self.url_name}-section", self.summary_notes()
            ),
        }

    def summary_notes(self) -> Mapping[str, list[str]]:
        """The notes below the answers, by code."""
        return {}


class Withdraw(ApplicantCasePage, pages.StepPage[Case, WithdrawForm]):
    form_class = WithdrawForm
    submit_label = "Withdraw"
    states: ClassVar[Table]

    def check(self) -> None:
        policies.require_write(self.user, self.object)
        if not may_withdraw(self.object, self.user):
            raise NotAllowed(
                f"Only an authoriser of {self.object.lead.name} can withdraw this."
            )
        self.states.next("withdraw", self.object.state)


class AskToWithdraw(ApplicantCasePage, pages.FormPage[Case, AuthoriserRequestForm]):
    """For users who edit the case, but may not bind the organisation."""

    title = "Ask an authoriser to withdraw it"
    form_class = AuthoriserRequestForm
    submit_label = "Ask for it to be withdrawn"
    success_message = "We have asked your authorisers to withdraw it"
    states: ClassVar[Table]

    def check(self) -> None:
        policies.require_write(self.user, self.object)
        self.states.next("withdraw", self.object.state)

    def perform(self, form: AuthoriserRequestForm) -> pages.Destination:
        request_withdrawal(self.object, by=self.user, at=self.arrived_at)
        return self.back_url()


def may_withdraw(case: Case, user: User) -> bool:
    """Whether the user may withdraw it: editors a draft, later only authorisers."""
    if needs_authoriser_to_withdraw(case):
        return may_authorise(user, case.lead)
    return policies.may_write(user, case)


def own_case_context(
    case: Case,
    user: User,
    states: Table,
    page: str,
    *,
    with_record: bool = True,
    grant: Task | None = None,
) -> dict[str, object]:
    """What an applicant's page of a case shows: whether they may edit it, how it can
    be withdrawn, and its record, which is the messages, the history and what became of
    its partners.
    """
    editable = policies.may_write(user, case)
    context: dict[str, object] = {"editable": editable}
    if editable:
        context |= _withdraw_context(case, user, states, page)
    if with_record:
        context["conversation"] = messages.conversation_with_department(
            case, may_write=editable
        )
        context["timeline"] = history.timeline(case, user, grant.href if grant else "")
        context["reconsideration_last_day"] = (
            reconsiderations.last_day_to_ask(case, clock.now()) if editable else None
        )
        context["changed_partners"] = partners.changed_partners(case)
    return context


def _withdraw_context(
    case: Case, user: User, states: Table, page: str
) -> dict[str, object]:
    """A link to withdraw the case, or who can do it."""
    if not states.allows("withdraw", case.state):
        return {}
    if may_withdraw(case, user):
        return {"withdraw_url": reverse(f"bids:{page}-withdraw", args=[case.key])}
    return {
        "authorisers": names_of_authorisers(case.lead),
        "ask_to_withdraw_url": reverse(f"bids:{page}-ask-to-withdraw", args=[case.key]),
    }
