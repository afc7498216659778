"""The preview of an unpublished form. It works like the published form, but its case is
never saved.
"""

from django.http import Http404, HttpRequest, HttpResponse

from bids.domain import sections
from bids.domain.applications import Case
from bids.domain.sections import Section
from bids.forms import row_inputs
from bids.forms.section import SectionForm
from bids.models import Bid, Expression, QuestionSet
from bids.views import numbers_by_code
from bids.views.question_sets import all_question_sets
from bids.views.rounds import MANAGE
from innovation.organisations.models import Organisation
from innovation.web import pages
from innovation.web.forms import Sent


class Preview(pages.DetailPage[QuestionSet]):
    policy = MANAGE
    scope = staticmethod(all_question_sets)
    object_page = "bids:manage-questions"
    template_name = "bids/administrator/question_set_preview.html"
    title = "Preview"

    def context(self) -> dict[str, object]:
        return {"sections": _sections(self.object)}


class PreviewSection(pages.Page[QuestionSet]):
    """Shows how input would be read; nothing is saved."""

    policy = MANAGE
    scope = staticmethod(all_question_sets)
    object_page = "bids:manage-questions-preview"
    template_name = "bids/administrator/section_preview.html"
    http_method_names = ["get", "head", "post", "options"]

    def check(self) -> None:
        slug = self.kwargs["section"]
        sections = _sections(self.object)
        section = next((row for row in sections if row.slug == slug), None)
        if section is None:
            raise Http404
        self.section = section

    def page_title(self) -> str:
        return self.section.title

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        return self.show(form=self._form())

    def post(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        rows = row_inputs.read_rows(
            request.POST,
            _unsaved_case(self.object),
            self.section.questions,
            removed=numbers_by_code.removed_rows(request),
        )
        form = self._form(rows.data)
        for name, sentence in rows.errors.items():
            form.add_error(name, sentence)
        if not form.is_valid():
            return self.show(422, form=form)
        return self.show(form=form, accepted=True)

    def _form(self, data: Sent = None) -> SectionForm:
        return SectionForm(
            data,
            case=_unsaved_case(self.object),
            questions=self.section.questions,
            rows=numbers_by_code.requested_rows(self.request),
        )


def _sections(question_set: QuestionSet) -> list[Section]:
    questions = list(question_set.questions.all())
    return sections.group_into_sections(
        questions, sections.answers_revealing_all(questions)
    )


def _unsaved_case(question_set: QuestionSet) -> Case:
    model = Bid if question_set.stage == "bid" else Expression
    lead = Organisation(name="The lead organisation")
    return model(round=question_set.round, lead=lead, question_set=question_set)
