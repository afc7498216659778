"""Forms of the department about an expression of interest."""

from typing import Unpack

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from bids import policies
from bids.models import Assignment, Bid, Expression
from innovation.accounts.models import User
from innovation.accounts.roles import ROLES, Permission
from innovation.core import keys, limits
from innovation.web import forms


class ClarificationForm(forms.Form):
    question = forms.LongTextField(
        label="What do you need to know?",
        help_text="The applicant reads this",
        missing="Enter what you need to know",
    )
    due_on = forms.DateField(
        label="When should they answer by?", missing="Enter the date to answer by"
    )


class ClarificationDateForm(forms.Form):
    due_on = forms.DateField(
        label="New date to answer by", missing="Enter the date to answer by"
    )


class FeedbackForm(forms.Form):
    """A text for each criterion of the round; `feedback()` has them by its id."""

    def __init__(
        self,
        *args: forms.Sent,
        case: Expression | Bid,
        **kwargs: Unpack[forms.FormOptions],
    ) -> None:
        super().__init__(*args, **kwargs)
        for criterion in case.round.criteria.all():
            self.fields[f"criterion_{criterion.pk}"] = forms.LongTextField(
                label=f"Feedback on “{criterion.name}”",
                help_text=criterion.description,
                missing=f"Enter feedback on “{criterion.name}”",
            )

    def feedback(self) -> dict[int, str]:
        return {
            int(name.removeprefix("criterion_")): text
            for name, text in self.cleaned_data.items()
            if name.startswith("criterion_")
        }


class MergeForm(forms.Form):
    into = forms.TextField(
        label="Reference of the expression of interest that goes on",
        help_text="For example, EOI-7K3M2-9QXTR",
        missing="Enter a reference",
        width="govuk-input--width-20",
    )

    def __init__(
        self, *args: forms.Sent, user: User, **kwargs: Unpack[forms.FormOptions]
    ) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_into(self) -> Expression:
        key = keys.normalise(self.cleaned_data["into"])
        expression = policies.cases_for(self.user).filter(key=key).first()
        if expression is None:
            raise ValidationError("No expression of interest has this reference")
        return expression


class AssignForm(forms.Form):
    user = forms.ObjectField(
        label="Who will look after it?", select=True, missing="Select a person"
    )

    def __init__(self, *args: forms.Sent, **kwargs: Unpack[forms.FormOptions]) -> None:
        super().__init__(*args, **kwargs)
        forms.set_queryset(self.fields["user"], developers())


class UnassignForm(forms.Form):
    assignment = forms.ObjectField(
        label="Who no longer looks after it?", by="pk", missing="Select a person"
    )

    def __init__(
        self, *args: forms.Sent, case: Expression, **kwargs: Unpack[forms.FormOptions]
    ) -> None:
        super().__init__(*args, **kwargs)
        forms.set_queryset(self.fields["assignment"], current_assignments(case))


class CommentForm(forms.Form):
    text = forms.LongTextField(
        label="Your comment",
        help_text="The applicant reads it beside the answer",
        missing="Enter a comment",
        max_length=limits.COMMENT,
    )


class ReturnForm(forms.Form):
    reason = forms.LongTextField(
        label="What does the bid still need?",
        help_text="The applicant reads this",
        missing="Enter what the bid still needs",
    )


def developers() -> QuerySet[User]:
    roles = [
        name for name, role in ROLES.items() if Permission.DEVELOP in role.permissions
    ]
    return User.objects.filter(roles__overlap=roles, is_active=True).order_by("name")


def current_assignments(case: Expression) -> QuerySet[Assignment]:
    return case.assignments.filter(ended_at=None).select_related("user")
