"""Pages for an assessor’s scores, and for agreeing a score."""

from functools import cached_property

from django.urls import reverse

from bids import policies
from bids.domain import assessments, scores
from bids.domain.queries import case_snapshot, summaries
from bids.domain.queries.scores import wide_spreads
from bids.forms.score import NOT_APPLICABLE, ModerateForm, ScoresForm
from bids.models import Assessment, Bid
from bids.views.assessments import ASSESS
from bids.views.bids import bids_in_scope
from innovation.core import clock
from innovation.web import pages


class Scores(pages.EditPage[Assessment, ScoresForm]):
    policy = ASSESS
    scope = staticmethod(policies.own_assessments)
    template_name = "bids/department/scores.html"
    title = "Your scores"
    form_class = ScoresForm
    submit_label = "Save"

    def check(self) -> None:
        assessments.require_unfinished(self.object)

    def back_url(self) -> str:
        return reverse("bids:bid-assessments", args=[self.object.bid.key])

    def form_options(self) -> dict[str, object]:
        return {"assessment": self.object}

    def context(self) -> dict[str, object]:
        """With the bid’s answers to the questions on which each criterion draws."""
        own = policies.working_bids(self.user).filter(pk=self.object.bid_id)
        bid = case_snapshot.bids_with_snapshot(own).get()
        return {"answers": summaries.rows_by_criterion(bid)}

    def lock(self) -> None:
        self.object = assessments.lock(self.object, self.user)

    def group_title(self, name: str) -> str:
        """A score and its reason, under the name of the criterion."""
        return self.criteria.get(name.rpartition("_")[2], "")

    @cached_property
    def criteria(self) -> dict[str, str]:
        rows = self.object.bid.round.criteria.all()
        return {str(criterion.pk): criterion.name for criterion in rows}

    def saved_values(self) -> dict[str, object]:
        values: dict[str, object] = {}
        for score in self.object.scores.all():
            value = NOT_APPLICABLE if score.value is None else str(score.value)
            values[f"value_{score.criterion_id}"] = value
            values[f"justification_{score.criterion_id}"] = score.justification
        return values

    def perform(self, form: ScoresForm) -> pages.Destination:
        scores.give(
            self.object,
            scores={
                pk: score
                for pk, score in form.scores().items()
                if f"value_{pk}" in self.changed_fields
            },
            by=self.user,
            at=clock.now(),
        )
        return reverse("bids:assessment-finish", args=[self.object.key])


class Moderate(pages.StepPage[Bid, ModerateForm]):
    policy = ASSESS
    scope = staticmethod(bids_in_scope)
    object_page = "bids:bid-assessments"
    title = "Moderate a score"
    form_class = ModerateForm
    submit_label = "Agree this score"
    success_message = "The score was moderated"
    step = scores.moderate

    def check(self) -> None:
        assessments.require_moderator(self.object, self.user)

    def form_options(self) -> dict[str, object]:
        criteria = [
            spread.criterion.pk
            for spread in wide_spreads(self.object)
            if spread.needs_agreement
        ]
        return {"bid": self.object, "criteria": criteria}
