"""Scores: whose may be read, one's own, and what is agreed where they differ."""

from typing import Any

from django.urls import reverse

from bids import policies
from bids.domain import assessments, spread
from bids.forms import assessment as forms
from bids.states import BID
from bids.views.bid import READ, in_reach
from innovation.accounts.policy import may
from innovation.accounts.roles import Verb
from innovation.core import clock
from innovation.web import pages

ASSESS = may(Verb.ASSESS)


class Assessments(pages.DetailPage):
    """Whose scores the reader may see, and where they lie far apart."""

    policy = READ
    scope = staticmethod(in_reach)
    template_name = "bids/department/assessments.html"
    title = "Assessments"

    def back(self) -> str:
        return reverse("bids:bid", args=[self.thing.key])

    def context(self) -> dict[str, Any]:
        user = self.user
        given = spread.every(self.thing)
        shown = spread.visible(self.thing, user, given)
        all_shown = len(shown) == len(given)
        return {
            "assessments": shown,
            "hidden": not all_shown,
            "wide": spread.wide(self.thing) if all_shown else [],
            "waiting": [each for each in given if each.finished_at is None]
            if user.may(Verb.ASSIGN)
            else [],
            "may_assess": user.may(Verb.ASSESS)
            and BID.allows("assess", self.thing.state),
            "begun": any(each.assessor_id == user.pk for each in given),
            "finished": any(
                each.assessor_id == user.pk and each.finished_at for each in given
            ),
            "reader": user,
        }


class Start(pages.ActionPage):
    """Begins the reader's own assessment, or leads to the one begun."""

    policy = ASSESS
    scope = staticmethod(in_reach)
    title = "Assess this bid"
    explanation = (
        "You give each criterion a score and say why. Until you have finished you do "
        "not see what others gave, and the bid waits for you."
    )
    submit = "Start to assess"

    def check(self) -> None:
        BID.next("assess", self.thing.state)

    def back(self) -> str:
        return reverse("bids:bid", args=[self.thing.key])

    def perform(self) -> pages.Destination:
        made = assessments.start(self.thing, by=self.user, at=clock.now())
        return reverse("bids:assessment", args=[made.key])


class Scores(pages.FormPage):
    policy = ASSESS
    scope = staticmethod(policies.own_assessments)
    title = "Your scores"
    form_class = forms.ScoresForm
    submit = "Save"

    def check(self) -> None:
        assessments.require_unfinished(self.thing)

    def back(self) -> str:
        return reverse("bids:bid-assessments", args=[self.thing.bid.key])

    def form_options(self) -> dict[str, Any]:
        return {"assessment": self.thing}

    def initial(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for score in self.thing.scores.all():
            value = forms.NOT_APPLICABLE if score.value is None else str(score.value)
            found[f"value_{score.criterion_id}"] = value
            found[f"justification_{score.criterion_id}"] = score.justification
        return found

    def perform(self, form: Any) -> pages.Destination:
        assessments.score(
            self.thing, scores=form.scores(), by=self.user, at=clock.now()
        )
        return reverse("bids:assessment-finish", args=[self.thing.key])


class Finish(pages.FormPage):
    policy = ASSESS
    scope = staticmethod(policies.own_assessments)
    template_name = "bids/department/finish.html"
    title = "Finish your assessment"
    form_class = forms.FinishForm
    submit = "Finish"
    done = "Your assessment is finished"

    def check(self) -> None:
        assessments.require_unfinished(self.thing)

    def back(self) -> str:
        return reverse("bids:assessment", args=[self.thing.key])

    def context(self) -> dict[str, Any]:
        return {"scores": self.thing.scores.select_related("criterion")}

    def perform(self, form: Any) -> pages.Destination:
        assessments.finish(self.thing, by=self.user, at=clock.now())
        return reverse("bids:bid-assessments", args=[self.thing.bid.key])


class SetAside(pages.ActionPage):
    policy = ASSESS
    scope = staticmethod(policies.assessments_for)
    title = "Set this assessment aside"
    explanation = "Its scores are removed and the bid no longer waits for it."
    submit = "Set aside"
    warning = True
    done = "The assessment was set aside"

    def check(self) -> None:
        assessments.require_unfinished(self.thing)

    def back(self) -> str:
        return reverse("bids:bid-assessments", args=[self.thing.bid.key])

    def perform(self) -> pages.Destination:
        assessments.set_aside(self.thing, by=self.user, at=clock.now())
        return self.back()


class Moderate(pages.FormPage):
    policy = ASSESS
    scope = staticmethod(in_reach)
    title = "Moderate a score"
    form_class = forms.ModerateForm
    submit = "Agree this score"
    done = "The score was moderated"

    def check(self) -> None:
        assessments.require_moderator(self.thing, self.user)

    def back(self) -> str:
        return reverse("bids:bid-assessments", args=[self.thing.key])

    def form_options(self) -> dict[str, Any]:
        wide = [found.criterion.pk for found in spread.wide(self.thing)]
        return {"bid": self.thing, "wide": wide}

    def perform(self, form: Any) -> pages.Destination:
        assessments.moderate(
            self.thing, **form.cleaned_data, by=self.user, at=clock.now()
        )
        return self.back()
