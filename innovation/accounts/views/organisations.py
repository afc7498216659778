"""Organisations and who belongs to them."""

from functools import cached_property
from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import Q, QuerySet
from django.urls import reverse

from innovation.accounts import policies
from innovation.accounts.domain import memberships
from innovation.accounts.forms import memberships as forms
from innovation.accounts.policy import SIGNED_IN, may
from innovation.accounts.roles import Verb
from innovation.core import clock
from innovation.core.errors import NotAllowed
from innovation.organisations.domain import schemes
from innovation.organisations.models import Identifier
from innovation.web import pages


class Organisations(pages.ListPage):
    policy = SIGNED_IN
    scope = policies.organisations_for
    title = "Organisations"
    template_name = "accounts/organisations.html"
    order = ("-id",)
    filter_form = forms.FindForm

    @cached_property
    def filters(self) -> Any:
        """For those who see all of them."""
        return super().filters if policies.sees_every_organisation(self.user) else None

    def narrow(self, rows: QuerySet[Any], wanted: dict[str, Any]) -> QuerySet[Any]:
        if text := wanted.get("text"):
            numbered = Identifier.objects.filter(value__icontains=text)
            named = Q(name__icontains=text)
            rows = rows.filter(named | Q(pk__in=numbered.values("organisation")))
        return rows

    def context(self) -> dict[str, Any]:
        waiting = policies.waiting_for(self.user).select_related("organisation", "user")
        return {
            "may_join": self.user.may(Verb.APPLY),
            "waiting": waiting.order_by("asked_at", "id")[:50],
            "invited": policies.invitations_to(self.user).select_related(
                "organisation"
            ),
            "asked": self.user.memberships.filter(
                confirmed_at__isnull=True
            ).select_related("organisation"),
        }


class Organisation(pages.DetailPage):
    """Its people, for those who look after them; its numbers, for all who reach it."""

    policy = SIGNED_IN
    scope = policies.organisations_for
    template_name = "accounts/organisation.html"

    def page_title(self) -> str:
        return str(self.thing.name)

    def back(self) -> str:
        return reverse("accounts:organisations")

    def context(self) -> dict[str, Any]:
        waiting = policies.waiting_for(self.user)
        people = self.thing.memberships.select_related("user")
        return {
            "administers": policies.administers(self.user, self.thing),
            "confirms": self.user.may(Verb.CONFIRM_ORGANISATIONS),
            "waiting": {one.pk for one in waiting.filter(organisation=self.thing)},
            "own": any(one.user_id == self.user.pk for one in people),
            "people": people,
            "now": clock.now(),
            "invited": policies.invitations_for(self.user).filter(
                organisation=self.thing
            ),
            "identifiers": self.thing.identifiers.all(),
            "offices": memberships.offices_of(self.thing),
            "signed_for": any(one.signs and one.user.is_active for one in people),
        }


class _OfMembership(pages.Page):
    """Where a page about somebody's membership leads back to."""

    scope = policies.memberships_for

    def back(self) -> str:
        """Who asks to join, or has just left, does not reach the organisation."""
        found = policies.organisations_for(self.user)
        organisation = self.thing.organisation
        if found.filter(pk=organisation.pk).exists():
            return reverse("accounts:organisation", args=[organisation.key])
        return reverse("accounts:organisations")


class Membership(_OfMembership, pages.DetailPage):
    """Who asks to join, what they said, and what it can be checked against."""

    policy = may(Verb.CONFIRM_ORGANISATIONS, Verb.APPLY)
    template_name = "accounts/membership.html"

    def page_title(self) -> str:
        return f"{self.thing.user} and {self.thing.organisation}"

    def context(self) -> dict[str, Any]:
        organisation = self.thing.organisation
        others = organisation.memberships.exclude(pk=self.thing.pk)
        return {
            "may_confirm": self.thing in policies.waiting_for(self.user),
            "own": self.thing.user == self.user,
            "address_confirmed": EmailAddress.objects.filter(
                user=self.thing.user, email=self.thing.user.email, verified=True
            ).exists(),
            "numbers": [
                (one.value, _register(one.scheme))
                for one in organisation.identifiers.all()
            ],
            "claimed_in": _register(self.thing.claimed_scheme),
            "others": others.select_related("user").order_by("asked_at", "id")[:50],
        }


def _register(scheme: str) -> str:
    return schemes.names().get(scheme, scheme)


class _Confirming(_OfMembership):
    policy = may(Verb.CONFIRM_ORGANISATIONS, Verb.APPLY)

    def check(self) -> None:
        waiting = policies.waiting_for(self.user)
        if not self.thing.confirmed_at and self.thing not in waiting:
            raise NotAllowed("Somebody else confirms this person.")


class Confirm(_Confirming, pages.ActionPage):
    title = "Confirm this person"
    template_name = "accounts/membership_act.html"
    explanation = (
        "They then see the organisation’s cases and may write them. The first person "
        "of an organisation looks after its people from then on."
    )
    submit = "Confirm"
    done = "The person was confirmed and written to"

    def perform(self) -> pages.Destination:
        memberships.confirm(self.thing, by=self.user, at=clock.now())
        return self.back()


class Refuse(_Confirming, pages.FormPage):
    title = "Refuse this person"
    form_class = forms.RefuseForm
    submit = "Refuse and send the reason"
    done = "The person was refused and written to"

    def perform(self, form: Any) -> pages.Destination:
        memberships.refuse(
            self.thing, **form.cleaned_data, by=self.user, at=clock.now()
        )
        return self.back()


class ChangeStanding(_OfMembership, pages.EditPage):
    policy = may(Verb.APPLY)
    title = "Change what this person may do"
    form_class = forms.StandingForm
    submit = "Save"
    done = "What they may do was changed"

    def check(self) -> None:
        if not policies.administers(self.user, self.thing.organisation):
            raise NotAllowed("Only the organisation’s administrator can do this.")

    def lock(self) -> None:
        self.thing = memberships.lock(self.thing)

    def together(self, name: str) -> str:
        return "What they may do"

    def saved(self) -> dict[str, Any]:
        return {
            "standing": self.thing.standing,
            "office": self.thing.office or "none",
        }

    def form_options(self) -> dict[str, Any]:
        return {"offices": memberships.offices_of(self.thing.organisation)}

    def perform(self, form: Any) -> pages.Destination:
        memberships.change_standing(
            self.thing, **form.cleaned_data, by=self.user, at=clock.now()
        )
        return self.back()


class Remove(_OfMembership, pages.ActionPage):
    policy = may(Verb.CONFIRM_ORGANISATIONS, Verb.APPLY)
    title = "Remove this person from the organisation"
    template_name = "accounts/membership_act.html"
    explanation = "They no longer see its cases. What they did stays recorded."
    submit = "Remove"
    warning = True
    done = "The person was removed"

    def perform(self) -> pages.Destination:
        memberships.remove(self.thing, by=self.user, at=clock.now())
        return self.back()
