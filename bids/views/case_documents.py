"""Pages for adding and removing the files of a question.

They are separate, so that nobody loses what they typed if a file is not accepted.
"""

from django.conf import settings
from django.http import Http404
from django.urls import reverse

from bids import policies
from bids.domain import case_documents, drafts, sections
from bids.domain.applications import Case
from bids.domain.queries.case_documents import files_of_question
from bids.forms.case_document import FilesForm
from bids.models import CaseDocument, Question
from bids.views.applicant_pages import APPLY, ApplicantCasePage
from innovation.core import clock
from innovation.documents import scanner
from innovation.web import pages


def require_question(page: pages.Page) -> Question:
    """The question in the address. Require a user who may answer it now."""
    policies.require_write(page.user, page.object)
    code = page.kwargs["question_code"]
    question = case_documents.upload_question(page.object, code)
    if question is None:
        raise Http404
    drafts.require_writable(page.object)
    return question


class Files(ApplicantCasePage, pages.FormPage[Case, FilesForm]):
    template_name = "bids/applicant/case_documents.html"
    form_class = FilesForm
    submit_label = "Add files"
    success_message = "The files were added"

    def check(self) -> None:
        self.question = require_question(self)

    def page_title(self) -> str:
        return self.question.wording

    def back_url(self) -> str:
        return self.address("-section", sections.slug_of(self.question))

    def context(self) -> dict[str, object]:
        return {
            "question": self.question,
            "files": files_of_question(self.object, self.question.code),
            "virus_scanning": scanner.is_configured(),
            "max_files": case_documents.MAX_FILES,
            "max_megabytes": settings.DOCUMENT_MOST_MEGABYTES,
        }

    def perform(self, form: FilesForm) -> pages.Destination:
        files = form.cleaned_data["chosen"]
        code = self.question.code
        case_documents.add(self.object, files, code=code, by=self.user, at=clock.now())
        return self.request.path


class Remove(pages.ActionPage[CaseDocument]):
    policy = APPLY
    scope = staticmethod(policies.own_files)
    explanation = "Nobody will be able to open it here."
    submit_label = "Remove"
    warning = True
    success_message = "The file was removed"
    step = case_documents.remove

    def check(self) -> None:
        policies.require_write(self.user, self.object.case)
        drafts.require_writable(self.object.case)

    def page_title(self) -> str:
        return f"Remove “{self.object.document.name}”"

    def back_url(self) -> str:
        page = "expression-files" if self.object.expression else "own-bid-files"
        return reverse(f"bids:{page}", args=[self.object.case.key, self.object.code])
