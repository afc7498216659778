"""Pages of organisations and their people."""

from functools import cached_property
from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import Q, QuerySet
from django.forms import BaseForm
from django.urls import reverse

from innovation.accounts import policies
from innovation.accounts.domain import memberships
from innovation.accounts.forms import memberships as forms
from innovation.accounts.models import Membership
from innovation.accounts.page_access import SIGNED_IN, permission_required
from innovation.accounts.roles import Permission
from innovation.core import clock
from innovation.core.errors import NotAllowed
from innovation.organisations.domain import schemes
from innovation.organisations.models import Identifier, Organisation
from innovation.web import pages


class Organisations(pages.ListPage[Organisation]):
    policy = SIGNED_IN
    scope = policies.organisations_for
    title = "Organisations"
    template_name = "accounts/organisations.html"
    ordering = ("-id",)
    filter_form = forms.FindForm

    @cached_property
    def filters(self) -> BaseForm | None:
        """Filters, only for users who see all organisations."""
        return super().filters if policies.sees_every_organisation(self.user) else None

    def narrow(
        self, rows: QuerySet[Organisation], filter_values: dict[str, Any]
    ) -> QuerySet[Organisation]:
        if text := filter_values.get("text"):
            numbered = Identifier.objects.filter(value__icontains=text)
            matches = Q(name__icontains=text)
            rows = rows.filter(matches | Q(pk__in=numbered.values("organisation")))
        return rows

    def context(self) -> dict[str, object]:
        waiting = policies.memberships_to_confirm(self.user).select_related(
            "organisation", "user"
        )
        return {
            "may_join": self.user.may(Permission.APPLY),
            "to_confirm": waiting.order_by("asked_at", "id")[:50],
            "invitations": policies.invitations_to(self.user).select_related(
                "organisation"
            ),
            "own_requests": self.user.memberships.filter(
                confirmed_at__isnull=True
            ).select_related("organisation"),
        }


class OrganisationPage(pages.DetailPage[Organisation]):
    """Its numbers, and its people for users who manage them."""

    policy = SIGNED_IN
    scope = policies.organisations_for
    back = "accounts:organisations"
    template_name = "accounts/organisation.html"

    def page_title(self) -> str:
        return str(self.object.name)

    def context(self) -> dict[str, object]:
        waiting = policies.memberships_to_confirm(self.user)
        people = self.object.memberships.select_related("user")
        return {
            "is_administrator": policies.is_administrator_of(self.user, self.object),
            "may_confirm": self.user.may(Permission.CONFIRM_ORGANISATIONS),
            "to_confirm": {
                member.pk for member in waiting.filter(organisation=self.object)
            },
            "is_member": any(member.user_id == self.user.pk for member in people),
            "people": people,
            "now": clock.now(),
            "invitations": policies.invitations_for(self.user).filter(
                organisation=self.object
            ),
            "identifiers": self.object.identifiers.all(),
            "offices": memberships.offices_of(self.object),
            "has_authoriser": any(
                member.may_sign and member.user.is_active for member in people
            ),
        }


class _MembershipPage(pages.Page[Membership]):
    """The base of pages about a membership."""

    scope = policies.memberships_for

    def back_url(self) -> str:
        """Somebody who asks to join, or has left, cannot open the organisation."""
        organisations = policies.organisations_for(self.user)
        organisation = self.object.organisation
        if organisations.filter(pk=organisation.pk).exists():
            return reverse("accounts:organisation", args=[organisation.key])
        return reverse("accounts:organisations")


class MembershipPage(_MembershipPage, pages.DetailPage[Membership]):
    """A request to join: the person, what they wrote, and what to check it against."""

    policy = permission_required(Permission.CONFIRM_ORGANISATIONS, Permission.APPLY)
    template_name = "accounts/membership.html"

    def page_title(self) -> str:
        return f"{self.object.user} and {self.object.organisation}"

    def context(self) -> dict[str, object]:
        organisation = self.object.organisation
        other_members = organisation.memberships.exclude(pk=self.object.pk)
        return {
            "may_confirm": self.object in policies.memberships_to_confirm(self.user),
            "is_own": self.object.user == self.user,
            "address_confirmed": EmailAddress.objects.filter(
                user=self.object.user, email=self.object.user.email, verified=True
            ).exists(),
            "numbers": [
                (identifier.value, _register_name(identifier.scheme))
                for identifier in organisation.identifiers.all()
            ],
            "claimed_register": _register_name(self.object.claimed_scheme),
            "others": other_members.select_related("user").order_by("asked_at", "id")[
                :50
            ],
        }


def _register_name(scheme: str) -> str:
    return schemes.names().get(scheme, scheme)


class _ConfirmationPage(_MembershipPage):
    policy = permission_required(Permission.CONFIRM_ORGANISATIONS, Permission.APPLY)

    def check(self) -> None:
        waiting = policies.memberships_to_confirm(self.user)
        if not self.object.confirmed_at and self.object not in waiting:
            raise NotAllowed("Somebody else must confirm this person.")


class Confirm(_ConfirmationPage, pages.ActionPage[Membership]):
    title = "Confirm this person"
    template_name = "accounts/membership_act.html"
    explanation = (
        "They then see the organisation’s cases and may write them. The first person "
        "of an organisation looks after its people from then on."
    )
    submit_label = "Confirm"
    success_message = "The person was confirmed and written to"
    step = memberships.confirm


class Refuse(_ConfirmationPage, pages.StepPage[Membership, forms.RefuseForm]):
    title = "Refuse this person"
    form_class = forms.RefuseForm
    submit_label = "Refuse and send the reason"
    success_message = "The person was refused and written to"
    step = memberships.refuse


class ChangeStanding(_MembershipPage, pages.EditPage[Membership, forms.StandingForm]):
    policy = permission_required(Permission.APPLY)
    title = "Change what this person may do"
    form_class = forms.StandingForm
    submit_label = "Save"
    success_message = "What they may do was changed"
    step = memberships.change_standing

    def check(self) -> None:
        if not policies.is_administrator_of(self.user, self.object.organisation):
            raise NotAllowed("Only the organisation’s administrator can do this.")

    def lock(self) -> None:
        self.object = memberships.lock(self.object)

    def group_title(self, name: str) -> str:
        return "What they may do"

    def saved_values(self) -> dict[str, object]:
        return {
            "standing": self.object.standing,
            "office": self.object.office or "none",
        }

    def form_options(self) -> dict[str, object]:
        return {"offices": memberships.offices_of(self.object.organisation)}


class Remove(_MembershipPage, pages.ActionPage[Membership]):
    policy = permission_required(Permission.CONFIRM_ORGANISATIONS, Permission.APPLY)
    title = "Remove this person from the organisation"
    template_name = "accounts/membership_act.html"
    explanation = "They no longer see its cases. What they did stays recorded."
    submit_label = "Remove"
    warning = True
    success_message = "The person was removed"
    step = memberships.remove
