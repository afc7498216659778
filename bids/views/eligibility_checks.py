"""The eligibility checks of a round, and what was found of them on a case."""

from functools import cached_property

from django.db.models import QuerySet
from django.urls import reverse

from bids import policies
from bids.domain import eligibility_checks
from bids.domain.queries import eligibility_checks as queries
from bids.domain.queries import flags
from bids.forms import eligibility_check as forms
from bids.models import CheckResult, EligibilityCheck, Expression, Round
from bids.views import listed_cases
from bids.views.case_pages import CasePage
from bids.views.cases import CaseStep, whole_cases_in_scope
from bids.views.rounds import MANAGE, RoundStep
from innovation.accounts.models import User
from innovation.accounts.page_access import permission_required
from innovation.accounts.roles import Permission
from innovation.core import clock
from innovation.core.errors import TooLate
from innovation.web import pages

TRIAGE = permission_required(Permission.TRIAGE)


class CaseChecks(CasePage[Expression]):
    """What was found of each check, and the flags."""

    scope = staticmethod(whole_cases_in_scope)
    tab = "bids:case-checks"
    tab_title = "Checks and flags"
    template_name = "bids/department/case_eligibility_checks.html"

    def tab_context(self) -> dict[str, object]:
        case = self.object
        checks = queries.of_case(case.pk, case.round_id)
        open_flags, resolved_flags = flags.of_case(case.pk)
        return {
            "checks": checks,
            "has_unrecorded": any(row.result is None for row in checks),
            "open_flags": open_flags,
            "resolved_flags": resolved_flags,
            "exceptions": flags.exceptions(case.pk),
            "may_write": self.user.may(Permission.TRIAGE),
        }


class RecordResults(CaseStep, pages.FormPage[Expression, forms.CheckResultsForm]):
    policy = TRIAGE
    object_page = "bids:case-checks"
    title = "Record eligibility checks"
    template_name = "bids/department/record_eligibility_checks.html"
    form_class = forms.CheckResultsForm
    submit_label = "Save"
    success_message = "The checks were recorded"

    def check(self) -> None:
        if not self.unrecorded:
            raise TooLate("Every check of this case was recorded. You can correct one.")

    @cached_property
    def unrecorded(self) -> list[EligibilityCheck]:
        rows = queries.of_case(self.object.pk, self.object.round_id)
        return [row.check for row in rows if row.result is None]

    def form_options(self) -> dict[str, object]:
        return {"checks": self.unrecorded}

    def perform(self, form: forms.CheckResultsForm) -> pages.Destination:
        eligibility_checks.record_results(
            self.object, findings=form.findings(), by=self.user, at=clock.now()
        )
        return self.back_url()


def results_in_scope(user: User) -> QuerySet[CheckResult]:
    cases = policies.cases_for(user).values("pk")
    rows = CheckResult.objects.filter(expression__in=cases)
    related = ("expression__chain", "expression__lead", "recorded_by")
    return rows.select_related("eligibility_check", *related)


class CorrectResult(pages.StepPage[CheckResult, forms.CorrectResultForm]):
    policy = TRIAGE
    scope = staticmethod(results_in_scope)
    title = "Correct an eligibility check"
    template_name = "bids/department/correct_eligibility_check.html"
    form_class = forms.CorrectResultForm
    submit_label = "Save"
    success_message = "The check was corrected"
    step = eligibility_checks.correct

    def check(self) -> None:
        eligibility_checks.require_current(self.object)

    def form_options(self) -> dict[str, object]:
        return {"check": self.object.eligibility_check}

    def initial(self) -> dict[str, object]:
        return {"outcome": self.object.outcome, "note": self.object.note}

    def back_url(self) -> str:
        page = reverse("bids:case-checks", args=[self.object.expression.key])
        return f"{page}{listed_cases.query_of(self.request)}"


class AddCheck(RoundStep, pages.FormPage[Round, forms.EligibilityCheckForm]):
    title = "Add an eligibility check"
    form_class = forms.EligibilityCheckForm
    submit_label = "Add"
    success_message = "The check was added"

    def initial(self) -> dict[str, object]:
        return {"position": self.object.eligibility_checks.count() + 1}

    def perform(self, form: forms.EligibilityCheckForm) -> pages.Destination:
        eligibility_checks.add(
            self.object, facts=form.cleaned_data, by=self.user, at=clock.now()
        )
        return self.back_url()


def current_checks(user: User) -> QuerySet[EligibilityCheck]:
    rows = EligibilityCheck.objects.filter(ended_at=None)
    return rows.select_related("round")


class _CheckStep(pages.Page[EligibilityCheck]):
    policy = MANAGE
    scope = staticmethod(current_checks)

    def back_url(self) -> str:
        return reverse("bids:manage-round", args=[self.object.round.key])


class ChangeCheck(
    _CheckStep, pages.EditPage[EligibilityCheck, forms.ChangeEligibilityCheckForm]
):
    title = "Change an eligibility check"
    template_name = "bids/administrator/change_eligibility_check.html"
    form_class = forms.ChangeEligibilityCheckForm
    submit_label = "Save"
    success_message = "The check was changed"

    def lock(self) -> None:
        self.object = eligibility_checks.lock(self.object, self.user)

    def saved_values(self) -> dict[str, object]:
        return forms.ChangeEligibilityCheckForm.initial_values(self.object)

    def form_options(self) -> dict[str, object]:
        return {"is_used": eligibility_checks.is_used(self.object)}

    def context(self) -> dict[str, object]:
        return {"used": eligibility_checks.is_used(self.object)}

    def perform(self, form: forms.ChangeEligibilityCheckForm) -> pages.Destination:
        facts = {name: form.cleaned_data[name] for name in self.changed_fields}
        eligibility_checks.change(
            self.object, facts=facts, by=self.user, at=self.arrived_at
        )
        return self.back_url()


class EndCheck(
    _CheckStep, pages.StepPage[EligibilityCheck, forms.EndEligibilityCheckForm]
):
    title = "End an eligibility check"
    template_name = "bids/administrator/end_eligibility_check.html"
    form_class = forms.EndEligibilityCheckForm
    submit_label = "End this check"
    success_message = "The check has ended"
    step = eligibility_checks.end
