"""The public page of a round's questions, to read, print or download."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse

from bids.domain import rounds, sections
from bids.models import Question, QuestionSet, Round
from bids.policies import published_rounds
from innovation.accounts.page_access import EVERYBODY
from innovation.core import clock
from innovation.core.formatting import format_date
from innovation.core.text_blocks import text_blocks
from innovation.web import pages, pdf


class Questions(pages.DetailPage[Round]):
    policy = EVERYBODY
    shared = True
    scope = staticmethod(published_rounds)
    object_page = "bids:round"
    template_name = "bids/public/question_set.html"
    title = "Everything you will be asked"

    def page_description(self) -> str:
        return (
            f"Every question of {self.object.name}, to read, print or download before "
            "you apply."
        )

    def context(self) -> dict[str, object]:
        return {"forms": self.forms()}

    def forms(self) -> list[dict[str, Any]]:
        sets = rounds.published_sets(self.object).prefetch_related("questions")
        return [_form(question_set) for question_set in sets]


class Download(Questions):
    """The questions as an accessible PDF, with the date of the newest published set."""

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        forms = self.forms()
        moments = [form["set"].published_at for form in forms]
        return pdf.download(
            request,
            "bids/pdf/question_set.typ",
            {
                "title": f"{self.object.name}: {self.title.lower()}",
                "round": self.object.name,
                "forms": [_pdf_form(form) for form in forms],
            },
            name=f"questions-{self.object.key}",
            at=max(moments, default=clock.now()),
        )


def _form(question_set: QuestionSet) -> dict[str, Any]:
    questions = list(question_set.questions.all())
    return {
        "set": question_set,
        "sections": sections.group_into_sections(
            questions, sections.answers_revealing_all(questions)
        ),
        "wordings": {question.code: question.wording for question in questions},
    }


def _pdf_form(form: dict[str, Any]) -> dict[str, Any]:
    """The form as text, for the PDF template."""
    published = format_date(form["set"].published_at)
    return {
        "title": form["set"].get_stage_display(),
        "note": f"Version {form['set'].version}, published on {published}.",
        "sections": [
            {
                "title": section.title,
                "questions": [
                    {
                        "label": question.wording,
                        "blocks": [
                            block
                            for text in _details(question, form["wordings"])
                            for block in text_blocks(text)
                        ],
                    }
                    for question in section.questions
                ],
            }
            for section in form["sections"]
        ],
    }


def _details(question: Question, wordings: Mapping[str, str]) -> Iterator[str]:
    if question.hint:
        yield question.hint
    if not question.required:
        yield "Optional."
    if question.word_limit:
        yield f"Up to {question.word_limit} words."
    if question.choices:
        yield f"Choose from: {'; '.join(question.choices)}."
    rule = question.shown_only_if
    if rule:
        parent = wordings.get(rule["code"], "")
        yield f"Asked only if you answer “{parent}” with “{rule['answer']}”."
