"""Pages on which officials check the organisations that applicants have added."""

from collections.abc import Mapping

from django.db.models import QuerySet

from bids import partner_policies
from bids.domain import partners
from bids.forms.partner import CorrectionForm
from innovation.accounts.forms.organisation_merge import OrganisationMergeForm
from innovation.accounts.models import User
from innovation.accounts.page_access import permission_required
from innovation.accounts.policies import organisations_for
from innovation.accounts.roles import Permission
from innovation.core import clock
from innovation.core.rows import lock_row
from innovation.organisations.domain.queries.duplicates import possible_duplicates
from innovation.organisations.domain.schemes import names as register_names
from innovation.organisations.models import Organisation, OrganisationState
from innovation.web import pages

CHECK = permission_required(Permission.CONFIRM_ORGANISATIONS)


def merge_targets(user: User) -> QuerySet[Organisation]:
    """What one can be merged into: the registered ones, and others to check."""
    registered = organisations_for(user).filter(state=OrganisationState.REGISTERED)
    to_check = partner_policies.organisations_to_check(user)
    return Organisation.objects.filter(pk__in=registered.values("pk")) | (
        Organisation.objects.filter(pk__in=to_check.values("pk"))
    )


class ToCheck(pages.ListPage[Organisation]):
    """The organisations to check, the one that has waited longest first."""

    policy = CHECK
    scope = staticmethod(partner_policies.organisations_to_check)
    back = "accounts:organisations"
    title = "Organisations to check"
    template_name = "bids/department/partner_checks.html"
    ordering = ("named_at", "id")


class _CheckPage(pages.Page[Organisation]):
    policy = CHECK
    scope = staticmethod(partner_policies.organisations_to_check)
    object_page = "bids:partner-check"


class Check(pages.DetailPage[Organisation]):
    """What the applicant wrote, which cases name it, and what it could be."""

    policy = CHECK
    scope = staticmethod(partner_policies.organisations_to_check)
    back = "bids:partner-checks"
    template_name = "bids/department/partner_check.html"

    def page_title(self) -> str:
        return str(self.object.name)

    def context(self) -> dict[str, object]:
        cases = partner_policies.cases_naming(self.user, self.object)
        return {
            "register": register_names().get(self.object.claimed_scheme, ""),
            "cases": cases.select_related("lead").order_by("submitted_at", "pk")[:20],
            "duplicates": possible_duplicates(self.object, merge_targets(self.user)),
        }


class Correct(_CheckPage, pages.EditPage[Organisation, CorrectionForm]):
    title = "Correct what the applicant wrote"
    form_class = CorrectionForm
    submit_label = "Save"
    success_message = "The organisation was corrected"
    step = partners.correct

    def saved_values(self) -> Mapping[str, object]:
        return {
            "name": self.object.name,
            "applicant_type": self.object.applicant_type,
            "scheme": self.object.claimed_scheme,
            "number": self.object.claimed_number,
        }

    def lock(self) -> None:
        self.object = lock_row(self.object)

    def group_title(self, name: str) -> str:
        return "Its number" if name in {"scheme", "number"} else ""


class Confirm(_CheckPage, pages.ActionPage[Organisation]):
    title = "Confirm this organisation"
    explanation = (
        "It is registered under its name and number. Applicants can then name it as a "
        "partner, and its people can ask to join it. We write to the applicants whose "
        "cases name it. Check it in its register first."
    )
    success_message = "The organisation was confirmed"

    def perform(self) -> pages.Destination:
        partners.confirm(self.object, by=self.user, at=clock.now())
        return "bids:partner-checks"


class Merge(_CheckPage, pages.FormPage[Organisation, OrganisationMergeForm]):
    title = "Merge it into another organisation"
    template_name = "bids/department/merge_partner.html"
    form_class = OrganisationMergeForm
    submit_label = "Merge"
    success_message = "The organisations were merged"

    def initial(self) -> dict[str, object]:
        return {"into": self.request.GET.get("into", "")[:20]}

    def form_options(self) -> dict[str, object]:
        return {"among": merge_targets(self.user)}

    def perform(self, form: OrganisationMergeForm) -> pages.Destination:
        partners.merge(
            self.object, into=form.cleaned_data["into"], by=self.user, at=clock.now()
        )
        return "bids:partner-checks"
