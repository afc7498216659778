"""The one page on which a section of an expression or a bid is written."""

from typing import Any

from django.http import Http404
from django.urls import reverse

from bids.domain import completeness, sections
from bids.domain.sections import Section
from bids.forms.section import SectionForm
from bids.views import facts
from innovation.accounts.policy import may
from innovation.accounts.roles import Verb
from innovation.web import pages

APPLY = may(Verb.APPLY)
FROM_CHECK = "check"


class SectionPage(pages.FormPage):
    """Saved however incomplete it is. Who came from the check page goes back there."""

    policy = APPLY
    template_name = "bids/applicant/section.html"
    form_class = SectionForm
    submit = "Save and continue"
    page: str
    """The name of the case's own page; the check page's begins with it."""

    def check(self) -> None:
        self.require_writable()
        self.section = find(self.thing, self.kwargs["slug"])

    def require_writable(self) -> None:
        """Raise what stops this person from writing this case now."""
        raise NotImplementedError

    def page_title(self) -> str:
        return self.section.title

    def back(self) -> str:
        checking = self.request.GET.get("from") == FROM_CHECK
        name = f"bids:{self.page}-check" if checking else f"bids:{self.page}"
        return reverse(name, args=[self.thing.key])

    def form_options(self) -> dict[str, Any]:
        return {"case": self.thing, "questions": self.section.questions}

    def save(self, form: SectionForm) -> None:
        """The one domain call."""
        raise NotImplementedError

    def perform(self, form: Any) -> pages.Destination:
        self.save(form)
        return self.back()


def find(case: Any, slug: str) -> Section:
    for section in sections.of(case):
        if section.slug == slug:
            return section
    raise Http404


def tasks(
    case: Any, problems: completeness.Problems, page: str
) -> list[dict[str, Any]]:
    """The sections with what is left to do in each, for the task list."""
    return [
        {
            "title": section.title,
            "href": reverse(f"bids:{page}-section", args=[case.key, section.slug]),
            "status": sections.status(section, case, problems),
        }
        for section in sections.of(case)
    ]


def checked(case: Any, page: str) -> dict[str, Any]:
    """Everything said, and what is still missing with the place to say it."""
    problems = completeness.problems(case)
    missing = [
        {"href": facts.place(case, section, question, page), "text": text}
        for section in sections.of(case)
        for question in section.questions
        for text in problems.get(question.code, [])
    ]
    return {"groups": facts.groups(case, page), "missing": missing}
