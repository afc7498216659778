"""Pages of an applicant's own bid: fill in, send, withdraw."""

from collections.abc import Mapping

from django.db.models import QuerySet
from django.urls import reverse

from bids import policies
from bids.domain import bids, completeness
from bids.domain.queries import case_snapshot, comments, history, summaries
from bids.forms.application import SendForm
from bids.grant_links import grant_of
from bids.models import Bid
from bids.states import BID
from bids.views import (
    answer_versions,
    answers,
    applications,
    briefings,
    case_documents,
    copies,
    partners,
    reconsiderations,
    sections,
    signature_requests,
    signatures,
)
from bids.views.applicant_pages import APPLY, ApplicantCasePage
from innovation.accounts.models import User
from innovation.audit.presenters import Names
from innovation.core import clock
from innovation.core.errors import TooLate
from innovation.web import pages


def _names_for_applicant(bid: Bid) -> Names:
    """The names that an applicant may see: none of the department."""
    return history.colleague_names(bid.lead_id, "the department")


def own_snapshots(user: User) -> QuerySet[Bid]:
    return case_snapshot.bids_with_snapshot(policies.own_bids(user))


class Detail(pages.DetailPage[Bid]):
    """The task list while the bid can be edited, then its status."""

    policy = APPLY
    scope = staticmethod(own_snapshots)
    back = "bids:own-cases"
    template_name = "bids/applicant/bid.html"

    def page_title(self) -> str:
        return str(self.object.title)

    def context(self) -> dict[str, object]:
        is_writable = self.object.state in bids.WRITABLE
        grant = grant_of(self.object, self.user)
        open_comments = comments.open_comment_counts(self.object)
        return {
            "is_writable": is_writable,
            "open_comment_count": sum(open_comments.values()),
            **(self._tasks(open_comments) if is_writable else {}),
            "groups": [] if is_writable else summaries.groups(self.object),
            "grant": grant,
            **applications.own_case_context(
                self.object, self.user, BID, "own-bid", grant=grant
            ),
        }

    def _tasks(self, open_comments: Mapping[str, int]) -> dict[str, object]:
        problems = completeness.problems(self.object, clock.now())
        return {
            "tasks": sections.tasks(
                self.object, problems, "own-bid", self.user, open_comments
            ),
            "check_url": reverse("bids:own-bid-check", args=[self.object.key]),
            "is_complete": not problems,
            **signatures.signature_context(self.object, self.user, "own-bid"),
        }


class _BidPage(ApplicantCasePage):
    object: Bid
    scope = staticmethod(own_snapshots)
    url_name = "own-bid"


class SectionPage(_BidPage, sections.SectionPage):
    """A section of a bid that can be edited."""

    def context(self) -> dict[str, object]:
        notes = answers.notes_by_code(self.object, _names_for_applicant(self.object))
        return super().context() | {"answer_notes": notes}


class EditConflict(_BidPage, answer_versions.EditConflict): ...


class Versions(_BidPage, answer_versions.Versions): ...


class Restore(_BidPage, answer_versions.Restore): ...


class Files(_BidPage, case_documents.Files): ...


class AddPartner(_BidPage, partners.AddPartner): ...


class Sign(_BidPage, signatures.Sign): ...


class SignOffPage(_BidPage, signature_requests.SignOffPage): ...


class AskToSign(_BidPage, signature_requests.AskToSign): ...


class DeclineToSign(_BidPage, signature_requests.DeclineToSign): ...


class Copy(_BidPage, copies.Copy): ...


class AskReconsideration(_BidPage, reconsiderations.Ask): ...


class Summary(_BidPage, briefings.Summary): ...


class SummaryDownload(_BidPage, briefings.SummaryDownload): ...


class Check(_BidPage, applications.Check):
    title = "Check your bid and send"
    states = BID

    def summary_notes(self) -> Mapping[str, list[str]]:
        return answers.summary_notes(self.object, _names_for_applicant(self.object))

    def perform(self, form: SendForm) -> pages.Destination:
        bids.submit(self.object, by=self.user, at=self.arrived_at)
        return self.address("-sent")


class SentConfirmation(_BidPage, pages.DetailPage[Bid]):
    template_name = "bids/applicant/bid_sent.html"
    title = "Bid sent"

    def check(self) -> None:
        if self.object.state in bids.WRITABLE:
            raise TooLate("This bid is not sent, and you can still change it.")


class Withdraw(_BidPage, applications.Withdraw):
    title = "Withdraw this bid"
    success_message = "The bid was withdrawn"
    states = BID
    step = bids.withdraw


class AskToWithdraw(_BidPage, applications.AskToWithdraw):
    states = BID
