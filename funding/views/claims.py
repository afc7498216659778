"""The page on which a holder claims an instalment that has fallen due."""

from django.contrib import messages
from django.db.models import QuerySet

from funding import policies
from funding.domain import claims
from funding.domain.queries import grants
from funding.forms.claim import ClaimForm
from funding.models import Payment
from funding.views.grant_drafts import GrantDraftPage
from innovation.core import clock
from innovation.core.formatting import format_date
from innovation.web import pages


class Claim(GrantDraftPage[Payment, ClaimForm]):
    scope = policies.payments_for
    form_class = ClaimForm
    submit_label = "Claim the payment"
    saved_message = "Your draft is saved. We cannot see it until you send the claim"

    def rows_in_scope(self) -> QuerySet[Payment]:
        own_awards = policies.own_awards(self.user)
        own_payments = super().rows_in_scope().filter(award__in=own_awards)
        related = own_payments.select_related("award__lead", "award__round")
        return related.prefetch_related("award__payments")

    def page_title(self) -> str:
        return f"Claim instalment {self.object.instalment}"

    def facts(self) -> list[tuple[str, object]]:
        start, end = grants.period_of(self.object)
        return [
            ("Amount of this instalment", self.object.amount),
            ("Period", f"{format_date(start)} to {format_date(end)}"),
        ]

    def context(self) -> dict[str, object]:
        is_due = self.object.is_due(clock.london_day(clock.now()))
        context = super().context()
        return {
            **context,
            "may_send": self.may_send and is_due,
            "claimable_from": None if is_due else self.object.due_on,
            "refusal_reason": self.object.refusal_reason,
        }

    def perform(self, form: ClaimForm) -> pages.Destination:
        if form.is_draft:
            return self.save_draft(form)
        claims.send(
            self.object,
            spent=form.cleaned_data["spent"],
            note=form.cleaned_data["note"],
            **self.changed_files(form),
            by=self.user,
            at=clock.now(),
        )
        messages.success(self.request, "You have claimed the payment")
        return self.back_url()
