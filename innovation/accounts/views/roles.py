"""Roles: asking for them, answering, and who holds what, for administrators."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from innovation.accounts import policies
from innovation.accounts.domain import queries, roles
from innovation.accounts.forms import roles as forms
from innovation.accounts.models import Change, RequestState, RoleRequest
from innovation.accounts.page_access import may
from innovation.accounts.roles import ROLES, Permission
from innovation.core import clock
from innovation.core.clock import end_of_day
from innovation.core.errors import NotAllowed, TooLate
from innovation.web import pages

MANAGE = may(Permission.MANAGE_PEOPLE)


def tabs(current: str) -> list[dict[str, Any]]:
    found = [("Requests", "accounts:roles"), ("Who holds what", "accounts:roles-held")]
    return [
        {"label": words, "href": reverse(name), "current": name == current}
        for words, name in found
    ]


class Requests(pages.ListPage):
    """Everything that was asked for since requests are kept, newest first."""

    policy = MANAGE
    scope = policies.role_requests_for
    title = "Changes of roles"
    template_name = "accounts/role_requests.html"
    order = ("-asked_at", "-id")
    filter_form = forms.RequestsFilter

    def narrow(self, rows: QuerySet[Any], wanted: dict[str, Any]) -> QuerySet[Any]:
        people = rows.select_related("user", "asked_by", "answered_by")
        return queries.narrowed(people, wanted)

    def context(self) -> dict[str, Any]:
        return {
            "tabs": tabs("accounts:roles"),
            "alone": not policies.other_administrators(self.user).exists(),
        }


class Held(pages.ListPage):
    """Every stretch of time in which somebody held, holds or will hold a role."""

    policy = MANAGE
    scope = policies.role_grants_for
    title = "Who holds which role"
    template_name = "accounts/roles_held.html"
    order = ("-starts_at", "-id")
    filter_form = forms.HeldFilter

    def narrow(self, rows: QuerySet[Any], wanted: dict[str, Any]) -> QuerySet[Any]:
        people = rows.select_related(
            "user", "given__asked_by", "given__answered_by", "taken"
        )
        found = queries.narrowed(people, wanted)
        day = wanted.get("as_at")
        return queries.in_force(found, end_of_day(day)) if day else found

    def context(self) -> dict[str, Any]:
        return {"tabs": tabs("accounts:roles-held"), "now": clock.now()}


class Request(pages.DetailPage):
    policy = MANAGE
    scope = policies.role_requests_for
    template_name = "accounts/role_request.html"

    def page_title(self) -> str:
        return titled(self.object)

    def back(self) -> str:
        return reverse("accounts:roles")

    def context(self) -> dict[str, Any]:
        own = self.user.pk in {self.object.user_id, self.object.asked_by_id}
        return {
            "may_answer": self.object.waits and not own,
            "may_take_back": self.object.waits
            and self.user.pk == self.object.asked_by_id,
            "confirmers": policies.other_administrators(
                self.object.user, self.object.asked_by
            ),
        }


def titled(request: RoleRequest) -> str:
    if request.change == Change.GIVE:
        return f"Give {request.user} the role “{request.title}”"
    return f"Take the role “{request.title}” from {request.user}"


class _OfPerson(pages.FormPage):
    """Asks for a change of somebody's roles."""

    policy = MANAGE
    scope = policies.people_for
    template_name = "accounts/role_ask.html"
    change: Change

    def check(self) -> None:
        if self.object == self.user:
            raise NotAllowed(
                "Nobody changes their own roles. Ask another administrator to do it."
            )

    def back(self) -> str:
        return reverse("accounts:person", args=[self.object.key])

    def context(self) -> dict[str, Any]:
        return {
            "confirmers": policies.other_administrators(self.user, self.object),
        }

    def waiting(self) -> set[str]:
        """Roles whose change somebody has asked for and nobody has answered yet."""
        asked = self.object.role_requests.filter(state=RequestState.WAITING)
        return set(asked.values_list("role", flat=True))

    def perform(self, form: Any) -> pages.Destination:
        return roles.ask(
            self.object,
            change=self.change,
            **form.cleaned_data,
            by=self.user,
            at=clock.now(),
        )


class Give(_OfPerson):
    title = "Give a role"
    form_class = forms.GiveForm
    submit = "Give the role, or ask for it"
    change = Change.GIVE

    def form_options(self) -> dict[str, Any]:
        """All those that are not held without an end, and not asked for already."""
        ending = queries.ends_of(self.object)
        kept = set(self.object.roles_in_force) - set(ending)
        return {"roles": [name for name in ROLES if name not in kept | self.waiting()]}


class Take(_OfPerson):
    title = "Take a role away"
    form_class = forms.TakeForm
    submit = "Take the role away, or ask for it"
    change = Change.TAKE

    def form_options(self) -> dict[str, Any]:
        to_come = self.object.role_grants.filter(ended_at=None).values_list(
            "role", flat=True
        )
        found = {*self.object.roles_in_force, *to_come}
        return {"roles": [name for name in ROLES if name in found - self.waiting()]}


class _OfRequest(pages.Page):
    policy = MANAGE
    scope = policies.role_requests_for

    def check(self) -> None:
        if not self.object.waits:
            raise TooLate("This request was answered already.")

    def back(self) -> str:
        return str(self.object.get_absolute_url())


class _Answer(_OfRequest):
    """By neither who asked nor whom it is about."""

    def check(self) -> None:
        super().check()
        if self.object not in queries.waiting_for(self.user):
            raise NotAllowed(
                "Somebody else must answer this: you asked for it, or it is about you."
            )


class Confirm(_Answer, pages.ActionPage):
    title = "Confirm this change"
    template_name = "accounts/role_confirm.html"
    submit = "Confirm"
    done = "The change was confirmed"

    def perform(self) -> pages.Destination:
        return roles.confirm(self.object, by=self.user, at=clock.now())


class Refuse(_Answer, pages.FormPage):
    title = "Refuse this change"
    form_class = forms.RefuseForm
    submit = "Refuse"
    done = "The change was refused"

    def perform(self, form: Any) -> pages.Destination:
        return roles.refuse(
            self.object, **form.cleaned_data, by=self.user, at=clock.now()
        )


class TakeBack(_OfRequest, pages.ActionPage):
    title = "Take this request back"
    explanation = "Nothing will change. The record will still show that you asked."
    submit = "Take it back"
    done = "The request was taken back"

    def check(self) -> None:
        super().check()
        if self.user.pk != self.object.asked_by_id:
            raise NotAllowed("Only the person who asked for this can take it back.")

    def perform(self) -> pages.Destination:
        return roles.take_back(self.object, by=self.user, at=clock.now())
