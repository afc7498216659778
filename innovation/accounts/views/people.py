"""Pages of people and their roles, for administrators."""

from typing import Never

from django.db.models import QuerySet
from django.urls import reverse

from innovation.accounts import policies
from innovation.accounts.domain import people
from innovation.accounts.domain.queries import role_grants
from innovation.accounts.domain.queries.people import names_by_key, people_called
from innovation.accounts.forms import person as forms
from innovation.accounts.models import RequestState, User
from innovation.accounts.page_access import permission_required
from innovation.accounts.roles import Permission
from innovation.audit import presenters
from innovation.audit.presenters import Audience
from innovation.core import clock
from innovation.core.errors import NotAllowed
from innovation.core.rows import lock_row
from innovation.web import pages

MANAGE = permission_required(Permission.MANAGE_PEOPLE)


class People(pages.ListPage[User]):
    policy = MANAGE
    scope = policies.people_for
    title = "People"
    template_name = "accounts/people.html"
    ordering = ("email",)
    filter_form = forms.FindForm

    def narrow(
        self, rows: QuerySet[User], filter_values: dict[str, object]
    ) -> QuerySet[User]:
        if text := filter_values.get("text"):
            rows = rows.filter(pk__in=people_called(str(text)))
        if role := filter_values.get("role"):
            rows = rows.filter(roles__contains=[role])
        return rows


class Person(pages.DetailPage[User]):
    policy = MANAGE
    scope = policies.people_for
    back = "accounts:people"
    template_name = "accounts/person.html"

    def page_title(self) -> str:
        return str(self.object)

    def rows_in_scope(self) -> QuerySet[User]:
        return super().rows_in_scope().select_related("chain")

    def context(self) -> dict[str, object]:
        return {
            "grants": role_grants.grants_of(self.object),
            "open_requests": self.object.role_requests.filter(
                state=RequestState.WAITING
            ).select_related("asked_by"),
            "is_own": self.object == self.user,
            "now": clock.now(),
            "memberships": self.object.memberships.select_related("organisation"),
            "timeline": presenters.timeline(
                self.object.chain, [Audience.DEPARTMENT], names_by_key
            ),
        }


class Add(pages.FormPage[Never, forms.AddPersonForm]):
    policy = MANAGE
    back = "accounts:people"
    title = "Add a person"
    form_class = forms.AddPersonForm
    submit_label = "Add the person"
    success_message = (
        "The person was added, and we have written to them. We have asked the other "
        "administrators to confirm the roles that need it"
    )

    def perform(self, form: forms.AddPersonForm) -> pages.Destination:
        added = people.add(**form.cleaned_data, by=self.user, at=clock.now())
        return reverse("accounts:person", args=[added.key])


class _PersonPage(pages.Page[User]):
    """The base of pages about a person."""

    policy = MANAGE
    scope = policies.people_for
    object_page = "accounts:person"


class Rename(_PersonPage, pages.EditPage[User, forms.NameForm]):
    title = "Change the name"
    form_class = forms.NameForm
    submit_label = "Save"
    success_message = "The name was changed"
    step = people.rename

    def lock(self) -> None:
        self.object = lock_row(self.object)

    def saved_values(self) -> dict[str, object]:
        return {"name": self.object.name}


class Deactivate(_PersonPage, pages.ActionPage[User]):
    title = "Close this account"
    explanation = (
        "The person can no longer sign in, is signed out everywhere, and their API "
        "tokens stop working. We keep the record of what they did."
    )
    submit_label = "Close the account"
    warning = True
    success_message = "The account was closed"
    step = people.deactivate

    def check(self) -> None:
        if self.object == self.user:
            raise NotAllowed("Another administrator must close your account.")


class Reactivate(_PersonPage, pages.ActionPage[User]):
    title = "Open this account again"
    explanation = (
        "The person can sign in again. Their API tokens stay revoked. They lose the "
        "roles that take two administrators: ask for these again if they need them."
    )
    submit_label = "Open the account"
    success_message = "The account was opened again"
    step = people.reactivate
