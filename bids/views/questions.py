"""Where an administrator writes what a round asks, version by version."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from bids.domain import question_sets
from bids.forms import rounds as forms
from bids.models import QuestionSet
from bids.views.manage import MANAGE, every_round
from innovation.accounts.models import User
from innovation.core import clock
from innovation.web import pages


def every_set(user: User) -> QuerySet[QuestionSet]:
    return QuestionSet.objects.select_related("round")


def address(page: str, key: str) -> str:
    return reverse(f"bids:{page}", args=[key])


class BeginQuestions(pages.ActionPage):
    policy = MANAGE
    scope = staticmethod(every_round)
    title = "Write a new version of the questions"
    explanation = (
        "It begins as a copy of the newest version. Cases begun before it is "
        "published keep the questions they have."
    )
    submit = "Begin"
    stage = "expression"

    def back(self) -> str:
        return reverse("bids:manage-round", args=[self.thing.key])

    def perform(self) -> pages.Destination:
        begun = question_sets.begin(
            self.thing,
            stage=self.stage,
            by=self.user,
            at=clock.now(),
        )
        return reverse("bids:manage-questions", args=[begun.key])


class Detail(pages.DetailPage):
    policy = MANAGE
    scope = staticmethod(every_set)
    template_name = "bids/administrator/questions.html"

    def page_title(self) -> str:
        return (
            f"{self.thing.get_stage_display()} questions, version {self.thing.version}"
        )

    def back(self) -> str:
        return address("manage-round", self.thing.round.key)

    def context(self) -> dict[str, Any]:
        return {"questions": self.thing.questions.all()}


class AddQuestion(pages.FormPage):
    policy = MANAGE
    scope = staticmethod(every_set)
    title = "Add a question"
    form_class = forms.QuestionForm
    submit = "Add"
    done = "The question was added"

    def check(self) -> None:
        question_sets.require_unpublished(self.thing)

    def back(self) -> str:
        return address("manage-questions", self.thing.key)

    def perform(self, form: Any) -> pages.Destination:
        question_sets.add(
            self.thing, facts=form.cleaned_data, by=self.user, at=clock.now()
        )
        return self.back()


class RemoveQuestion(pages.FormPage):
    policy = MANAGE
    scope = staticmethod(every_set)
    title = "Remove a question"
    form_class = forms.RemoveQuestionForm
    submit = "Remove"
    done = "The question was removed"

    def check(self) -> None:
        question_sets.require_unpublished(self.thing)

    def back(self) -> str:
        return address("manage-questions", self.thing.key)

    def form_options(self) -> dict[str, Any]:
        return {"question_set": self.thing}

    def perform(self, form: Any) -> pages.Destination:
        question_sets.remove(
            form.cleaned_data["question"], by=self.user, at=clock.now()
        )
        return self.back()


class Publish(pages.FormPage):
    policy = MANAGE
    scope = staticmethod(every_set)
    title = "Publish these questions"
    form_class = forms.PublishForm
    submit = "Publish"
    done = "The questions were published"

    def check(self) -> None:
        question_sets.require_unpublished(self.thing)

    def back(self) -> str:
        return address("manage-questions", self.thing.key)

    def perform(self, form: Any) -> pages.Destination:
        question_sets.publish(self.thing, by=self.user, at=clock.now())
        return address("manage-round", self.thing.round.key)
