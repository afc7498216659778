"""Pages of the assessments of a bid, for assessors and for those who assign them."""

from django.db.models import QuerySet, prefetch_related_objects
from django.db.models.functions import Coalesce
from django.urls import reverse

from bids import policies
from bids.case_navigation import case_navigation
from bids.domain import assessments
from bids.domain.queries import results, scores
from bids.domain.queries.assessments import assessment_progress
from bids.forms import assessment as forms
from bids.models import Assessment, Bid
from bids.states import BID
from bids.views import listed_cases
from bids.views.bids import bids_in_scope
from bids.views.cases import READ
from innovation.accounts.page_access import permission_required
from innovation.accounts.roles import Permission
from innovation.core import clock
from innovation.core.errors import NotAllowed, TooLate
from innovation.web import pages

ASSESS = permission_required(Permission.ASSESS)


class Assessments(pages.DetailPage[Bid]):
    """The scores that the user may see, and wide spreads."""

    policy = READ
    scope = staticmethod(bids_in_scope)
    object_page = "bids:bid"
    template_name = "bids/department/assessments.html"
    title = "Assessments"

    def context(self) -> dict[str, object]:
        user = self.user
        prefetch_related_objects([self.object], "moderated_scores")
        all_rows = scores.all_assessments(self.object)
        visible = scores.visible_assessments(self.object, user, all_rows)
        all_visible = len(visible) == len(all_rows)
        may_assign = policies.may(user, Permission.ASSIGN, self.object.expression)
        is_being_assessed = BID.allows("assess", self.object.state)
        own = [row for row in all_rows if row.assessor_id == user.pk]
        return {
            "navigation": case_navigation(
                user,
                self.object,
                current="bids:bid-assessments",
                query=listed_cases.query_of(self.request),
            ),
            "progress": assessment_progress(self.object, all_rows),
            "is_being_assessed": is_being_assessed,
            "may_assign": may_assign,
            "has_own_to_start": is_being_assessed
            and any(not row.started_at for row in own),
            "reopenings": self.object.reopenings.select_related("reopened_by"),
            "may_reopen": may_assign
            and BID.allows("reopen", self.object.state)
            and not assessments.was_listed(self.object),
            "assessments": visible,
            "has_hidden_scores": not all_visible,
            "wide_spreads": scores.wide_spreads(self.object) if all_visible else [],
            "result": results.result_of_loaded(self.object, all_rows)
            if all_visible
            else None,
            "may_rank": user.may(Permission.READ_ALL_CASES),
            "may_assess": is_being_assessed and bool(own),
            "has_finished_own": any(row.finished_at for row in own),
            "reader": user,
        }


class AssessmentsToFinish(pages.ListPage[Assessment]):
    """The user's unfinished assessments."""

    policy = ASSESS
    scope = staticmethod(policies.assessments_to_finish)
    template_name = "bids/department/assessments_to_finish.html"
    title = "Bids for you to assess"
    ordering = ("assigned_on", "id")

    def rows_in_scope(self) -> QuerySet[Assessment]:
        assigned_on = Coalesce("assigned_at", "started_at")
        rows = super().rows_in_scope().annotate(assigned_on=assigned_on)
        return rows.select_related("bid__lead")


class AssignAssessor(pages.StepPage[Bid, forms.AssessorForm]):
    policy = permission_required(Permission.ASSIGN)
    scope = staticmethod(bids_in_scope)
    object_page = "bids:bid-assessments"
    template_name = "bids/department/assign_assessment.html"
    title = "Assign an assessor"
    form_class = forms.AssessorForm
    submit_label = "Assign"
    success_message = "The assessor was assigned, and we have written to them"
    step = assessments.assign

    def check(self) -> None:
        BID.next("assess", self.object.state)

    def form_options(self) -> dict[str, object]:
        return {"bid": self.object, "by": self.user}

    def context(self) -> dict[str, object]:
        return {"progress": assessment_progress(self.object)}


class Conclude(pages.ActionPage[Bid]):
    policy = permission_required(Permission.ASSIGN)
    scope = staticmethod(bids_in_scope)
    object_page = "bids:bid-assessments"
    title = "Mark this bid as assessed"
    explanation = "It can then be listed for a meeting of the Board."
    submit_label = "Mark as assessed"
    success_message = "The bid was marked as assessed"
    step = assessments.conclude

    def check(self) -> None:
        BID.next("assess", self.object.state)
        if missing_assessors := assessment_progress(self.object).missing:
            raise TooLate(missing_assessors)


class Reopen(pages.StepPage[Bid, forms.ReopenForm]):
    policy = permission_required(Permission.ASSIGN)
    scope = staticmethod(bids_in_scope)
    object_page = "bids:bid-assessments"
    title = "Reopen the assessment"
    form_class = forms.ReopenForm
    submit_label = "Reopen the assessment"
    success_message = (
        "The assessment was reopened, and we have written to its assessors"
    )
    step = assessments.reopen

    def check(self) -> None:
        assessments.require_reopenable(self.object)


class Start(pages.ActionPage[Bid]):
    """Starts the user's assessment."""

    policy = ASSESS
    scope = staticmethod(bids_in_scope)
    object_page = "bids:bid"
    title = "Assess this bid"
    explanation = (
        "You give each criterion a score and say why. You cannot see other "
        "people’s scores until you have finished."
    )
    submit_label = "Start assessing"

    def check(self) -> None:
        BID.next("assess", self.object.state)
        if not self.object.assessments.filter(assessor=self.user).exists():
            raise NotAllowed("Nobody has assigned you to assess this bid.")

    def perform(self) -> pages.Destination:
        assessment = assessments.start(self.object, by=self.user, at=clock.now())
        return reverse("bids:assessment", args=[assessment.key])


class Finish(pages.FormPage[Assessment, forms.FinishForm]):
    policy = ASSESS
    scope = staticmethod(policies.own_assessments)
    object_page = "bids:assessment"
    template_name = "bids/department/finish_assessment.html"
    title = "Finish your assessment"
    form_class = forms.FinishForm
    submit_label = "Finish"
    success_message = "Your assessment is finished"

    def check(self) -> None:
        assessments.require_unfinished(self.object)

    def context(self) -> dict[str, object]:
        return {"scores": scores.scores_by_criterion().filter(assessment=self.object)}

    def perform(self, form: forms.FinishForm) -> pages.Destination:
        assessments.finish(self.object, by=self.user, at=clock.now())
        return reverse("bids:bid-assessments", args=[self.object.bid.key])


class SetAside(pages.ActionPage[Assessment]):
    policy = ASSESS
    scope = staticmethod(policies.assessments_for)
    title = "Set this assessment aside"
    explanation = "We will remove its scores, and the bid can be assessed without it."
    submit_label = "Set aside"
    warning = True
    success_message = "The assessment was set aside"
    step = assessments.set_aside

    def check(self) -> None:
        assessments.require_unfinished(self.object)

    def back_url(self) -> str:
        return reverse("bids:bid-assessments", args=[self.object.bid.key])
