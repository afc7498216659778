"""Scores: whose may be read, one's own, and what is agreed where they differ."""

from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse

from bids import policies
from bids.domain import assessments, progress, score_spread
from bids.forms import assessment as forms
from bids.states import BID
from bids.views.bid import READ, in_reach
from innovation.accounts.page_access import may
from innovation.accounts.roles import Permission
from innovation.core import clock
from innovation.core.errors import NotAllowed, TooLate
from innovation.web import pages

ASSESS = may(Permission.ASSESS)


class Assessments(pages.DetailPage):
    """Whose scores the reader may see, and where they lie far apart."""

    policy = READ
    scope = staticmethod(in_reach)
    template_name = "bids/department/assessments.html"
    title = "Assessments"

    def back(self) -> str:
        return reverse("bids:bid", args=[self.object.key])

    def context(self) -> dict[str, Any]:
        user = self.user
        given = score_spread.every(self.object)
        shown = score_spread.visible(self.object, user, given)
        all_shown = len(shown) == len(given)
        assigns = policies.may(user, Permission.ASSIGN, self.object.expression)
        assessing = BID.allows("assess", self.object.state)
        own = [each for each in given if each.assessor_id == user.pk]
        return {
            "progress": progress.of(self.object, given),
            "assessing": assessing,
            "assigns": assigns,
            "own_to_start": assessing and any(not each.started_at for each in own),
            "reopenings": self.object.reopenings.select_related("reopened_by"),
            "may_reopen": assigns
            and BID.allows("reopen", self.object.state)
            and not assessments.was_listed(self.object),
            "assessments": shown,
            "hidden": not all_shown,
            "wide": score_spread.wide(self.object) if all_shown else [],
            "may_assess": assessing and bool(own),
            "finished": any(each.finished_at for each in own),
            "reader": user,
        }


class ToAssess(pages.ListPage):
    """What waits for its reader to assess."""

    policy = ASSESS
    scope = staticmethod(policies.assessments_to_finish)
    template_name = "bids/department/to_assess.html"
    title = "Bids for you to assess"
    order = ("assigned_on", "id")

    def in_scope(self) -> QuerySet[Any]:
        on = Coalesce("assigned_at", "started_at")
        rows: QuerySet[Any] = super().in_scope().annotate(assigned_on=on)
        return rows.select_related("bid__lead")


class AssignAssessor(pages.FormPage):
    policy = may(Permission.ASSIGN)
    scope = staticmethod(in_reach)
    template_name = "bids/department/assessor.html"
    title = "Assign an assessor"
    form_class = forms.AssessorForm
    submit = "Assign"
    done = "The assessor was assigned, and we have written to them"

    def check(self) -> None:
        BID.next("assess", self.object.state)

    def back(self) -> str:
        return reverse("bids:bid-assessments", args=[self.object.key])

    def form_options(self) -> dict[str, Any]:
        return {"bid": self.object, "by": self.user}

    def context(self) -> dict[str, Any]:
        return {"progress": progress.of(self.object)}

    def perform(self, form: Any) -> pages.Destination:
        assessments.assign(
            self.object, **form.cleaned_data, by=self.user, at=clock.now()
        )
        return self.back()


class Conclude(pages.ActionPage):
    policy = may(Permission.ASSIGN)
    scope = staticmethod(in_reach)
    title = "Mark this bid as assessed"
    explanation = "It can then be listed for a meeting of the Board."
    submit = "Mark as assessed"
    done = "The bid was marked as assessed"

    def check(self) -> None:
        BID.next("assess", self.object.state)
        if missing := progress.of(self.object).missing:
            raise TooLate(missing)

    def back(self) -> str:
        return reverse("bids:bid-assessments", args=[self.object.key])

    def perform(self) -> pages.Destination:
        assessments.conclude(self.object, by=self.user, at=clock.now())
        return self.back()


class Reopen(pages.FormPage):
    policy = may(Permission.ASSIGN)
    scope = staticmethod(in_reach)
    title = "Reopen the assessment"
    form_class = forms.ReopenForm
    submit = "Reopen the assessment"
    done = "The assessment was reopened, and we have written to its assessors"

    def check(self) -> None:
        assessments.require_reopenable(self.object)

    def back(self) -> str:
        return reverse("bids:bid-assessments", args=[self.object.key])

    def perform(self, form: Any) -> pages.Destination:
        assessments.reopen(
            self.object, **form.cleaned_data, by=self.user, at=clock.now()
        )
        return self.back()


