"""The link in the letter: it confirms the address, works once, and tells strangers
nothing.
"""

import re
from datetime import datetime
from functools import partial

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from innovation.accounts import invitation_links
from innovation.accounts.domain import invitations, limits, people
from innovation.accounts.models import Invitation, Office, Standing, User
from innovation.accounts.models.invitation import INVITATION_LIFE
from innovation.core import clock
from innovation.core.errors import NotAllowed, TooLate, TooOften
from innovation.core.formatting import format_deadline
from innovation.organisations.models import Organisation
from tests.concurrency import run_concurrently
from tests.dates import MOMENT, moment_after
from tests.factories import users

pytestmark = pytest.mark.django_db
PASSWORD = "a quite long phrase 31"
FORM = {"name": "Dana Lee", "password": PASSWORD}


def head_of(organisation: Organisation) -> User:
    return users.applicant(organisation, Standing.ADMINISTRATOR)


def invite(
    email: str = "new@example.org",
    organisation: Organisation | None = None,
    at: datetime | None = None,
) -> Invitation:
    organisation = organisation or users.organisation()
    return invitations.invite(
        organisation=organisation,
        email=email,
        name="Dana L",
        standing=Standing.AUTHORISER,
        office=Office.TRUSTEE,
        by=head_of(organisation),
        at=at or clock.now(),
    )


def path_of(invitation: Invitation) -> str:
    return "/invited/" + invitation_links.link_of(invitation).rpartition("/")[2]


def test_one_letter_makes_a_newcomer_a_confirmed_member(client: Client) -> None:
    invitation = invite()
    path = path_of(invitation)
    page = client.get(path).content.decode()
    assert 'value="Dana L"' in page
    assert 'value="new@example.org"' in page
    assert f"{invitation.invited_by} has invited you" in page
    assert "as an authoriser, chair or trustee" in page

    answer = client.post(path, FORM)

    organisation = invitation.organisation
    assert answer["Location"] == f"/organisations/{organisation.key}"
    user = User.objects.get(email="new@example.org")
    assert (user.name, user.roles) == ("Dana Lee", ["applicant"])
    [address] = EmailAddress.objects.filter(user=user)
    assert (address.email, address.verified, address.primary) == (
        user.email,
        True,
        True,
    )
    membership = user.memberships.get()
    assert (membership.organisation, membership.standing, membership.office) == (
        organisation,
        "authoriser",
        "trustee",
    )
    assert membership.confirmed_at is not None
    assert client.get(answer["Location"]).status_code == 200
    assert len(mail.outbox) == 1
    client.post("/accounts/logout/")
    sign_in = {"login": user.email, "password": PASSWORD}
    assert client.post("/accounts/login/", sign_in)["Location"] == "/home"


def test_the_link_works_once_and_says_why_not(client: Client) -> None:
    invitation = invite()
    path = path_of(invitation)
    client.post(path, FORM)
    used = Client().get(path)
    assert used.status_code == 410
    assert "Somebody has used the link" in used.content.decode()
    again = Client().post(path, FORM | {"name": "Another"})
    assert again.status_code == 410
    assert User.objects.get(email="new@example.org").name == "Dana Lee"
    # Whoever has joined by it goes on to the organisation.
    assert client.get(path)["Location"].endswith(invitation.organisation.key)


@pytest.mark.parametrize("ending", ["taken back", "expired", "declined"])
def test_an_ended_invitation_makes_no_account(ending: str, client: Client) -> None:
    invitation = invite()
    path = path_of(invitation)
    if ending == "taken back":
        invitations.take_back(invitation, by=invitation.invited_by, at=clock.now())
    elif ending == "declined":
        user = users.person_with_password(PASSWORD)
        other = invite(user.email, invitation.organisation)
        invitations.decline(other, by=user, at=clock.now())
        path = path_of(other)
    else:
        earlier = invitations.invite(
            organisation=invitation.organisation,
            email="late@example.org",
            name="Late",
            standing=Standing.EDITOR,
            by=invitation.invited_by,
            at=clock.now() - INVITATION_LIFE,
        )
        path = path_of(earlier)
    accounts = User.objects.count()
    for answer in (client.get(path), client.post(path, FORM)):
        assert answer.status_code == 410
        assert "ask" in answer.content.decode()
    assert User.objects.count() == accounts


