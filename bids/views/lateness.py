"""Pages of late attempts to submit, and of late entries to a round that has closed."""

from django.urls import reverse

from bids.domain import lateness, rounds
from bids.forms.lateness import LateEntryForm
from bids.models import Expression, LateAttempt, Round
from bids.policies import published_rounds
from bids.views.applicant_pages import APPLY
from bids.views.expressions import TRIAGE
from bids.views.own_expressions import expression_url, own_expressions
from innovation.core import clock
from innovation.core.errors import TooLate
from innovation.web import pages

MAX_SHOWN = 50


class AddLateEntry(pages.FormPage[Round, LateEntryForm]):
    """Adds a late entry; shows late attempts and existing late entries."""

    policy = TRIAGE
    scope = staticmethod(published_rounds)
    object_page = "bids:round"
    template_name = "bids/department/lateness.html"
    title = "Give an organisation more time"
    form_class = LateEntryForm
    submit_label = "Give more time"
    success_message = "We have written to the organisation to say that it can send late"

    def check(self) -> None:
        if not rounds.has_closed(self.object, self.arrived_at):
            raise TooLate(
                "This round has not closed, so you do not need to give more time."
            )

    def context(self) -> dict[str, object]:
        attempts = LateAttempt.objects.filter(expression__round=self.object)
        return {
            "attempts": attempts.select_related("expression__lead")[:MAX_SHOWN],
            "entries": self.object.late_entries.select_related(
                "organisation", "given_by"
            )[:MAX_SHOWN],
        }

    def perform(self, form: LateEntryForm) -> pages.Destination:
        lateness.allow_late_entry(
            self.object, **form.late_entry(), by=self.user, at=self.arrived_at
        )
        return reverse("bids:round-late-entry", args=[self.object.key])


class LateReceipts(pages.DetailPage[Expression]):
    """The receipts of late attempts to submit, newest first."""

    policy = APPLY
    scope = staticmethod(own_expressions)
    template_name = "bids/applicant/lateness.html"
    title = "You missed the deadline"

    def check(self) -> None:
        self.attempts = list(self.object.late_attempts.select_related("by"))
        if not self.attempts:
            raise TooLate(
                "You have not tried to send this late, so there is no receipt."
            )

    def back_url(self) -> str:
        return expression_url(self.object)

    def context(self) -> dict[str, object]:
        end = lateness.closing_time_for(self.object.round, self.object.lead)
        return {"attempts": self.attempts, "may_still_send": end and end >= clock.now()}
