"""The whole question set of a round, to read, print or download before signing up."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from bids.domain import rounds, sections
from bids.models import QuestionSet
from bids.models.question import Stage
from bids.views.rounds import published
from innovation.accounts.policy import EVERYBODY
from innovation.web import pages


class Questions(pages.DetailPage):
    policy = EVERYBODY
    scope = staticmethod(published)
    template_name = "bids/public/questions.html"
    title = "Everything you will be asked"

    def back(self) -> str:
        return reverse("bids:round", args=[self.thing.key])

    def context(self) -> dict[str, Any]:
        newest = (rounds.questions(self.thing, stage) for stage in Stage)
        return {"forms": [_form(each) for each in newest if each is not None]}


class Download(Questions):
    """One file that opens in a browser or a word processor, with nothing beside it."""

    template_name = "bids/public/questions_file.html"

    def show(self, status: int = 200, **more: Any) -> HttpResponse:
        response = super().show(status, **more)
        name = f"questions-{self.thing.key}.html"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response


def _form(question_set: QuestionSet) -> dict[str, Any]:
    asked = list(question_set.questions.all())
    return {
        "set": question_set,
        "sections": sections.cut(asked, sections.everything(asked)),
        "wordings": {question.code: question.wording for question in asked},
    }