def test_a_forged_or_foreign_link_is_unknown(client: Client) -> None:
    first, second = invite(), invite("other@example.org")
    signature = path_of(second).rpartition(".")[2]
    for path in (
        f"/invited/{first.key}",
        f"/invited/{first.key}.{signature}",
        f"{path_of(first)}x",
        "/invited/nothing",
    ):
        for answer in (client.get(path), client.post(path, FORM)):
            assert answer.status_code == 404
            assert "This link does not work" in answer.content.decode()
    assert not User.objects.filter(email="new@example.org").exists()


def test_a_weak_password_or_no_name_makes_no_account(client: Client) -> None:
    path = path_of(invite())
    for form, problem in (
        ({"name": "", "password": PASSWORD}, "Enter your full name"),
        ({"name": "D", "password": ""}, "Enter a password"),
        ({"name": "D", "password": "short"}, "This password is too short"),
        ({"name": "D", "password": "new@example.org"}, "too similar"),
    ):
        answer = client.post(path, form)
        assert answer.status_code == 422, form
        assert problem in answer.content.decode()
    assert not User.objects.filter(email="new@example.org").exists()


def test_an_account_that_nobody_has_used_goes_to_the_holder_of_the_address(
    client: Client,
) -> None:
    """A stranger may have signed up with the address; they never confirmed it."""
    stranger = Client()
    form = {"email": "new@example.org", "name": "A Stranger", "password1": PASSWORD}
    stranger.post("/accounts/signup/", form)
    mail.outbox.clear()
    chosen = "another quite long phrase 7"
    client.post(path_of(invite()), FORM | {"password": chosen})
    [user] = User.objects.filter(email="new@example.org")
    assert (user.name, user.check_password(chosen)) == ("Dana Lee", True)
    assert EmailAddress.objects.get(user=user).verified
    sign_in = {"login": user.email, "password": PASSWORD}
    assert Client().post("/accounts/login/", sign_in).status_code == 200


def test_who_has_an_account_signs_in_and_accepts(client: Client) -> None:
    user = users.person_with_password(PASSWORD)
    invitation = invite(user.email)
    path = path_of(invitation)
    page = client.get(path).content.decode()
    assert "Sign in to accept" in page
    assert client.post(path, FORM).status_code == 409
    assert user.check_password(PASSWORD)
    [sign_in] = re.findall(r'href="(/accounts/login/\?next=[^"]+)"', page)
    form = {"login": user.email, "password": PASSWORD}
    answer = client.post(sign_in, form)
    assert answer["Location"] == path
    assert f"/invitations/{invitation.key}/accept" in client.get(path).content.decode()
    client.post(f"/invitations/{invitation.key}/accept")
    assert user.memberships.get().organisation == invitation.organisation


def test_somebody_else_who_is_signed_in_is_told_whose_it_is(client: Client) -> None:
    invitation = invite()
    outsider = users.outsider()
    client.force_login(outsider)
    page = client.get(path_of(invitation)).content.decode()
    assert "It was sent to new@example.org" in page
    assert client.post(path_of(invitation), FORM).status_code == 409
    assert client.post(f"/invitations/{invitation.key}/accept").status_code == 404


def test_staff_are_told_that_they_cannot_accept_before_they_try(
    client: Client,
) -> None:
    confirmed = users.person_with_password(PASSWORD, "official")
    added = users.person("finance")
    for user in (confirmed, added):
        path = path_of(invite(user.email))
        signed_out = Client().get(path).content.decode()
        client.force_login(user)
        signed_in = client.get(path).content.decode()
        for page in (signed_out, signed_in):
            assert "You cannot accept this invitation" in page
            assert "/accept" not in page
        assert client.post(path, FORM).status_code == 409
        assert not user.memberships.exists()