class Start(pages.ActionPage):
    """Begins the assessment its reader was assigned."""

    policy = ASSESS
    scope = staticmethod(in_reach)
    title = "Assess this bid"
    explanation = (
        "You give each criterion a score and say why. You cannot see other "
        "people’s scores until you have finished."
    )
    submit = "Start assessing"

    def check(self) -> None:
        BID.next("assess", self.object.state)
        if not self.object.assessments.filter(assessor=self.user).exists():
            raise NotAllowed("Nobody has assigned you to assess this bid.")

    def back(self) -> str:
        return reverse("bids:bid", args=[self.object.key])

    def perform(self) -> pages.Destination:
        made = assessments.start(self.object, by=self.user, at=clock.now())
        return reverse("bids:assessment", args=[made.key])


class Scores(pages.EditPage):
    policy = ASSESS
    scope = staticmethod(policies.own_assessments)
    title = "Your scores"
    form_class = forms.ScoresForm
    submit = "Save"

    def check(self) -> None:
        assessments.require_unfinished(self.object)

    def back(self) -> str:
        return reverse("bids:bid-assessments", args=[self.object.bid.key])

    def form_options(self) -> dict[str, Any]:
        return {"assessment": self.object}

    def lock(self) -> None:
        self.object = assessments.lock(self.object, self.user)

    def together(self, name: str) -> str:
        """A score and its reason, under the name of the criterion."""
        return self.criteria.get(name.rpartition("_")[2], "")

    @cached_property
    def criteria(self) -> dict[str, str]:
        rows = self.object.bid.round.criteria.all()
        return {str(criterion.pk): criterion.name for criterion in rows}

    def saved(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for score in self.object.scores.all():
            value = forms.NOT_APPLICABLE if score.value is None else str(score.value)
            found[f"value_{score.criterion_id}"] = value
            found[f"justification_{score.criterion_id}"] = score.justification
        return found

    def perform(self, form: Any) -> pages.Destination:
        assessments.score(
            self.object,
            scores={
                pk: score
                for pk, score in form.scores().items()
                if f"value_{pk}" in self.changed
            },
            by=self.user,
            at=clock.now(),
        )
        return reverse("bids:assessment-finish", args=[self.object.key])


class Finish(pages.FormPage):
    policy = ASSESS
    scope = staticmethod(policies.own_assessments)
    template_name = "bids/department/finish.html"
    title = "Finish your assessment"
    form_class = forms.FinishForm
    submit = "Finish"
    done = "Your assessment is finished"

    def check(self) -> None:
        assessments.require_unfinished(self.object)

    def back(self) -> str:
        return reverse("bids:assessment", args=[self.object.key])

    def context(self) -> dict[str, Any]:
        return {"scores": self.object.scores.select_related("criterion")}

    def perform(self, form: Any) -> pages.Destination:
        assessments.finish(self.object, by=self.user, at=clock.now())
        return reverse("bids:bid-assessments", args=[self.object.bid.key])


class SetAside(pages.ActionPage):
    policy = ASSESS
    scope = staticmethod(policies.assessments_for)
    title = "Set this assessment aside"
    explanation = "Its scores are removed and the bid no longer waits for it."
    submit = "Set aside"
    warning = True
    done = "The assessment was set aside"

    def check(self) -> None:
        assessments.require_unfinished(self.object)

    def back(self) -> str:
        return reverse("bids:bid-assessments", args=[self.object.bid.key])

    def perform(self) -> pages.Destination:
        assessments.set_aside(self.object, by=self.user, at=clock.now())
        return self.back()


class Moderate(pages.FormPage):
    policy = ASSESS
    scope = staticmethod(in_reach)
    title = "Moderate a score"
    form_class = forms.ModerateForm
    submit = "Agree this score"
    done = "The score was moderated"

    def check(self) -> None:
        assessments.require_moderator(self.object, self.user)

    def back(self) -> str:
        return reverse("bids:bid-assessments", args=[self.object.key])

    def form_options(self) -> dict[str, Any]:
        left = [one for one in score_spread.wide(self.object) if one.to_agree]
        return {"bid": self.object, "wide": [one.criterion.pk for one in left]}

    def perform(self, form: Any) -> pages.Destination:
        assessments.moderate(
            self.object, **form.cleaned_data, by=self.user, at=clock.now()
        )
        return self.back()
