from django.urls import path

from innovation.accounts.forms.organisation_kind import ORGANISATION_KINDS
from innovation.accounts.views import (
    api_reference,
    councils,
    invitation_links,
    invitations,
    joining,
    memberships,
    organisations,
    own_account,
    people,
    role_grants,
    role_requests,
    session,
    tokens,
)

app_name = "accounts"

_person = "people/<str:key>"
_role_request = "roles/requests/<str:key>"
_organisation = "organisations/<str:key>"
_invitation = "invitations/<str:key>"
_membership = "memberships/<str:key>"

urlpatterns = [
    path("account", own_account.Account.as_view(), name="account"),
    path("account/name", own_account.Name.as_view(), name="account-name"),
    path("account/reminders", own_account.Reminders.as_view(), name="reminders"),
    path(
        "account/sign-out-everywhere",
        own_account.SignOutEverywhere.as_view(),
        name="sign-out-everywhere",
    ),
    path("people/", people.People.as_view(), name="people"),
    path("people/add", people.Add.as_view(), name="person-add"),
    path(_person, people.Person.as_view(), name="person"),
    path(f"{_person}/rename", people.Rename.as_view(), name="person-rename"),
    path(f"{_person}/give-role", role_requests.Give.as_view(), name="person-give-role"),
    path(f"{_person}/take-role", role_requests.Take.as_view(), name="person-take-role"),
    path(f"{_person}/close", people.Deactivate.as_view(), name="person-close"),
    path(f"{_person}/open", people.Reactivate.as_view(), name="person-open"),
    path("roles/", role_requests.Requests.as_view(), name="roles"),
    path("roles/held", role_grants.Grants.as_view(), name="roles-held"),
    path(_role_request, role_requests.Request.as_view(), name="role-request"),
    path(
        f"{_role_request}/confirm",
        role_requests.Confirm.as_view(),
        name="role-request-confirm",
    ),
    path(
        f"{_role_request}/refuse",
        role_requests.Refuse.as_view(),
        name="role-request-refuse",
    ),
    path(
        f"{_role_request}/take-back",
        role_requests.TakeBack.as_view(),
        name="role-request-take-back",
    ),
    path("councils/", councils.Councils.as_view(), name="councils"),
    path("organisations/", organisations.Organisations.as_view(), name="organisations"),
    path("organisations/join", joining.Join.as_view(), name="join"),
    path(
        "organisations/join/council", joining.JoinCouncil.as_view(), name="join-council"
    ),
    *(
        path(
            f"organisations/join/{kind.slug}",
            joining.JoinOther.as_view(kind=kind),
            name=f"join-{kind.slug}",
        )
        for kind in ORGANISATION_KINDS[1:]
    ),
    path(_organisation, organisations.OrganisationPage.as_view(), name="organisation"),
    path(f"{_organisation}/merge", organisations.Merge.as_view(), name="merge"),
    path(f"{_organisation}/invite", invitations.Invite.as_view(), name="invite"),
    path(
        f"{_invitation}/accept", invitations.Accept.as_view(), name="invitation-accept"
    ),
    path(
        f"{_invitation}/decline",
        invitations.Decline.as_view(),
        name="invitation-decline",
    ),
    path(
        f"{_invitation}/remind",
        invitations.Remind.as_view(),
        name="invitation-remind",
    ),
    path("invited/<str:link>", invitation_links.Invited.as_view(), name="invited"),
    path(
        f"{_invitation}/take-back",
        invitations.TakeBack.as_view(),
        name="invitation-take-back",
    ),
    path(_membership, memberships.MembershipPage.as_view(), name="membership"),
    path(
        f"{_membership}/refuse",
        memberships.Refuse.as_view(),
        name="membership-refuse",
    ),
    path(
        f"{_membership}/confirm",
        memberships.Confirm.as_view(),
        name="membership-confirm",
    ),
    path(
        f"{_membership}/change",
        memberships.ChangeStanding.as_view(),
        name="membership-change",
    ),
    path(
        f"{_membership}/remove",
        memberships.Remove.as_view(),
        name="membership-remove",
    ),
    path("session", session.ExtendSession.as_view(), name="session"),
    path("tokens/", tokens.Tokens.as_view(), name="tokens"),
    path("tokens/make", tokens.MakeToken.as_view(), name="token-make"),
    path("tokens/<str:key>/revoke", tokens.RevokeToken.as_view(), name="token-revoke"),
    path("api/", api_reference.Reference.as_view(), name="api-reference"),
]
