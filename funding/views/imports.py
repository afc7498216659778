"""Pages for importing files of past cases."""

from typing import Never

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from funding import policies
from funding.domain import imports
from funding.domain.importing.headings import COLUMNS
from funding.forms.imports import ImportForm
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
_APPLICABLE_STATES = (ImportState.CHECKED, ImportState.FAILED)


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


class ImportPage(pages.DetailPage[Import]):
    policy = IMPORTER
    scope = policies.imports_for
    back = "funding:imports"
    template_name = "funding/department/import.html"

    def rows_in_scope(self) -> QuerySet[Import]:
        people = ("received_by", "applied_by")
        return super().rows_in_scope().defer("content").select_related(*people)

    def page_title(self) -> str:
        return str(self.object.file_name)

    def context(self) -> dict[str, object]:
        new_cases = self.object.expressions + self.object.awards
        return {
            "can_apply": self.object.state in _APPLICABLE_STATES and new_cases,
            "new_cases": new_cases,
        }


class Apply(pages.ActionPage[Import]):
    policy = IMPORTER
    scope = policies.imports_for
    template_name = "funding/department/apply_import.html"
    title = "Import these cases"
    submit_label = "Import them"
    timeouts = LONG

    def check(self) -> None:
        if self.object.state not in _APPLICABLE_STATES:
            raise TooLate("This file has already been applied, or has problems.")

    def back_url(self) -> str:
        return str(self.object.get_absolute_url())

    def perform(self) -> pages.Destination:
        return imports.apply(self.object, by=self.user, at=clock.now())


class Template(pages.Page):
    """An empty sheet with all columns."""

    policy = IMPORTER
    title = "Template"

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        content = csv_files.head([column.name for column in COLUMNS])
        sheet = HttpResponse(content, content_type=csv_files.MEDIA_TYPE)
        sheet["Content-Disposition"] = 'attachment; filename="past-cases.csv"'
        return sheet
