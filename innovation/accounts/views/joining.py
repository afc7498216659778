"""Pages for joining an organisation: first its kind, then which one."""

from typing import ClassVar, Never

from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from innovation.accounts.domain import memberships
from innovation.accounts.forms import joining as forms
from innovation.accounts.forms.organisation_kind import (
    ORGANISATION_KINDS,
    OrganisationKind,
)
from innovation.accounts.page_access import permission_required
from innovation.accounts.roles import Permission
from innovation.core import clock
from innovation.core.clock import london_day
from innovation.organisations.domain.queries import choices
from innovation.organisations.models import Organisation
from innovation.web import pages
from innovation.web.pages import F

APPLY = permission_required(Permission.APPLY)
TRUST = "trust"
REQUEST_SENT = (
    "You have asked to join. We will write to you when somebody has confirmed it. "
    "You can start an expression of interest in the meantime"
)


class _JoinPage(pages.FormPage[Never, F]):
    policy = APPLY

    def next_address(self) -> str:
        """The page the user came from, usually a round, from the query string."""
        address = self.request.GET.get("next", "")
        host = {self.request.get_host()}
        return address if url_has_allowed_host_and_scheme(address, host) else ""

    def with_next(self, address: str) -> str:
        next_address = self.next_address()
        if not next_address:
            return address
        return f"{address}?{urlencode({'next': next_address})}"


class Join(_JoinPage[forms.KindForm]):
    title = "Join an organisation"
    back = "accounts:organisations"
    form_class = forms.KindForm

    def perform(self, form: forms.KindForm) -> pages.Destination:
        return self.with_next(reverse(f"accounts:join-{form.cleaned_data['kind']}"))


class _ChooseOrganisation(_JoinPage[F]):
    submit_label = "Ask to join"
    success_message = REQUEST_SENT

    def back_url(self) -> str:
        return self.with_next(reverse("accounts:join"))


class JoinCouncil(_ChooseOrganisation[forms.CouncilForm]):
    title = "Join a council"
    form_class = forms.CouncilForm

    def form_options(self) -> dict[str, object]:
        day = london_day(clock.now())
        return {"councils": choices.council_organisations(on=day)}

    def perform(self, form: forms.CouncilForm) -> pages.Destination:
        data = form.cleaned_data
        memberships.ask(
            organisation=Organisation.objects.get(key=data["council"]),
            job_title=data["job_title"],
            how_to_check=data["how_to_check"],
            by=self.user,
            at=clock.now(),
        )
        return self.next_address() or reverse("accounts:organisations")


class JoinOther(_ChooseOrganisation[forms.OrganisationForm]):
    kind: ClassVar[OrganisationKind] = ORGANISATION_KINDS[1]
    form_class = forms.OrganisationForm

    def page_title(self) -> str:
        return f"Join {self.kind.label[0].lower()}{self.kind.label[1:]}"

    def form_options(self) -> dict[str, object]:
        trusts = choices.trusts() if self.kind.slug == TRUST else ()
        return {"kind": self.kind, "known": trusts}

    def perform(self, form: forms.OrganisationForm) -> pages.Destination:
        memberships.ask_by_name(
            **form.cleaned_data,
            applicant_type=self.kind.applicant_type,
            by=self.user,
            at=clock.now(),
        )
        return self.next_address() or reverse("accounts:organisations")
