"""The page for a late entry to a round that has closed."""

from django.urls import reverse

from bids.domain import lateness, rounds
from bids.forms.lateness import LateEntryForm
from bids.models import LateAttempt, Round
from bids.views.rounds import published_rounds
from bids.views.triage import TRIAGE
from innovation.core.errors import TooLate
from innovation.web import pages

MAX_SHOWN = 50


class AddLateEntry(pages.FormPage[Round, LateEntryForm]):
    """Adds a late entry; shows late attempts and existing late entries."""

    policy = TRIAGE
    scope = staticmethod(published_rounds)
    object_page = "bids:round"
    template_name = "bids/department/add_late_entry.html"
    title = "Let an organisation in late"
    form_class = LateEntryForm
    submit_label = "Let them in"
    success_message = "They can send until then, and get a letter"

    def check(self) -> None:
        if not rounds.has_closed(self.object, self.arrived_at):
            raise TooLate(
                "This round is not closed, so nobody needs to be let in late."
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
        return reverse("bids:round-let-in", args=[self.object.key])
