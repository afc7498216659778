"""The page on which an applicant adds a partner that is not registered.

It is separate from the section, so that nobody loses what they typed there.
"""

from functools import partial
from typing import Any

from django.http import Http404
from django.urls import reverse

from bids import partner_policies, policies
from bids.domain import drafts, partners, sections
from bids.domain.answer_versions import DraftAnswer
from bids.domain.applications import Case
from bids.forms import draft
from bids.forms.partner import PartnerForm
from bids.forms.question_types.names import unknown_lines
from bids.models import Question
from bids.views.applicant_pages import ApplicantCasePage
from innovation.core import clock
from innovation.core.clock import london_day
from innovation.web import pages


class AddPartner(ApplicantCasePage, pages.FormPage[Case, PartnerForm]):
    title = "Add a partner that is not listed"
    template_name = "bids/applicant/add_partner.html"
    form_class = PartnerForm
    submit_label = "Add partner"
    success_message = "The partner was added"

    def check(self) -> None:
        policies.require_write(self.user, self.object)
        question = partners.question_of(self.object, self.kwargs["partners_code"])
        if question is None:
            raise Http404
        drafts.require_writable(self.object)
        self.question: Question = question

    def back_url(self) -> str:
        section = self.address("-section", sections.slug_of(self.question))
        return f"{section}#question-{self.question.code}"

    def form_options(self) -> dict[str, Any]:
        day = london_day(clock.now())
        known = partner_policies.organisations_to_suggest(self.user, day)
        return {"case": self.object, "known": known, "day": day}

    def initial(self) -> dict[str, object]:
        """The first name among the partners that is not known."""
        text = "\n".join(partners.partner_lines(self.object, self.question.code))
        unknown = unknown_lines(text, self.object)[:1]
        return {"name": unknown[0], "instead_of": unknown[0]} if unknown else {}

    def context(self) -> dict[str, object]:
        return {"councils_url": reverse("accounts:councils")}

    def perform(self, form: PartnerForm) -> pages.Destination:
        partners.add(
            self.object,
            **form.cleaned_data,
            code=self.question.code,
            read=partial(_answer, self.object, self.question),
            by=self.user,
            at=clock.now(),
        )
        return self.back_url()


def _answer(case: Case, question: Question, text: str) -> DraftAnswer:
    return draft.from_input(case, question, {question.code: [text]})
