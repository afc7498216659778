"""Pages of imported cases, and of their corrections and retractions."""

from functools import cached_property

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from bids.models import Expression
from bids.models.application import REFERENCES
from funding import policies
from funding.domain import corrections
from funding.domain.importing import corrected_rows, corrected_values, stored_cases
from funding.forms import correction as forms
from funding.forms.revision import ConfirmRevisionForm
from funding.models import Award, Correction, ImportedCase
from funding.views.imports import IMPORTER
from innovation.accounts.roles import Permission
from innovation.core import clock, keys
from innovation.core.folding import Fold, fold
from innovation.web import pages


class ImportedCases(pages.ListPage[ImportedCase]):
    policy = IMPORTER
    scope = policies.imported_cases_for
    back = "funding:imports"
    title = "Imported cases"
    template_name = "funding/department/import_cases.html"
    ordering = ("-id",)
    filter_form = forms.ImportedCasesFilter

    def narrow(
        self, rows: QuerySet[ImportedCase], filter_values: dict[str, object]
    ) -> QuerySet[ImportedCase]:
        def column(model: type[Award | Expression], name: str) -> Subquery:
            cases = model._default_manager.filter(key=OuterRef("subject"))
            return Subquery(cases.values(name)[:1])

        rows = rows.select_related("imported").defer("imported__content")
        if text := str(filter_values.get("q") or ""):
            key = keys.normalise(text)
            rows = rows.alias(folded_id=Fold("sheet_id")).filter(
                Q(subject=key) | Q(imported__key=key) | Q(folded_id=fold(text))
            )
        return rows.annotate(
            title=Coalesce(column(Award, "title"), column(Expression, "title")),
            state=Coalesce(column(Award, "state"), column(Expression, "state")),
        )


class _ImportedCasePage(pages.Page[ImportedCase]):
    policy = IMPORTER
    scope = policies.imported_cases_for
    lookup = "subject"

    def rows_in_scope(self) -> QuerySet[ImportedCase]:
        rows = super().rows_in_scope().select_related("imported__applied_by")
        return rows.defer("imported__content")

    def back_url(self) -> str:
        return str(self.object.get_absolute_url())


class ImportedCasePage(_ImportedCasePage, pages.DetailPage[ImportedCase]):
    """What was imported, and what was corrected since."""

    template_name = "funding/department/import_case.html"

    def back_url(self) -> str:
        return reverse("funding:imported-cases")

    def page_title(self) -> str:
        return f"Imported case {self.object.subject}"

    def context(self) -> dict[str, object]:
        case = corrections.case_of(self.object)
        stored, is_award = stored_cases.read(case), isinstance(case, Award)
        may_read = Permission.READ_AWARDS if is_award else Permission.READ_ALL_CASES
        rows = case.corrections.select_related("asked_by", "answered_by")
        return {
            "facts": [
                {"label": column.capitalize(), "value": text}
                for column in corrected_rows.columns_of(case)
                if (text := corrected_values.text(stored, column))
            ],
            "case_href": (
                reverse("funding:award" if is_award else "bids:case", args=[case.key])
                if self.user.may(may_read)
                else ""
            ),
            "is_retracted": case.state == "retracted",
            "corrections": rows,
            "waits": any(row.is_waiting for row in rows),
        }


class _RequestPage(_ImportedCasePage):
    """The base of forms that ask to correct the case, or to retract it."""

    template_name = "funding/department/ask_correction.html"
    submit_label = "Send to a second person"

    @cached_property
    def case(self) -> Award | Expression:
        return corrections.case_of(self.object)

    def check(self) -> None:
        corrections.require_correctable(self.case)


class Correct(_RequestPage, pages.StepPage[ImportedCase, forms.CorrectForm]):
    title = "Correct an imported case"
    explanation = (
        "Correct one thing at a time. Nothing changes until a second person has seen "
        "the public figures before and after, and confirms it. The value from before "
        "stays in the history."
    )
    form_class = forms.CorrectForm
    success_message = "The correction waits for a second person"
    step = corrections.correct

    def form_options(self) -> dict[str, object]:
        is_award = isinstance(self.case, Award)
        return {
            "columns": corrected_rows.columns_of(self.case),
            "examples": (
                forms.EXAMPLES_OF_AWARDS if is_award else forms.EXAMPLES_OF_EXPRESSIONS
            ),
        }


class Retract(_RequestPage, pages.StepPage[ImportedCase, forms.RetractForm]):
    title = "Retract an imported case"
    explanation = (
        "Retract a case that should not have been imported. When a second person has "
        "confirmed it, the case counts in no figure and the public no longer sees it. "
        "Officials still see it, as retracted. This cannot be undone: the row would "
        "have to be imported again under another id."
    )
    form_class = forms.RetractForm
    success_message = "The retraction waits for a second person"
    step = corrections.retract


class _CorrectionPage(pages.Page[Correction]):
    policy = IMPORTER
    scope = policies.corrections_for

    def rows_in_scope(self) -> QuerySet[Correction]:
        related = (
            "asked_by",
            "answered_by",
            "award__round",
            "award__lead",
            "award__idea_type",
            "expression__round",
            "expression__lead",
            *(f"expression__{name}" for name in REFERENCES),
        )
        return super().rows_in_scope().select_related(*related)

    def back_url(self) -> str:
        return str(self.object.get_absolute_url())


class Corrections(pages.ListPage[Correction]):
    policy = IMPORTER
    scope = policies.corrections_for
    back = "funding:imports"
    title = "Corrections of imported cases"
    template_name = "funding/department/corrections.html"
    ordering = ("-asked_at", "-id")

    def rows_in_scope(self) -> QuerySet[Correction]:
        related = ("asked_by", "award", "expression")
        return super().rows_in_scope().select_related(*related)


class CorrectionPage(_CorrectionPage, pages.DetailPage[Correction]):
    template_name = "funding/department/correction.html"

    def back_url(self) -> str:
        return reverse("funding:imported-case", args=[self.object.case.key])

    def page_title(self) -> str:
        return self.object.title

    def context(self) -> dict[str, object]:
        is_asker = self.object.asked_by == self.user
        return {
            "can_confirm": self.object.is_waiting and not is_asker,
            "can_take_back": self.object.is_waiting and is_asker,
        }


class Confirm(_CorrectionPage, pages.StepPage[Correction, ConfirmRevisionForm]):
    """A second person sees each figure before and after."""

    template_name = "funding/department/confirm_correction.html"
    title = "Confirm this correction"
    form_class = ConfirmRevisionForm
    submit_label = "Confirm"
    success_message = "The correction was confirmed"
    step = corrections.confirm

    def check(self) -> None:
        policies.require_may_confirm_correction(self.user, self.object)

    def context(self) -> dict[str, object]:
        return {"effect": corrections.preview(self.object, at=clock.now())}


class Refuse(_CorrectionPage, pages.StepPage[Correction, forms.RefuseCorrectionForm]):
    title = "Refuse this correction"
    form_class = forms.RefuseCorrectionForm
    submit_label = "Refuse"
    success_message = "The correction was refused"
    step = corrections.refuse

    def check(self) -> None:
        policies.require_waiting(self.object)
