"""Pages of payments: planned, requested or claimed, and released by finance."""

from django.db.models import QuerySet
from django.urls import reverse

from funding import policies
from funding.domain import payments
from funding.domain.queries import grant_files
from funding.domain.queries.grant_files import SENT_FILES
from funding.forms import payment as forms
from funding.models import Award, Payment
from funding.states import PaymentState
from funding.views.actions import available_actions
from funding.wording import AWARD_TAGS, PAYMENT_TAGS
from innovation.accounts.page_access import permission_required
from innovation.accounts.roles import Permission
from innovation.core import clock
from innovation.web import pages
from innovation.web.actions import Action

FINANCE = permission_required(Permission.RELEASE_PAYMENT)
PAYMENT_PLANNER = permission_required(
    Permission.MANAGE_GRANTS, Permission.RELEASE_PAYMENT
)
PAYMENT_REQUESTER = permission_required(Permission.REQUEST_PAYMENT)
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
            "claims": [
                (claim, grant_files.listed(claim.files.all()))
                for claim in self.object.claims.select_related(
                    "sent_by"
                ).prefetch_related(SENT_FILES)
            ],
            "actions": self.actions(),
        }

    def actions(self) -> list[Action]:
        actions = list(_ACTIONS_BY_STATE.get(self.object.state, []))
        if self.object.released_at and not self.object.reconciled_at:
            actions.insert(0, ("Reconcile", "payment-reconcile"))
        return available_actions(actions, self.object.key)


class PlanPayments(pages.EditPage[Award, forms.PlanForm]):
    policy = PAYMENT_PLANNER
    scope = policies.awards_for
    object_page = "funding:award-money"
    title = "Plan payments"
    template_name = "funding/department/plan_payments.html"
    form_class = forms.PlanForm
    submit_label = "Save the plan"
    success_message = "The payments are planned"
    confirms_unchanged = True

    def check(self) -> None:
        payments.require_open_plan(self.object)

    def lock(self) -> None:
        self.object = payments.lock_plan(self.object)

    def form_options(self) -> dict[str, object]:
        return {"lines": max(forms.DEFAULT_LINES, self.object.payments.count())}

    def group_title(self, name: str) -> str:
        return "The payment plan"

    def saved_values(self) -> dict[str, object]:
        planned = enumerate(self.object.payments.all(), start=1)
        return {
            f"{name}_{number}": value
            for number, payment in planned
            for name, value in (("due", payment.due_on), ("amount", payment.amount))
        }

    def context(self) -> dict[str, object]:
        return {"years": self.object.years.all()}

    def perform(self, form: forms.PlanForm) -> pages.Destination:
        payments.plan(
            self.object, instalments=form.instalments(), by=self.user, at=clock.now()
        )
        return self.back_url()


class _PaymentStep(pages.Page[Payment]):
    """A step of a payment, by finance."""

    policy = FINANCE
    scope = policies.payments_for
    object_page = "funding:payment"


class _PaymentActionPage(pages.ActionPage[Payment]):
    """Shows who gets how much, and for what, above the button."""

    template_name = "funding/payment_action.html"

    def rows_in_scope(self) -> QuerySet[Payment]:
        return super().rows_in_scope().select_related("award__lead")


class RequestPayment(_PaymentActionPage):
    policy = PAYMENT_REQUESTER
    scope = policies.payments_for
    title = "Ask for this payment"
    explanation = "We will ask finance to release it. Somebody else must release it."
    submit_label = "Ask for the payment"
    success_message = "Finance has the payment"
    step = payments.request

    def back_url(self) -> str:
        return reverse("funding:award-money", args=[self.object.award.key])


class Release(_PaymentStep, _PaymentActionPage):
    title = "Release this payment"
    explanation = "We will make the payment and write to the recipient."
    submit_label = "Release the payment"
    success_message = "The payment is released"
    step = payments.release


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
    success_message = "The payment is recorded as returned"
    step = payments.recover


class Reconcile(_PaymentStep, pages.StepPage[Payment, forms.ReconcileForm]):
    title = "Reconcile this payment"
    form_class = forms.ReconcileForm
    submit_label = "Reconcile"
    success_message = "The payment is reconciled"
    step = payments.reconcile
