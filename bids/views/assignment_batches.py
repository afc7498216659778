"""Pages that assign several cases of the list to somebody at once, or take them back.

The cases and the person stand in the address, so that each page shows exactly what will
happen, and can be opened again.
"""

from collections.abc import Sequence
from functools import cached_property
from typing import Any, ClassVar, Never
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse

from bids.domain import assignments
from bids.forms.assignment import AssignForm, developers
from bids.models import Expression
from bids.views.cases import cases_in_scope
from innovation.accounts.models import User
from innovation.accounts.page_access import permission_required
from innovation.accounts.roles import Permission
from innovation.core import clock, limits
from innovation.core.errors import Invalid
from innovation.web import pages
from innovation.web.base import T

ASSIGN = permission_required(Permission.ASSIGN)


def people(user: User) -> QuerySet[User]:
    """Those to whom a case can be assigned."""
    return developers()


class _Batch(pages.Page[T]):
    """About the cases that the address names. Keys of other cases are left out."""

    policy = ASSIGN
    back = "bids:cases"

    @cached_property
    def cases(self) -> Sequence[Expression]:
        keys = self.request.GET.getlist("case")[: limits.PAGE_ROWS]
        keys = [key for key in dict.fromkeys(keys) if "\x00" not in key]
        found = cases_in_scope(self.user).filter(key__in=keys)
        return sorted(found, key=lambda case: keys.index(case.key))


class ChooseAssignee(_Batch[Never], pages.FormPage[Never, AssignForm]):
    title = "Assign these cases to somebody"
    template_name = "bids/department/assign_cases.html"
    form_class = AssignForm

    def context(self) -> dict[str, Any]:
        return {"cases": self.cases}

    def perform(self, form: AssignForm) -> pages.Destination:
        if not self.cases:
            raise Invalid.field(None, "Select at least one case in the list of cases")
        return _address("assign-cases-confirm", self.cases, form.cleaned_data["user"])


class _ConfirmBatch(_Batch[User], pages.ActionPage[User]):
    """Shows what will happen to which cases, and which stay as they are and why."""

    scope = staticmethod(people)
    template_name = "bids/department/confirm_assignments.html"
    assigned_is_changed: ClassVar[bool]
    """Whether it changes the cases that the person looks after, or the others."""

    def context(self) -> dict[str, Any]:
        assigned = assignments.current_of(self.cases, self.object)
        theirs = [case for case in self.cases if case.pk in assigned]
        others = [case for case in self.cases if case.pk not in assigned]
        changed, unchanged = (
            (theirs, others) if self.assigned_is_changed else (others, theirs)
        )
        return {"changed": changed, "unchanged": unchanged}


class AssignCases(_ConfirmBatch):
    assigned_is_changed = False

    def page_title(self) -> str:
        return f"Assign cases to {self.object.name}"

    def perform(self) -> pages.Destination:
        made = assignments.assign_all(
            self.cases, user=self.object, by=self.user, at=clock.now()
        )
        assigned = {assignment.expression_id for assignment in made}
        cases = [case for case in self.cases if case.pk in assigned]
        return _address("assigned-cases", cases, self.object)


class UnassignCases(_ConfirmBatch):
    assigned_is_changed = True
    success_message = "They no longer look after the cases"

    def page_title(self) -> str:
        return f"Remove {self.object.name} from cases"

    def perform(self) -> pages.Destination:
        assignments.end_all(self.cases, user=self.object, by=self.user, at=clock.now())
        return reverse("bids:cases")


class AssignedCases(_Batch[User]):
    """What was done, with a way back."""

    scope = staticmethod(people)
    template_name = "bids/department/assigned_cases.html"

    def page_title(self) -> str:
        number = len(self.cases)
        cases = "1 case" if number == 1 else f"{number} cases"
        return f"You assigned {cases} to {self.object.name}"

    def context(self) -> dict[str, Any]:
        undo = _address("unassign-cases", self.cases, self.object)
        return {"cases": self.cases, "undo_url": undo}


def _address(name: str, cases: Sequence[Expression], user: User) -> str:
    query = urlencode([("case", case.key) for case in cases])
    return f"{reverse(f'bids:{name}', args=[user.key])}?{query}"
