"""The notes of officials about a case."""

from bids.case_navigation import case_navigation
from bids.domain import notes
from bids.forms.note import NoteForm
from bids.models import Expression
from bids.views.cases import CaseStep
from innovation.accounts.page_access import permission_required
from innovation.accounts.roles import Permission
from innovation.core import statements
from innovation.web import pages


class Notes(CaseStep, pages.StepPage[Expression, NoteForm]):
    policy = permission_required(Permission.TRIAGE)
    title = "Notes"
    template_name = "bids/department/notes.html"
    form_class = NoteForm
    submit_label = "Add the note"
    success_message = "The note was added"
    step = notes.add

    def context(self) -> dict[str, object]:
        return {
            "navigation": case_navigation(
                self.user, self.object, current="bids:case-notes"
            ),
            "notes": statements.fetch(notes.of_case, self.object.pk),
        }

    def perform(self, form: NoteForm) -> pages.Destination:
        super().perform(form)
        return self.request.path
