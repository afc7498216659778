"""Pages of payments for finance."""

from django.db.models import QuerySet

from funding import policies
from funding.domain import payments
from funding.forms import payment as forms
from funding.models import Payment
from funding.states import PaymentState
from funding.views.actions import available_actions
from funding.wording import AWARD_TAGS, PAYMENT_TAGS
from innovation.accounts.page_access import permission_required
from innovation.accounts.roles import Permission
from innovation.web import pages
from innovation.web.actions import Action

FINANCE = permission_required(Permission.RELEASE_PAYMENT)
_ACTIONS_BY_STATE: dict[str, list[tuple[str, str]]] = {
    PaymentState.REQUESTED: [
        ("Release", "payment-release"),
        ("Send back", "payment-refuse"),
    ],
    PaymentState.PAID: [("Record that it was returned", "payment-recover")],
}


class Payments(pages.ListPage[Payment]):
    """The payments to release, or those in another state."""

    policy = FINANCE
    scope = policies.payments_for
    title = "Payments"
    template_name = "funding/finance/payments.html"
    ordering = ("due_on", "id")
    filter_form = forms.PaymentsFilter

    def narrow(
        self, rows: QuerySet[Payment], filter_values: dict[str, object]
    ) -> QuerySet[Payment]:
        state = filter_values.get("state") or PaymentState.REQUESTED
        payments = rows.select_related("award__lead", "requested_by")
        return payments if state == "all" else payments.filter(state=state)

    def context(self) -> dict[str, object]:
        return {"tags": PAYMENT_TAGS}


class PaymentPage(pages.DetailPage[Payment]):
    policy = FINANCE
    scope = policies.payments_for
    back = "funding:payments"
    template_name = "funding/finance/payment.html"

    def rows_in_scope(self) -> QuerySet[Payment]:
        people = ("requested_by", "released_by")
        return super().rows_in_scope().select_related("award__lead", *people)

    def page_title(self) -> str:
        return f"Instalment {self.object.instalment} of {self.object.award.title}"

    def context(self) -> dict[str, object]:
        return {
            "award_tag": AWARD_TAGS[self.object.award.state],
            "actions": self.actions(),
        }

    def actions(self) -> list[Action]:
        acts = list(_ACTIONS_BY_STATE.get(self.object.state, []))
        if self.object.released_at and not self.object.reconciled_at:
            acts.insert(0, ("Reconcile", "payment-reconcile"))
        return available_actions(acts, self.object.key)


class _PaymentStep(pages.Page[Payment]):
    policy = FINANCE
    scope = policies.payments_for
    object_page = "funding:payment"


class Release(_PaymentStep, pages.ActionPage[Payment]):
    template_name = "funding/payment_action.html"
    title = "Release this payment"
    explanation = "The payment is made and the recipient gets a letter."
    submit_label = "Release the payment"
    success_message = "The payment is released"
    step = payments.release

    def rows_in_scope(self) -> QuerySet[Payment]:
        return super().rows_in_scope().select_related("award__lead")


class Refuse(_PaymentStep, pages.StepPage[Payment, forms.RefuseForm]):
    title = "Send this payment back"
    form_class = forms.RefuseForm
    submit_label = "Send back"
    success_message = "The payment is sent back"
    step = payments.refuse


class Recover(_PaymentStep, pages.StepPage[Payment, forms.RecoverForm]):
    title = "Record that this payment was returned"
    form_class = forms.RecoverForm
    submit_label = "Record"
    success_message = "The payment is recorded as recovered"
    step = payments.recover


class Reconcile(_PaymentStep, pages.StepPage[Payment, forms.ReconcileForm]):
    title = "Reconcile this payment"
    form_class = forms.ReconcileForm
    submit_label = "Reconcile"
    success_message = "The payment is reconciled"
    step = payments.reconcile
