"""The forms for assigning people to a case."""

from typing import Unpack

from django.db.models import QuerySet

from bids.models import Assignment, Expression
from innovation.accounts.models import User
from innovation.accounts.roles import ROLES, Permission
from innovation.web import forms


class AssignForm(forms.Form):
    user = forms.ObjectField(
        label="Who will look after it?", select=True, missing="Select a person"
    )

    def __init__(self, *args: forms.Sent, **kwargs: Unpack[forms.FormOptions]) -> None:
        super().__init__(*args, **kwargs)
        forms.set_queryset(self.fields["user"], developers())


class UnassignForm(forms.Form):
    assignment = forms.ObjectField(
        label="Who do you want to remove?", by="pk", missing="Select a person"
    )

    def __init__(
        self, *args: forms.Sent, case: Expression, **kwargs: Unpack[forms.FormOptions]
    ) -> None:
        super().__init__(*args, **kwargs)
        forms.set_queryset(self.fields["assignment"], current_assignments(case.pk))


def developers() -> QuerySet[User]:
    roles = [
        name for name, role in ROLES.items() if Permission.DEVELOP in role.permissions
    ]
    return User.objects.filter(roles__overlap=roles, is_active=True).order_by(
        "name", "pk"
    )


def current_assignments(case: int) -> QuerySet[Assignment]:
    """The people who look after the expression with this id."""
    rows = Assignment.objects.filter(expression=case, ended_at=None)
    return rows.select_related("user")
