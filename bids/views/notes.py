"""The notes of officials about a case."""

from bids.domain import notes
from bids.forms.note import NoteForm
from bids.models import Expression
from bids.views.case_pages import CasePage
from bids.views.cases import CaseStep, whole_cases_in_scope
from innovation.accounts.page_access import permission_required
from innovation.accounts.roles import Permission
from innovation.core import statements
from innovation.web import pages

WRITE = permission_required(Permission.TRIAGE)


class Notes(CasePage[Expression]):
    policy = WRITE
    scope = staticmethod(whole_cases_in_scope)
    tab = "bids:case-notes"
    tab_title = "Notes"
    template_name = "bids/department/case_notes.html"

    def tab_context(self) -> dict[str, object]:
        return {"notes": statements.fetch(notes.of_case, self.object.pk)}


class WriteNote(CaseStep, pages.StepPage[Expression, NoteForm]):
    policy = WRITE
    object_page = "bids:case-notes"
    title = "Write a note"
    form_class = NoteForm
    submit_label = "Add the note"
    success_message = "The note was added"
    step = notes.add
