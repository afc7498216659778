"""The public pages about eligibility."""

from collections.abc import Sequence
from functools import cached_property
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.urls import reverse

from bids.domain import eligibility, rounds
from bids.domain.eligibility import GivenAnswer
from bids.domain.programmes import of_main_programme
from bids.forms.eligibility import EligibilityQuestionForm
from bids.models import Round
from bids.policies import published_rounds
from innovation.accounts.page_access import EVERYBODY
from innovation.accounts.permissions import has_permission
from innovation.accounts.roles import Permission
from innovation.core import clock
from innovation.core.errors import TooLate
from innovation.web import pages

QUESTION_PARAMETER = "asked"
"""The question that was on the page, so that choosing nothing is an error."""


class WhoMayApply(pages.Page):
    policy = EVERYBODY
    shared = True
    template_name = "bids/public/eligibility.html"
    title = "Who can apply, and what for"
    description = (
        "Who can apply to the Children’s Social Care Innovation Programme, what is on "
        "offer besides money, and how an idea becomes a funded project."
    )

    def context(self) -> dict[str, object]:
        now = clock.now()
        return {
            "open_rounds": of_main_programme(rounds.rounds_open_at(now), "pk"),
            "upcoming_rounds": of_main_programme(rounds.rounds_coming_at(now), "pk"),
        }


class Eligibility(pages.DetailPage[Round]):
    """The answers are in the query string, so that none are stored and “Back” works."""

    policy = EVERYBODY
    scope = staticmethod(published_rounds)

    def check(self) -> None:
        opens, now = self.object.opens_at, clock.now()
        if not rounds.is_open(self.object, now) and (opens is None or opens <= now):
            raise TooLate(f"{self.object.name} has closed. See the rounds open now.")

    @cached_property
    def result(self) -> eligibility.EligibilityResult:
        return eligibility.check_eligibility(self.object, self.request.GET.dict())

    def get_template_name(self) -> str:
        name = "question" if self.result.next else "result"
        return f"bids/public/eligibility_{name}.html"

    def page_title(self) -> str:
        if self.result.next:
            return self.result.next.wording
        can = "cannot" if self.result.refusal else "can"
        return f"You {can} apply to {self.object.name}"

    def back_url(self) -> str:
        """The previous question, or the round."""
        if not self.result.answers:
            return reverse("bids:round", args=[self.object.key])
        return f"?{urlencode(_parameters(self.result.answers[:-1]))}"

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        question = self.result.next
        if question is None:
            return self.show(200, **self._outcome())
        is_asked = request.GET.get(QUESTION_PARAMETER) == question.code
        form = EligibilityQuestionForm(
            request.GET if is_asked else None, question=question
        )
        is_invalid = is_asked and not form.is_valid()
        return self.show(
            422 if is_invalid else 200,
            form=form,
            hidden_fields=[
                *_parameters(self.result.answers),
                (QUESTION_PARAMETER, question.code),
            ],
        )

    def _outcome(self) -> dict[str, object]:
        now = clock.now()
        start = f"{reverse('bids:start')}?{urlencode({'round': self.object.key})}"
        start_query = urlencode({"next": start})
        open_rounds = rounds.rounds_open_at(now).filter(
            programme=self.object.programme_id
        )
        other_rounds = open_rounds.exclude(pk=self.object.pk)
        answers = [
            (question.wording, dict(question.choices)[answer])
            for question, answer in self.result.answers
        ]
        return {
            "result": self.result,
            "answers": answers,
            "is_unsigned": ("signature", "later") in _parameters(self.result.answers),
            "is_open": rounds.is_open(self.object, now),
            "other_rounds": other_rounds[:20],
            "start_url": start,
            "may_start": has_permission(self.user, Permission.APPLY),
            "sign_up_url": f"{reverse('account_signup')}?{start_query}",
            "sign_in_url": f"{resolve_url(settings.LOGIN_URL)}?{start_query}",
        }


def _parameters(answers: Sequence[GivenAnswer]) -> list[tuple[str, str]]:
    """The answers as they stand in the query string."""
    return [(question.code, answer) for question, answer in answers]
