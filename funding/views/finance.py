"""Payments as finance sees them."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from funding import policies
from funding.domain import payments
from funding.forms import payment as forms
from funding.models import Payment
from funding.states import PaymentState
from funding.views.actions import Action, available_actions
from funding.wording import AWARD_TAGS, PAYMENT_TAGS
from innovation.accounts.page_access import permission_required
from innovation.accounts.roles import Permission
from innovation.core import clock
from innovation.web import pages

FINANCE = permission_required(Permission.RELEASE_PAYMENT)
_ACTIONS_BY_STATE = {
    PaymentState.REQUESTED: [
        ("Release", "payment-release"),
        ("Send back", "payment-refuse"),
    ],
    PaymentState.PAID: [("Record that it came back", "payment-recover")],
}


class Payments(pages.ListPage):
    """Those waiting, unless another state is asked for."""

    policy = FINANCE
    scope = policies.payments_for
    title = "Payments"
    template_name = "funding/finance/payments.html"
    order = ("due_on", "id")
    filter_form = forms.PaymentsFilter

    def narrow(
        self, rows: QuerySet[Payment], wanted: dict[str, Any]
    ) -> QuerySet[Payment]:
        state = wanted.get("state") or PaymentState.REQUESTED
        found = rows.select_related("award__lead", "requested_by")
        return found if state == "all" else found.filter(state=state)

    def context(self) -> dict[str, Any]:
        return {"tags": PAYMENT_TAGS}


class PaymentPage(pages.DetailPage):
    policy = FINANCE
    scope = policies.payments_for
    template_name = "funding/finance/payment.html"

    def rows_in_scope(self) -> Any:
        people = ("requested_by", "released_by")
        return super().rows_in_scope().select_related("award__lead", *people)

    def page_title(self) -> str:
        return f"Instalment {self.object.instalment} of {self.object.award.title}"

    def back_url(self) -> str:
        return reverse("funding:payments")

    def context(self) -> dict[str, Any]:
        return {
            "award_tag": AWARD_TAGS[self.object.award.state],
            "actions": self.actions(),
        }

    def actions(self) -> list[Action]:
        acts = list(_ACTIONS_BY_STATE.get(self.object.state, []))
        if self.object.released_at and not self.object.reconciled_at:
            acts.insert(0, ("Reconcile", "payment-reconcile"))
        return available_actions(acts, self.object)


class Release(pages.ActionPage):
    policy = FINANCE
    scope = policies.payments_for
    template_name = "funding/payment_action.html"
    title = "Release this payment"
    explanation = "The payment is made and the recipient gets a letter."
    submit_label = "Release the payment"
    success_message = "The payment is released"

    def rows_in_scope(self) -> Any:
        return super().rows_in_scope().select_related("award__lead")

    def back_url(self) -> str:
        return _payment_url(self.object)

    def perform(self) -> pages.Destination:
        return _payment_url(payments.release(self.object, by=self.user, at=clock.now()))


class _PaymentFormPage(pages.FormPage):
    policy = FINANCE
    scope = policies.payments_for

    def back_url(self) -> str:
        return _payment_url(self.object)


class Refuse(_PaymentFormPage):
    title = "Send this payment back"
    form_class = forms.RefuseForm
    submit_label = "Send back"
    success_message = "The payment is sent back"

    def perform(self, form: Any) -> pages.Destination:
        reason = form.cleaned_data["reason"]
        return _payment_url(
            payments.refuse(self.object, reason=reason, by=self.user, at=clock.now())
        )


class Recover(_PaymentFormPage):
    title = "Record that this payment came back"
    form_class = forms.RecoverForm
    submit_label = "Record"
    success_message = "The payment is recorded as recovered"

    def perform(self, form: Any) -> pages.Destination:
        reason = form.cleaned_data["reason"]
        return _payment_url(
            payments.recover(self.object, reason=reason, by=self.user, at=clock.now())
        )


class Reconcile(_PaymentFormPage):
    title = "Reconcile this payment"
    form_class = forms.ReconcileForm
    submit_label = "Reconcile"
    success_message = "The payment is reconciled"

    def perform(self, form: Any) -> pages.Destination:
        reference = form.cleaned_data["bank_reference"]
        return _payment_url(
            payments.reconcile(
                self.object, bank_reference=reference, by=self.user, at=clock.now()
            )
        )


def _payment_url(payment: Payment) -> str:
    return reverse("funding:payment", args=[payment.key])
