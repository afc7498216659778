"""Requests for roles: made and answered by administrators."""

from django.db.models import QuerySet
from django.urls import reverse

from innovation.accounts import policies
from innovation.accounts.domain import role_requests
from innovation.accounts.domain.queries.role_grants import ending_grants_of
from innovation.accounts.domain.queries.role_requests import (
    answerable_requests,
    filter_rows,
)
from innovation.accounts.forms import role_request as forms
from innovation.accounts.models import (
    Change,
    RequestState,
    RoleRequest,
    User,
)
from innovation.accounts.page_access import permission_required
from innovation.accounts.roles import ROLES, Permission
from innovation.core import clock
from innovation.core.errors import NotAllowed, TooLate
from innovation.web import pages
from innovation.web.pages import F

MANAGE = permission_required(Permission.MANAGE_PEOPLE)


def tabs(current: str) -> list[dict[str, object]]:
    pages = [("Requests", "accounts:roles"), ("Who holds what", "accounts:roles-held")]
    return [
        {"label": words, "href": reverse(name), "current": name == current}
        for words, name in pages
    ]


class Requests(pages.ListPage[RoleRequest]):
    """All role requests, newest first."""

    policy = MANAGE
    scope = policies.role_requests_for
    title = "Changes of roles"
    template_name = "accounts/role_requests.html"
    ordering = ("-asked_at", "-id")
    filter_form = forms.RequestsFilter

    def narrow(
        self, rows: QuerySet[RoleRequest], filter_values: dict[str, object]
    ) -> QuerySet[RoleRequest]:
        requests = rows.select_related("user", "asked_by", "answered_by")
        return filter_rows(requests, filter_values)

    def context(self) -> dict[str, object]:
        return {
            "tabs": tabs("accounts:roles"),
            "is_only_administrator": not policies.other_administrators(
                self.user
            ).exists(),
        }


class Request(pages.DetailPage[RoleRequest]):
    policy = MANAGE
    scope = policies.role_requests_for
    back = "accounts:roles"
    template_name = "accounts/role_request.html"

    def page_title(self) -> str:
        return request_title(self.object)

    def context(self) -> dict[str, object]:
        is_involved = self.user.pk in {self.object.user_id, self.object.asked_by_id}
        return {
            "may_answer": self.object.is_waiting and not is_involved,
            "may_take_back": self.object.is_waiting
            and self.user.pk == self.object.asked_by_id,
            "confirmers": policies.other_administrators(
                self.object.user, self.object.asked_by
            ),
        }


def request_title(request: RoleRequest) -> str:
    if request.change == Change.GIVE:
        return f"Give {request.user} the role “{request.title}”"
    return f"Take the role “{request.title}” from {request.user}"


class _PersonPage(pages.FormPage[User, F]):
    """The base of pages that request a change of a person's roles."""

    policy = MANAGE
    scope = policies.people_for
    object_page = "accounts:person"
    template_name = "accounts/role_ask.html"
    change: Change

    def check(self) -> None:
        if self.object == self.user:
            raise NotAllowed(
                "You cannot change your own roles. Ask another administrator to do it."
            )

    def context(self) -> dict[str, object]:
        return {
            "confirmers": policies.other_administrators(self.user, self.object),
        }

    def waiting_roles(self) -> set[str]:
        """The roles with an open request."""
        requests = self.object.role_requests.filter(state=RequestState.WAITING)
        return set(requests.values_list("role", flat=True))

    def perform(self, form: F) -> pages.Destination:
        return role_requests.ask(
            self.object,
            change=self.change,
            **form.cleaned_data,
            by=self.user,
            at=clock.now(),
        )


class Give(_PersonPage[forms.GiveRoleForm]):
    title = "Give a role"
    form_class = forms.GiveRoleForm
    submit_label = "Give the role, or ask for it"
    change = Change.GIVE

    def form_options(self) -> dict[str, object]:
        """Roles that the person does not hold without an end, and without a request."""
        permanent = set(self.object.roles_in_force) - set(ending_grants_of(self.object))
        excluded = permanent | self.waiting_roles()
        return {"roles": [name for name in ROLES if name not in excluded]}


class Take(_PersonPage[forms.TakeRoleForm]):
    title = "Take a role away"
    form_class = forms.TakeRoleForm
    submit_label = "Take the role away, or ask for it"
    change = Change.TAKE

    def form_options(self) -> dict[str, object]:
        """Roles that the person holds or will hold, without a request."""
        open_grants = self.object.role_grants.filter(ended_at=None)
        roles = {
            *self.object.roles_in_force,
            *open_grants.values_list("role", flat=True),
        }
        included = roles - self.waiting_roles()
        return {"roles": [name for name in ROLES if name in included]}


class _RequestPage(pages.Page[RoleRequest]):
    policy = MANAGE
    scope = policies.role_requests_for

    def check(self) -> None:
        if not self.object.is_waiting:
            raise TooLate("This request has already been answered.")

    def back_url(self) -> str:
        return str(self.object.get_absolute_url())


class _Answer(_RequestPage):
    """The base of the pages that answer a request, for an uninvolved administrator."""

    def check(self) -> None:
        super().check()
        if self.object not in answerable_requests(self.user):
            raise NotAllowed(
                "You asked for this, or it is about you. Somebody else must answer it."
            )


class Confirm(_Answer, pages.ActionPage[RoleRequest]):
    title = "Confirm this change"
    template_name = "accounts/role_confirm.html"
    submit_label = "Confirm"
    success_message = "The change was confirmed"

    def perform(self) -> pages.Destination:
        return role_requests.confirm(self.object, by=self.user, at=clock.now())


class Refuse(_Answer, pages.FormPage[RoleRequest, forms.RefuseForm]):
    title = "Refuse this change"
    form_class = forms.RefuseForm
    submit_label = "Refuse"
    success_message = "The change was refused"

    def perform(self, form: forms.RefuseForm) -> pages.Destination:
        return role_requests.refuse(
            self.object, **form.cleaned_data, by=self.user, at=clock.now()
        )


class TakeBack(_RequestPage, pages.ActionPage[RoleRequest]):
    title = "Take this request back"
    explanation = "Nothing will change. The record will still show that you asked."
    submit_label = "Take it back"
    success_message = "The request was taken back"

    def check(self) -> None:
        super().check()
        if self.user.pk != self.object.asked_by_id:
            raise NotAllowed("Only the person who asked for this can take it back.")

    def perform(self) -> pages.Destination:
        return role_requests.take_back(self.object, by=self.user, at=clock.now())
