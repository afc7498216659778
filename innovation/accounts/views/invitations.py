"""Pages of invitations to an organisation."""

from django.urls import reverse

from innovation.accounts import policies
from innovation.accounts.domain import invitations, memberships
from innovation.accounts.forms import invitation
from innovation.accounts.models import Invitation
from innovation.accounts.page_access import permission_required
from innovation.accounts.roles import Permission
from innovation.core import clock
from innovation.core.errors import NotAllowed
from innovation.organisations.models import Organisation
from innovation.web import pages


def page_after(invitation: Invitation) -> str:
    """Where somebody goes who has accepted: to what they were invited for."""
    purpose = invitations.purpose_of(invitation)
    organisation = invitation.organisation
    own_page = reverse("accounts:organisation", args=[organisation.key])
    return purpose.href if purpose else own_page


class Invite(pages.FormPage[Organisation, invitation.InviteForm]):
    policy = permission_required(Permission.APPLY)
    scope = policies.organisations_for
    object_page = "accounts:organisation"
    title = "Invite a colleague"
    form_class = invitation.InviteForm
    submit_label = "Invite"
    success_message = "We have written to your colleague"

    def check(self) -> None:
        if not policies.is_administrator_of(self.user, self.object):
            raise NotAllowed("Only the organisation’s administrator can do this.")

    def form_options(self) -> dict[str, object]:
        return {"offices": memberships.offices_of(self.object)}

    def perform(self, form: invitation.InviteForm) -> pages.Destination:
        invitations.invite(
            organisation=self.object,
            **form.cleaned_data,
            by=self.user,
            at=clock.now(),
        )
        return self.back_url()


class _Answer(pages.ActionPage[Invitation]):
    """The base of the pages to answer an invitation, for the holder of its address."""

    policy = permission_required(Permission.APPLY)
    scope = policies.invitations_to
    back = "accounts:organisations"
    template_name = "accounts/invitation_answer.html"


class Accept(_Answer):
    title = "Accept this invitation"
    explanation = (
        "You will belong to the organisation, and its people will see your name."
    )
    submit_label = "Accept"
    success_message = "You belong to the organisation"

    def perform(self) -> pages.Destination:
        invitations.accept(self.object, by=self.user, at=clock.now())
        return page_after(self.object)


class Decline(_Answer):
    title = "Decline this invitation"
    explanation = "You will not join the organisation. It can invite you again."
    submit_label = "Decline"
    success_message = "You declined the invitation"
    step = invitations.decline


class Remind(pages.ActionPage[Invitation]):
    policy = permission_required(Permission.APPLY)
    scope = policies.invitations_for
    template_name = "accounts/invitation_answer.html"
    names_address = True
    title = "Remind them of this invitation"
    explanation = "We will send them the same email again. The link stays the same."
    submit_label = "Send a reminder"
    success_message = "We have sent a reminder"
    step = invitations.remind

    def back_url(self) -> str:
        return reverse("accounts:organisation", args=[self.object.organisation.key])


class TakeBack(pages.ActionPage[Invitation]):
    policy = permission_required(Permission.APPLY)
    scope = policies.invitations_for
    template_name = "accounts/invitation_answer.html"
    names_address = True
    title = "Take this invitation back"
    explanation = (
        "Nobody will be able to accept it. We will not write to anybody about it."
    )
    submit_label = "Take it back"
    warning = True
    success_message = "The invitation was taken back"
    step = invitations.take_back

    def back_url(self) -> str:
        return reverse("accounts:organisation", args=[self.object.organisation.key])