def test_an_invitation_that_ended_says_why(client: Client) -> None:
    user = users.person_with_password(PASSWORD)
    lapsed = invite("late@example.org", at=clock.now() - INVITATION_LIFE)
    declined, taken_back = invite(user.email), invite("other@example.org")
    invitations.decline(declined, by=user, at=clock.now())
    head = taken_back.invited_by
    invitations.take_back(taken_back, by=head, at=clock.now())
    for invitation in (declined, taken_back):
        answer = client.get(path_of(invitation))
        assert answer.status_code == 410
        words = answer.content.decode()
        assert "You declined it, or somebody in the organisation took it back" in words
    answer = client.get(path_of(lapsed))
    assert answer.status_code == 410
    until = format_deadline(lapsed.lapses_at)
    assert f"You could accept it until {until}" in answer.content.decode()


def test_a_reminder_is_the_same_letter_once_a_day(client: Client) -> None:
    invitation = invite()
    head, page = invitation.invited_by, f"/invitations/{invitation.key}/remind"
    for other in (users.outsider(), users.applicant(invitation.organisation)):
        client.force_login(other)
        assert client.post(page).status_code in {403, 404}
        with pytest.raises(NotAllowed):
            invitations.remind(invitation, by=other, at=clock.now())
    client.force_login(head)
    assert client.post(page).status_code == 302
    first, second = mail.outbox
    assert (first.subject, first.body) == (second.subject, second.body)
    assert client.post(page).status_code == 429
    text = client.get(f"/organisations/{invitation.organisation.key}").content.decode()
    assert "reminded on" in text
    invitations.take_back(invitation, by=head, at=clock.now())
    with pytest.raises(TooLate):
        invitations.remind(invitation, by=head, at=clock.now())


def test_reminders_count_as_letters_to_the_address() -> None:
    bodies = [
        users.organisation() for _ in range(limits.INVITATIONS_TO_ADDRESS.maximum)
    ]
    first, *_ = [
        invitations.invite(
            organisation=body,
            email="new@example.org",
            name="D",
            standing=Standing.EDITOR,
            by=head_of(body),
            at=MOMENT,
        )
        for body in bodies
    ]
    with pytest.raises(TooOften, match="You can invite it again"):
        invitations.remind(first, by=first.invited_by, at=MOMENT)
    invitations.remind(first, by=first.invited_by, at=moment_after(days=1))


def test_members_see_who_is_invited_and_strangers_do_not(client: Client) -> None:
    invitation = invite()
    page = f"/organisations/{invitation.organisation.key}"
    client.force_login(users.viewer(invitation.organisation))
    text = client.get(page).content.decode()
    assert "Dana L" in text
    assert "new@example.org" not in text
    client.force_login(users.outsider())
    assert client.get(page).status_code == 404
    client.force_login(users.official())
    assert "Dana L" not in client.get(page).content.decode()


@pytest.mark.django_db(transaction=True)
def test_of_two_who_use_the_link_at_once_one_joins() -> None:
    invitation = invite()
    outcomes = run_concurrently(
        [
            partial(
                invitations.accept_as_newcomer,
                invitation,
                name=name,
                password=PASSWORD,
                at=clock.now(),
            )
            for name in ("One", "Two", "Three")
        ]
    )
    joined = [one for one in outcomes if isinstance(one, User)]
    assert len(joined) == 1
    assert sum(isinstance(one, TooLate) for one in outcomes) == 2
    assert User.objects.get(email="new@example.org").name == joined[0].name


def test_without_the_lock_two_could_take_over_one_unused_account() -> None:
    """The control: what the lock of the organisation is for."""
    invitation = invite()
    for name in ("One", "Two"):
        assert people.holder_of(invitation.email).holder == people.Holder.NOBODY
        people.join_by_link(invitation.email, name=name, password=PASSWORD, at=MOMENT)
    assert User.objects.get(email="new@example.org").name == "Two"
