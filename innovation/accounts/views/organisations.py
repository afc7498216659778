"""Pages of organisations and their people."""

from collections.abc import Iterable
from functools import cached_property

from django.conf import settings
from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from innovation.accounts import policies
from innovation.accounts.domain import memberships, organisation_merges
from innovation.accounts.domain.queries.organisation_merges import merged_into
from innovation.accounts.forms import membership as forms
from innovation.accounts.forms.organisation_merge import OrganisationMergeForm
from innovation.accounts.invitation_links import link_of
from innovation.accounts.models import Membership, Standing, User
from innovation.accounts.page_access import SIGNED_IN, permission_required
from innovation.accounts.permissions import has_permission
from innovation.accounts.roles import Permission
from innovation.core import clock
from innovation.organisations.domain.queries.organisations import OrganisationFilters
from innovation.organisations.models import Organisation, OrganisationState
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
        self, rows: QuerySet[Organisation], filter_values: dict[str, object]
    ) -> QuerySet[Organisation]:
        text = str(filter_values.get("text", ""))
        return OrganisationFilters(text=text).narrow(rows)

    def context(self) -> dict[str, object]:
        to_confirm = policies.memberships_to_confirm(self.user).select_related(
            "organisation", "user"
        )
        return {
            "sees_checks": self.user.may(Permission.CONFIRM_ORGANISATIONS),
            "may_join": self.user.may(Permission.APPLY),
            "to_confirm": to_confirm.order_by("asked_at", "id")[:50],
            "invitations": policies.invitations_to(self.user).select_related(
                "organisation"
            ),
            "without_administrator": policies.organisations_without_administrator(
                self.user
            ).order_by("name", "pk")[:50],
            "own_requests": self.user.memberships.filter(
                confirmed_at__isnull=True
            ).select_related("organisation"),
        }


class OrganisationPage(pages.DetailPage[Organisation]):
    """An organisation, its official numbers and its people."""

    policy = SIGNED_IN
    scope = policies.organisations_for
    back = "accounts:organisations"
    template_name = "accounts/organisation.html"

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponseBase:
        """The reference of one that was merged leads to the one that was kept."""
        target = self.object.merged_into
        if target and self.rows_in_scope().filter(pk=target.pk).exists():
            return redirect("accounts:organisation", target.key)
        return super().get(request, **kwargs)

    def page_title(self) -> str:
        return str(self.object.name)

    def context(self) -> dict[str, object]:
        to_confirm = policies.memberships_to_confirm(self.user)
        rows = policies.memberships_of(self.user, self.object).select_related("user")
        people = list(rows)
        is_administrator = policies.is_administrator_of(self.user, self.object)
        may_confirm = self.user.may(Permission.CONFIRM_ORGANISATIONS)
        lacks_administrator = self._lacks_administrator(people)
        return {
            "earlier": merged_into(self.object, self.user),
            "is_administrator": is_administrator,
            "may_confirm": may_confirm,
            "may_read_council": has_permission(self.user, *policies.COUNCIL_READERS),
            "to_confirm": {
                member.pk for member in to_confirm.filter(organisation=self.object)
            },
            "is_member": any(
                member.user_id == self.user.pk and member.confirmed_at
                for member in people
            ),
            "people": people,
            "may_change_people": is_administrator
            or (may_confirm and lacks_administrator),
            "lacks_administrator": lacks_administrator,
            "invitations": self._invitations(show_links=is_administrator),
            "identifiers": self.object.identifiers.all(),
            "offices": memberships.offices_of(self.object),
            "has_authoriser": any(
                member.may_sign and member.user.is_active for member in people
            ),
        }

    @staticmethod
    def _lacks_administrator(people: Iterable[Membership]) -> bool:
        """Whether it has people, but nobody who can act as its administrator."""
        confirmed = [member for member in people if member.confirmed_at]
        return bool(confirmed) and not any(
            member.standing == Standing.ADMINISTRATOR and member.user.is_active
            for member in confirmed
        )

    def _invitations(self, *, show_links: bool) -> list[dict[str, object]]:
        """The open invitations. The demonstration sends no letters, so that it shows
        the links.
        """
        rows = policies.invitations_of(self.user, self.object)
        show_links = show_links and settings.DEMONSTRATION
        now = clock.now()
        return [
            {
                "row": row,
                "is_open": row.is_open(now),
                "link": link_of(row) if show_links and row.is_open(now) else "",
            }
            for row in rows.select_related("invited_by", "organisation")
        ]


def organisations_to_merge(user: User) -> QuerySet[Organisation]:
    """The registered organisations, for users who confirm organisations."""
    rows = policies.organisations_for(user)
    if not user.may(Permission.CONFIRM_ORGANISATIONS):
        return rows.none()
    return rows.filter(state=OrganisationState.REGISTERED)


class Merge(pages.FormPage[Organisation, OrganisationMergeForm]):
    policy = permission_required(Permission.CONFIRM_ORGANISATIONS)
    scope = staticmethod(organisations_to_merge)
    object_page = "accounts:organisation"
    title = "Merge it into another organisation"
    template_name = "accounts/merge_organisation.html"
    form_class = OrganisationMergeForm
    submit_label = "Merge"
    success_message = "The organisations were merged"

    def form_options(self) -> dict[str, object]:
        return {"among": organisations_to_merge(self.user)}

    def perform(self, form: OrganisationMergeForm) -> pages.Destination:
        target = organisation_merges.merge(
            self.object, into=form.cleaned_data["into"], by=self.user, at=clock.now()
        )
        return reverse("accounts:organisation", args=[target.key])
