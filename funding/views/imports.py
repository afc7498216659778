"""Pages for importing files of past cases."""

from typing import Never

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header

from funding import policies
from funding.domain import imports
from funding.domain.importing.headings import COLUMNS
from funding.forms.imports import DeclineImportForm, ImportForm
from funding.forms.revision import ConfirmRevisionForm
from funding.models import Import
from funding.models.imports import ImportState
from funding.wording import IMPORT_TAGS
from innovation.accounts.page_access import permission_required
from innovation.accounts.roles import Permission
from innovation.core import clock
from innovation.core.errors import TooLate
from innovation.core.timeouts import LONG
from innovation.web import csv_files, pages

IMPORTER = permission_required(Permission.IMPORT_CASES)
CASES_SHOWN = 50


class Imports(pages.ListPage[Import]):
    """All uploaded files, including those with problems."""

    policy = IMPORTER
    scope = policies.imports_for
    title = "Import past cases"
    template_name = "funding/department/imports.html"
    ordering = ("-id",)

    def rows_in_scope(self) -> QuerySet[Import]:
        return super().rows_in_scope().defer("content").select_related("received_by")

    def context(self) -> dict[str, object]:
        return {"tags": IMPORT_TAGS, "columns": COLUMNS}


class Send(pages.FormPage[Never, ImportForm]):
    policy = IMPORTER
    back = "funding:imports"
    timeouts = LONG
    title = "Check a file of past cases"
    form_class = ImportForm
    submit_label = "Check the file"

    def perform(self, form: ImportForm) -> pages.Destination:
        file = form.cleaned_data["file"]
        return imports.receive(
            file.read(), file_name=file.name, by=self.user, at=clock.now()
        )


class _ImportPage(pages.Page[Import]):
    policy = IMPORTER
    scope = policies.imports_for

    def rows_in_scope(self) -> QuerySet[Import]:
        people = ("received_by", "sent_by", "declined_by", "applied_by")
        return super().rows_in_scope().defer("content").select_related(*people)

    def back_url(self) -> str:
        return str(self.object.get_absolute_url())


class ImportPage(_ImportPage, pages.DetailPage[Import]):
    template_name = "funding/department/import.html"

    def back_url(self) -> str:
        return reverse("funding:imports")

    def page_title(self) -> str:
        return str(self.object.file_name)

    def context(self) -> dict[str, object]:
        new_cases = self.object.expressions + self.object.awards
        waits = self.object.state == ImportState.WAITING
        is_sender = self.object.sent_by == self.user
        return {
            "can_apply": self.object.state in imports.APPLICABLE_STATES and new_cases,
            "can_confirm": waits and not is_sender,
            "can_take_back": waits and is_sender,
            "has_file": self.object.state != ImportState.REFUSED,
            "new_cases": new_cases,
        }


class _PreviewPage(_ImportPage):
    """The base of pages that show what the import would change."""

    timeouts = LONG

    def context(self) -> dict[str, object]:
        preview = imports.preview(self.object, at=clock.now())
        cases = [case for case, _ in preview.report.cases]
        return {
            "preview": preview,
            "effect": preview.effect,
            "cases": cases[:CASES_SHOWN],
            "cases_left_out": len(cases[CASES_SHOWN:]),
        }


class Apply(_PreviewPage, pages.ActionPage[Import]):
    template_name = "funding/department/apply_import.html"
    title = "Import these cases"
    submit_label = "Import them"

    def check(self) -> None:
        if self.object.state not in imports.APPLICABLE_STATES:
            raise TooLate("This file has already been imported, waits or has problems.")

    def perform(self) -> pages.Destination:
        return imports.apply(self.object, by=self.user, at=clock.now())


class Confirm(_PreviewPage, pages.StepPage[Import, ConfirmRevisionForm]):
    """A second person sees each figure before and after."""

    template_name = "funding/department/confirm_import.html"
    title = "Confirm this import"
    form_class = ConfirmRevisionForm
    submit_label = "Confirm and import the cases"
    step = imports.confirm

    def check(self) -> None:
        policies.require_may_confirm(self.user, self.object)


class Refuse(_ImportPage, pages.StepPage[Import, DeclineImportForm]):
    title = "Refuse this import"
    form_class = DeclineImportForm
    submit_label = "Refuse"
    success_message = "The import was refused"
    step = imports.decline

    def check(self) -> None:
        if self.object.state != ImportState.WAITING:
            raise TooLate("This file does not wait for a second person.")


class File(_ImportPage):
    """The file as it was sent."""

    title = "File"

    def rows_in_scope(self) -> QuerySet[Import]:
        return super().rows_in_scope().defer(None)

    def check(self) -> None:
        policies.refuse_in_conflict(self.user, self.object)

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        if self.object.content is None:
            raise TooLate("A file with problems is not kept.")
        response = HttpResponse(
            bytes(self.object.content), content_type="application/octet-stream"
        )
        response["Content-Disposition"] = content_disposition_header(
            True, self.object.file_name
        )
        return response


class Template(pages.Page):
    """An empty sheet with all columns."""

    policy = IMPORTER
    title = "Template"

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        content = csv_files.head([column.name for column in COLUMNS])
        sheet = HttpResponse(content, content_type=csv_files.MEDIA_TYPE)
        sheet["Content-Disposition"] = 'attachment; filename="past-cases.csv"'
        return sheet
