"""Pages that take the same step for several cases of the list.

The cases stand in the address. A page first lists exactly what will happen to which,
and which are left out and why. The page of a batch says how it went, and leads to where
it is undone.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, Generic, Never
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from bids import policies
from bids.domain import batches, feedback_drafts
from bids.domain.batch_actions import ACTIONS, BatchAction, Options
from bids.domain.batches import Proposal
from bids.forms.assignment import AssignForm, developers
from bids.forms.batch import BatchFeedbackForm, BatchForm
from bids.models import ActionName, Batch, BatchCase, Criterion, Expression
from bids.views.cases import cases_in_scope
from innovation.accounts.domain.queries.people import names_by_key
from innovation.accounts.models import User
from innovation.accounts.page_access import permission_required
from innovation.accounts.roles import Permission
from innovation.core import clock, limits
from innovation.core.errors import Invalid, TooLate
from innovation.core.formatting import format_deadline
from innovation.web import pages
from innovation.web.base import T
from innovation.web.pages import F

ASSIGN = permission_required(Permission.ASSIGN)
TRIAGE = permission_required(Permission.TRIAGE)


@dataclass(frozen=True, slots=True)
class ShownCase:
    """A case of a batch, with what the step needs for it or why it is left out."""

    case: Expression
    reason: str = ""
    person: str = ""
    feedback: Sequence[tuple[str, str]] = ()


def _shown(cases: Iterable[tuple[Expression, Options]]) -> list[ShownCase]:
    """With the names of people and criteria, which the options hold by reference."""
    listed = list(cases)
    people = names_by_key({str(options.get("user", "")) for _, options in listed})
    texts = {case.pk: _feedback_of(options) for case, options in listed}
    criteria = Criterion.objects.filter(
        pk__in={pk for ts in texts.values() for pk in ts}
    )
    names = dict(criteria.values_list("pk", "name"))
    return [
        ShownCase(
            case,
            person=people.get(str(options.get("user", "")), ""),
            feedback=[(names[pk], text) for pk, text in texts[case.pk].items()],
        )
        for case, options in listed
    ]


def _feedback_of(options: Options) -> dict[int, str]:
    texts = options.get("feedback")
    pairs = texts.items() if isinstance(texts, Mapping) else ()
    return {int(pk): str(text) for pk, text in pairs}


def _shown_rows(rows: Iterable[BatchCase]) -> list[ShownCase]:
    return _shown((row.expression, row.options) for row in rows)


class SelectedCases(pages.Page[T]):
    """About the cases that the address names. Keys of other cases are left out."""

    back = "bids:cases"

    @cached_property
    def cases(self) -> Sequence[Expression]:
        keys = self.request.GET.getlist("case")[: limits.PAGE_ROWS]
        keys = [key for key in dict.fromkeys(keys) if "\x00" not in key]
        found = cases_in_scope(self.user).filter(key__in=keys)
        return sorted(found, key=lambda case: keys.index(case.key))


class ChooseAssignee(SelectedCases[Never], pages.FormPage[Never, AssignForm]):
    policy = ASSIGN
    title = "Assign these cases to somebody"
    template_name = "bids/department/assign_cases.html"
    form_class = AssignForm

    def context(self) -> dict[str, Any]:
        return {"cases": self.cases}

    def perform(self, form: AssignForm) -> pages.Destination:
        if not self.cases:
            raise Invalid.field(None, "Select at least one case in the list of cases")
        query = urlencode([("case", case.key) for case in self.cases])
        person = form.cleaned_data["user"].key
        return f"{reverse('bids:batch-assign', args=[person])}?{query}"


class _NewBatch(SelectedCases[T], pages.FormPage[T, F], Generic[T, F]):
    """Shows what will happen to which cases, and which stay as they are and why."""

    template_name = "bids/department/new_batch.html"
    action_name: ClassVar[ActionName]
    heading: ClassVar[str]
    """Above the cases that are included."""

    @property
    def action(self) -> BatchAction:
        return ACTIONS[self.action_name]

    def options_of(self, cases: Sequence[Expression]) -> dict[Expression, Options]:
        """What the step needs for each case, as far as the page knows it without its
        form.
        """
        return {case: {} for case in cases}

    def options_from_form(self, form: F, options: Options) -> Options:
        """The options of a case with what the form adds to them."""
        return options

    @cached_property
    def proposal(self) -> Proposal:
        return batches.propose(self.action, self.options_of(self.cases))

    def page_heading(self) -> str:
        return self.heading

    def initial(self) -> Mapping[str, object]:
        return {"shown": " ".join(case.key for case in self.proposal.included)}

    def context(self) -> dict[str, Any]:
        included = self.proposal.included
        return {
            "heading": self.page_heading(),
            "included": _shown(included.items()),
            "excluded": [
                ShownCase(case, reason)
                for case, reason in self.proposal.excluded.items()
            ],
            "waits": self.action.waits,
            "minutes": int(batches.pause().total_seconds() // 60),
            "button": self.action.button_label(len(included)),
        }

    def perform(self, form: F) -> pages.Destination:
        shown = set(form.cleaned_data["shown"].split())
        cases = self.options_of([case for case in self.cases if case.key in shown])
        chosen = {
            case: self.options_from_form(form, options)
            for case, options in cases.items()
        }
        batch = batches.make(self.action, chosen, by=self.user, at=clock.now())
        return reverse("bids:batch", args=[batch.key])


def people(user: User) -> QuerySet[User]:
    """Those to whom a case can be assigned."""
    return developers()


class AssignCases(_NewBatch[User, BatchForm]):
    policy = ASSIGN
    scope = staticmethod(people)
    action_name = ActionName.ASSIGN
    form_class = BatchForm

    def page_title(self) -> str:
        return f"Assign cases to {self.object.name}"

    def page_heading(self) -> str:
        return f"{self.object.name} will look after"

    def options_of(self, cases: Sequence[Expression]) -> dict[Expression, Options]:
        return {case: {"user": self.object.key} for case in cases}


class TakeForward(_NewBatch[Never, BatchForm]):
    policy = TRIAGE
    action_name = ActionName.TAKE_FORWARD
    form_class = BatchForm
    title = "Take these cases forward"
    heading = "We will open a bid and write to the applicant of"


class Decline(_NewBatch[Never, BatchFeedbackForm]):
    """All get the same feedback."""

    policy = TRIAGE
    action_name = ActionName.DECLINE
    form_class = BatchFeedbackForm
    title = "Decline these cases with the same feedback"
    heading = "We will decline, and write to the applicant of"

    def form_options(self) -> dict[str, object]:
        """The criteria are those of the round of the cases; there are none without a
        case.
        """
        return {"case": next(iter(self.cases), None)}

    def options_from_form(self, form: BatchFeedbackForm, options: Options) -> Options:
        return {"feedback": {str(pk): text for pk, text in form.feedback().items()}}


class ReleaseFeedback(_NewBatch[Never, BatchForm]):
    """Each gets the feedback that was prepared for it."""

    policy = TRIAGE
    action_name = ActionName.RELEASE_FEEDBACK
    form_class = BatchForm
    title = "Decline these cases and release their feedback"
    heading = "We will decline, and send the prepared feedback on"

    def options_of(self, cases: Sequence[Expression]) -> dict[Expression, Options]:
        texts = feedback_drafts.texts_by_case(cases)
        return {
            case: {
                "feedback": {
                    str(pk): text for pk, text in texts.get(case.pk, {}).items()
                }
            }
            for case in cases
        }


def batches_with_numbers(user: User) -> QuerySet[Batch]:
    """With how many cases of each batch the user can open, and how many wait."""
    opened = Q(cases__expression__in=policies.cases_for(user).values("pk"))
    planned = Q(cases__done_at=None, cases__undone_at=None, cases__refusal="")
    return policies.batches_for(user).annotate(
        case_count=Count("cases", filter=opened),
        planned_count=Count("cases", filter=opened & planned),
    )


class Batches(pages.ListPage[Batch]):
    policy = TRIAGE
    scope = staticmethod(batches_with_numbers)
    back = "bids:cases"
    title = "Steps taken for several cases"
    ordering = ("-made_at", "-id")
    template_name = "bids/department/batches.html"


class _BatchPage(pages.Page[Batch]):
    policy = TRIAGE
    scope = staticmethod(policies.batches_for)

    @cached_property
    def rows(self) -> list[BatchCase]:
        return list(batches.cases_of(self.object, self.user))

    @property
    def action(self) -> BatchAction:
        return ACTIONS[self.object.action]


class BatchDetail(_BatchPage, pages.DetailPage[Batch]):
    """What will happen or has happened to each case, with a way back."""

    back = "bids:batches"
    template_name = "bids/department/batch.html"

    def page_title(self) -> str:
        planned = [row for row in self.rows if row.is_planned]
        if planned:
            return self.action.planned(len(planned))
        done = [row for row in self.rows if row.done_at]
        return self.action.happened(len(done))

    def context(self) -> dict[str, Any]:
        rows = self.rows
        shown = {one.case.pk: one for one in _shown_rows(rows)}
        return {
            "planned": [shown[row.expression_id] for row in rows if row.is_planned],
            "done": [shown[row.expression_id] for row in rows if row.is_done],
            "refused": [
                ShownCase(row.expression, row.refusal) for row in rows if row.refusal
            ],
            "undone": [ShownCase(row.expression) for row in rows if row.undone_at],
            "due": format_deadline(self.object.due_at),
            "waits": self.action.waits,
            "may_undo": any(batches.can_be_undone(row) for row in rows),
        }


class UndoBatch(_BatchPage, pages.ActionPage[Batch]):
    """All of it, or only the cases that the address names."""

    object_page = "bids:batch"
    title = "Undo this step"
    template_name = "bids/department/undo_batch.html"
    submit_label = "Undo it"
    success_message = "The step was undone"

    @property
    def chosen(self) -> list[BatchCase]:
        keys = set(self.request.GET.getlist("case"))
        rows = [row for row in self.rows if batches.can_be_undone(row)]
        return [row for row in rows if not keys or row.expression.key in keys]

    def check(self) -> None:
        if not self.chosen:
            raise TooLate(
                "This can no longer be undone: it was carried out, or undone before."
            )

    def context(self) -> dict[str, Any]:
        return {"chosen": _shown_rows(self.chosen), "waits": self.action.waits}

    def perform(self) -> pages.Destination:
        keys = [row.expression.key for row in self.chosen]
        batches.undo(self.object, keys=keys, by=self.user, at=clock.now())
        return self.back_url()
