"""Pages of a membership: confirming, refusing, changing and removing."""

from functools import cached_property

from allauth.account.models import EmailAddress
from django.contrib import messages
from django.urls import reverse

from innovation.accounts import policies
from innovation.accounts.domain import departures, invitations, memberships
from innovation.accounts.domain.queries.memberships import Gap, gap_without
from innovation.accounts.forms import membership as forms
from innovation.accounts.models import Membership
from innovation.accounts.page_access import permission_required
from innovation.accounts.roles import Permission
from innovation.core import clock
from innovation.core.errors import NotAllowed
from innovation.organisations.domain import schemes
from innovation.web import pages


class _MembershipPage(pages.Page[Membership]):
    """The base of the pages about a membership."""

    scope = policies.memberships_for

    def back_url(self) -> str:
        """The organisation, unless the user cannot see it: they asked to join it, or
        have just left it.
        """
        visible = policies.organisations_for(self.user)
        organisation = self.object.organisation
        if visible.filter(pk=organisation.pk).exists():
            return reverse("accounts:organisation", args=[organisation.key])
        return reverse("accounts:organisations")


class MembershipPage(_MembershipPage, pages.DetailPage[Membership]):
    """What the person wrote when they asked to join, and what to check it against."""

    policy = permission_required(Permission.CONFIRM_ORGANISATIONS, Permission.APPLY)
    template_name = "accounts/membership.html"

    def page_title(self) -> str:
        return f"{self.object.user} and {self.object.organisation}"

    def context(self) -> dict[str, object]:
        organisation = self.object.organisation
        others = policies.memberships_of(self.user, organisation).exclude(
            pk=self.object.pk
        )
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
            "others": others.select_related("user").order_by("asked_at", "id")[:50],
        }


def _register_name(scheme: str) -> str:
    return schemes.names().get(scheme, scheme)


class _ConfirmationPage(_MembershipPage):
    policy = permission_required(Permission.CONFIRM_ORGANISATIONS, Permission.APPLY)

    def check(self) -> None:
        confirmable = policies.memberships_to_confirm(self.user)
        if not self.object.confirmed_at and self.object not in confirmable:
            raise NotAllowed("Somebody else must confirm this person.")


class Confirm(_ConfirmationPage, pages.ActionPage[Membership]):
    title = "Confirm this person"
    template_name = "accounts/membership_act.html"
    explanation = (
        "They will be able to see and edit the organisation’s applications. The first "
        "person of an organisation becomes its administrator."
    )
    submit_label = "Confirm"
    success_message = "The person was confirmed, and we have written to them"
    step = memberships.confirm


class Refuse(_ConfirmationPage, pages.StepPage[Membership, forms.RefuseForm]):
    title = "Refuse this person"
    form_class = forms.RefuseForm
    submit_label = "Refuse and send the reason"
    success_message = "The person was refused, and we have written to them"
    step = memberships.refuse


class ChangeStanding(_MembershipPage, pages.EditPage[Membership, forms.StandingForm]):
    """For its administrator, and for officials while the organisation has none."""

    policy = permission_required(Permission.CONFIRM_ORGANISATIONS, Permission.APPLY)
    title = "Change this person’s access"
    form_class = forms.StandingForm
    submit_label = "Save"
    success_message = "Their access was changed"
    step = memberships.change_standing

    def check(self) -> None:
        if not policies.may_manage_people_of(self.user, self.object.organisation):
            raise NotAllowed("Only the organisation’s administrator can do this.")

    def lock(self) -> None:
        self.object = memberships.lock(self.object)

    def group_title(self, name: str) -> str:
        return "Their access"

    def saved_values(self) -> dict[str, object]:
        return {
            "standing": self.object.standing,
            "office": self.object.office or "none",
        }

    def form_options(self) -> dict[str, object]:
        return {"offices": memberships.offices_of(self.object.organisation)}


class Remove(_MembershipPage, pages.FormPage[Membership, forms.RemoveForm]):
    """Removes somebody, or lets them leave. Where the organisation would be without an
    administrator or authoriser, somebody takes over first.
    """

    policy = permission_required(Permission.CONFIRM_ORGANISATIONS, Permission.APPLY)
    template_name = "accounts/membership_remove.html"
    form_class = forms.RemoveForm

    @property
    def is_own(self) -> bool:
        return self.object.user_id == int(self.user.pk)

    def page_title(self) -> str:
        if self.is_own:
            return f"Leave {self.object.organisation}"
        return "Remove this person from the organisation"

    @cached_property
    def gap(self) -> Gap:
        return gap_without(self.object)

    @cached_property
    def others(self) -> list[Membership]:
        """Who can take over: the others, whose accounts are open."""
        people = self.object.organisation.memberships.confirmed()
        others = people.filter(user__is_active=True).exclude(pk=self.object.pk)
        return list(others.select_related("user").order_by("asked_at", "id"))

    def form_options(self) -> dict[str, object]:
        organisation = self.object.organisation
        has_gap = self.gap.administrator or self.gap.authoriser
        is_administrator = policies.is_administrator_of(self.user, organisation)
        return {
            "gap": self.gap,
            "others": self.others,
            "offices": memberships.offices_of(organisation),
            "may_invite": has_gap and self.is_own and is_administrator,
        }

    def context(self) -> dict[str, object]:
        return {
            "gap": self.gap,
            "waiting": [
                text
                for notice in departures.departure_notices
                for text in notice(self.object, self.user)
            ],
            "is_last": bool(self.object.confirmed_at) and not self.others,
        }

    def perform(self, form: forms.RemoveForm) -> pages.Destination:
        data = form.cleaned_data
        choice, office = data.get("successor", ""), data.get("office", "")
        if choice == forms.INVITE:
            invitations.invite_successor(
                self.object,
                email=data["email"],
                name=data["name"],
                office=office,
                by=self.user,
                at=clock.now(),
            )
            messages.success(
                self.request,
                "We have written to them. You will leave once they have accepted",
            )
            return self.back_url()
        successors = [other for other in self.others if other.key == choice]
        departures.remove(
            self.object,
            successor=successors[0] if successors else None,
            office=office,
            by=self.user,
            at=clock.now(),
        )
        done = "You have left" if self.is_own else "The person was removed"
        messages.success(self.request, done)
        return self.back_url()
