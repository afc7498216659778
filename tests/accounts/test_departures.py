"""Whoever leaves hands over, so that no organisation lacks an administrator."""

from functools import partial

import pytest
from django.core import mail
from django.test import Client

from innovation.accounts.domain import departures, invitations, memberships, people
from innovation.accounts.models import Membership, Office, Standing, User
from innovation.accounts.policies import (
    administrators_of,
    organisations_without_administrator,
    signers_of,
)
from innovation.core.errors import Invalid, NotAllowed, TooLate
from innovation.organisations.models import Organisation
from tests.audit_events import events_of
from tests.concurrency import run_concurrently
from tests.dates import MOMENT
from tests.factories import users

pytestmark = pytest.mark.django_db


def head_of(organisation: Organisation) -> User:
    return users.applicant(organisation, Standing.ADMINISTRATOR)


def editor_of(organisation: Organisation) -> User:
    return users.applicant(organisation, Standing.EDITOR)


def leave(user: User, *, successor: Membership | None = None, office: str = "") -> None:
    departures.remove(
        user.memberships.get(), successor=successor, office=office, by=user, at=MOMENT
    )


def test_the_last_administrator_names_a_successor() -> None:
    organisation = users.organisation()
    head, editor = head_of(organisation), editor_of(organisation)
    with pytest.raises(Invalid, match="Select who will be"):
        leave(head)
    outsider = users.outsider().memberships.get()
    with pytest.raises(Invalid, match="belongs to it"):
        leave(head, successor=outsider)
    leave(head, successor=editor.memberships.get())
    assert [one.user for one in administrators_of(organisation)] == [editor]
    assert not head.memberships.exists()
    [letter] = mail.outbox
    assert letter.to == [editor.email]
    assert f"“{head}” has left" in letter.body
    names = events_of(organisation.chain_id).values_list("name", flat=True)
    assert list(names) == ["membership.changed", "membership.removed"]


def test_the_only_authoriser_hands_over_the_office() -> None:
    organisation = users.organisation()
    head, signer = head_of(organisation), users.applicant(organisation)
    with pytest.raises(Invalid, match="Select which post they hold"):
        leave(signer, successor=head.memberships.get())
    leave(signer, successor=head.memberships.get(), office=Office.TRUSTEE)
    [member] = signers_of(organisation)
    assert (member.user, member.standing, member.office) == (
        head,
        "administrator",
        "trustee",
    )


def test_without_a_successor_the_administrators_learn_that_nobody_signs() -> None:
    organisation = users.organisation()
    head, signer = head_of(organisation), users.applicant(organisation)
    leave(signer)
    [letter] = mail.outbox
    assert letter.to == [head.email]
    assert "none can be sent" in letter.body


def test_one_of_two_authorisers_leaves_without_questions() -> None:
    organisation = users.organisation()
    first, second = users.applicant(organisation), users.applicant(organisation)
    leave(first)
    assert [one.user for one in signers_of(organisation)] == [second]
    assert not mail.outbox


def test_who_invites_a_successor_leaves_once_they_have_accepted(client: Client) -> None:
    organisation = users.organisation()
    head, editor = head_of(organisation), editor_of(organisation)
    membership = head.memberships.get()
    page = f"/memberships/{membership.key}/remove"
    client.force_login(head)
    assert "only administrator" in client.get(page).content.decode()
    assert client.post(page, {}).status_code == 422
    incomplete = client.post(page, {"successor": "invite", "name": "D"})
    assert "Enter their email address" in incomplete.content.decode()
    form = {"successor": "invite", "name": "Dana", "email": "new@example.org"}
    assert client.post(page, form).status_code == 302
    assert Membership.objects.filter(pk=membership.pk).exists()
    text = client.get(f"/organisations/{organisation.key}").content.decode()
    assert f"They take over from {head}" in text

    newcomer = invitations.accept_as_newcomer(
        organisation.invitations.get(),
        name="Dana",
        password="a long phrase 2",
        at=MOMENT,
    )

    assert [one.user for one in administrators_of(organisation)] == [newcomer]
    assert not head.memberships.exists()
    assert editor.memberships.exists()


def test_who_hands_over_stays_if_they_are_the_only_administrator_by_now() -> None:
    organisation = users.organisation()
    first, second = head_of(organisation), head_of(organisation)
    invite = partial(
        invitations.invite_successor,
        first.memberships.get(),
        email="new@example.org",
        name="Dana",
        office=Office.TRUSTEE,
        at=MOMENT,
    )
    with pytest.raises(NotAllowed, match="do yourself"):
        invite(by=second)
    invitation = invite(by=first)
    leave(second)
    invitations.accept_as_newcomer(
        invitation, name="Dana", password="a long phrase 2", at=MOMENT
    )
    assert [member.user for member in administrators_of(organisation)] == [first]


def test_who_takes_over_from_somebody_they_remove_gets_no_letter() -> None:
    organisation = users.organisation()
    head, signer = head_of(organisation), users.applicant(organisation)
    departures.remove(
        signer.memberships.get(),
        successor=head.memberships.get(),
        office=Office.TRUSTEE,
        by=head,
        at=MOMENT,
    )
    assert not mail.outbox


def test_an_editor_leaves_on_the_page_and_nobody_removes_others(client: Client) -> None:
    organisation = users.organisation()
    head, editor = head_of(organisation), editor_of(organisation)
    page = f"/memberships/{editor.memberships.get().key}/remove"
    for other in (users.outsider(), editor_of(organisation)):
        client.force_login(other)
        assert client.post(page).status_code == 404
        with pytest.raises(NotAllowed):
            departures.remove(editor.memberships.get(), by=other, at=MOMENT)
    client.force_login(editor)
    assert client.post(page).status_code == 302
    assert not editor.memberships.exists()
    assert head.memberships.exists()


def test_officials_see_and_mend_an_organisation_without_an_administrator(
    client: Client,
) -> None:
    organisation, other_one = users.organisation(), users.organisation("Another")
    head, editor = head_of(organisation), editor_of(organisation)
    head_of(other_one)
    users.administrator()
    people.deactivate(head, by=users.administrator(), at=MOMENT)
    official, membership = users.official(), editor.memberships.get()
    assert organisation in organisations_without_administrator(official)
    assert other_one not in organisations_without_administrator(official)
    for other in (editor, users.outsider()):
        assert not organisations_without_administrator(other)
        with pytest.raises(NotAllowed):
            memberships.change_standing(
                membership, standing=Standing.ADMINISTRATOR, by=other, at=MOMENT
            )
    client.force_login(official)
    text = client.get("/organisations/").content.decode()
    assert "Without an administrator" in text
    page = f"/organisations/{organisation.key}"
    assert "has no administrator" in client.get(page).content.decode()
    memberships.change_standing(
        membership, standing=Standing.ADMINISTRATOR, by=official, at=MOMENT
    )
    assert organisation not in organisations_without_administrator(official)
    with pytest.raises(NotAllowed):
        memberships.change_standing(
            membership, standing=Standing.EDITOR, by=official, at=MOMENT
        )


@pytest.mark.django_db(transaction=True)
def test_two_administrators_cannot_both_leave_the_others_alone() -> None:
    organisation = users.organisation()
    first, second = head_of(organisation), head_of(organisation)
    editor_of(organisation)
    outcomes = run_concurrently([partial(leave, one) for one in (first, second)])
    assert sum(isinstance(one, Invalid | TooLate) for one in outcomes) == 1
    assert administrators_of(organisation).count() == 1
