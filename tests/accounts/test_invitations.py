"""Inviting somebody into an organisation tells nobody who has an account."""

import re
from datetime import datetime
from functools import partial
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from innovation.accounts.domain import (
    departures,
    invitations,
    limits,
    memberships,
    people,
)
from innovation.accounts.models import Invitation, Standing, User
from innovation.accounts.models.invitation import INVITATION_LIFE
from innovation.audit.models import Event
from innovation.core.errors import Invalid, NotAllowed, TooLate, TooOften
from innovation.organisations.models import Organisation
from tests.audit_events import events_of
from tests.concurrency import run_concurrently
from tests.dates import MOMENT
from tests.factories import users

pytestmark = pytest.mark.django_db

NAME = "Dear Minister\nSee https://evil.example/pay"


def administrator_of(organisation: Organisation) -> User:
    return users.applicant(organisation, Standing.ADMINISTRATOR)


def invite(
    organisation: Organisation, email: str = "new@example.org", **more: Any
) -> Invitation:
    values = {"name": "A Colleague", "standing": Standing.VIEWER, "at": MOMENT, **more}
    values.setdefault("by", administrator_of(organisation))
    return invitations.invite(organisation=organisation, email=email, **values)


def confirm_address(user: User) -> User:
    EmailAddress.objects.create(
        user=user, email=user.email, verified=True, primary=True
    )
    return user


def confirmed_person(email: str = "new@example.org", *roles: str) -> User:
    return confirm_address(users.person(*(roles or ("applicant",)), email=email))


KINDS = ("unknown", "confirmed", "unconfirmed", "staff", "added", "closed")
OFFERS = {
    "unknown": "so you do not have to confirm it",
    "confirmed": "Sign in to accept",
    "unconfirmed": "so you do not have to confirm it",
    "staff": "Your account is for the department’s work",
    "added": "Your account is for the department’s work",
    "closed": "is closed",
}
"""What the page behind the link offers to each."""


def link_in(letter: str) -> str:
    """The path of the link in the letter."""
    [path] = re.findall(rf"{settings.BASE_URL}(/invited/\S+)", letter)
    return str(path)


def holder(kind: str, email: str) -> User | None:
    match kind:
        case "confirmed":
            return confirmed_person(email)
        case "unconfirmed":
            return users.person("applicant", email=email)
        case "staff":
            return confirmed_person(email, "official")
        case "added":
            return users.person("finance", email=email)
        case "closed":
            user = confirmed_person(email)
            people.deactivate(user, by=users.administrator(), at=MOMENT)
            users.administrator()
            return user
    return None


def test_the_inviter_sees_the_same_for_every_address(client: Client) -> None:
    organisation = users.organisation()
    users.administrator()
    administrator = administrator_of(organisation)
    client.force_login(administrator)
    answers, work, texts = [], [], set()
    for kind in KINDS:
        email = f"{kind}@example.org"
        holder(kind, email)
        mail.outbox.clear()
        form = {"name": "C", "email": email, "standing": "viewer"}
        with CaptureQueriesContext(
            connection,
        ) as queries:
            response = client.post(f"/organisations/{organisation.key}/invite", form)
        page = client.get(f"/organisations/{organisation.key}").content.decode()
        row = re.search(rf"{email}.*?</div>", page, re.DOTALL)
        assert row is not None
        row_text = re.sub(r"INV-\w+-\w+(\.[\w-]+)?", "INV", row[0].replace(kind, "who"))
        answers.append((response.status_code, response["Location"], row_text))
        work.append(len(queries))
        [letter] = mail.outbox
        assert letter.to == [email]
        texts.add(re.sub("/invited/.*|until .*", "", str(letter.body)))
        page = Client().get(link_in(str(letter.body))).content.decode()
        assert OFFERS[kind] in page
    assert len(set(answers)) == 1
    assert len(texts) == 1
    assert len(set(work)) == 1, work


def test_an_invitation_letter_contains_no_text_of_the_inviter() -> None:
    organisation = users.organisation()
    Organisation.objects.filter(pk=organisation.pk).update(name=f"Made “Up” {NAME}")
    organisation.refresh_from_db()
    for kind in KINDS:
        holder(kind, f"{kind}@example.org")
        mail.outbox.clear()
        invite(organisation, f"{kind}@example.org", name=NAME)
        [letter] = mail.outbox
        first, _, text = letter.body.partition("\n\n")
        assert (first, letter.subject.startswith("You ")) == ("Hello,", True)
        assert "A Colleague" not in letter.body
        assert "Minister" not in letter.subject
        assert "://evil" not in letter.body
        for line in text.splitlines():
            assert "Minister" not in re.sub("“[^”]*”", "", line)
        assert organisation.name not in letter.body
        assert set(re.findall(r"https?://[^/\s]+", str(letter.body))) <= {
            settings.BASE_URL
        }


def test_the_holder_of_the_address_accepts_and_becomes_a_member() -> None:
    organisation = users.organisation()
    invitation = invite(organisation)
    person = confirmed_person()
    membership = invitations.accept(invitation, by=person, at=MOMENT)
    assert (membership.user, membership.standing) == (person, Standing.VIEWER)
    assert (membership.confirmed_at, membership.confirmed_by) == (
        MOMENT,
        invitation.invited_by.key,
    )
    assert person.name != "A Colleague"
    with pytest.raises(TooLate):
        invitations.accept(invitation, by=person, at=MOMENT)
    names = events_of(organisation.chain_id).values_list("name", flat=True)
    assert list(names) == [
        "invitation.sent",
        "membership.invited",
        "invitation.accepted",
    ]
    event_data = str(
        list(Event.objects.filter(chain=organisation.chain_id).values("data"))
    )
    assert "example.org" not in event_data
    assert "Colleague" not in event_data


def test_accepting_an_invitation_confirms_a_request_to_join() -> None:
    organisation = users.organisation()
    person = confirmed_person()
    memberships.ask(organisation=organisation, by=person, at=MOMENT)
    membership = invitations.accept(invite(organisation), by=person, at=MOMENT)
    assert list(person.memberships.all()) == [membership]
    assert membership.confirmed_at == MOMENT


def test_an_account_with_an_unconfirmed_address_cannot_accept_an_invitation() -> None:
    """Made by somebody else with the address of the one who is invited."""
    organisation = users.organisation()
    other_user = users.person("applicant", email="new@example.org")
    invitation = invite(organisation)
    with pytest.raises(NotAllowed):
        invitations.accept(invitation, by=other_user, at=MOMENT)
    EmailAddress.objects.create(
        user=other_user, email="new@example.org", verified=False
    )
    with pytest.raises(NotAllowed):
        invitations.accept(invitation, by=other_user, at=MOMENT)


def test_nobody_else_answers_or_takes_back_an_invitation(client: Client) -> None:
    organisation = users.organisation()
    administrator = administrator_of(organisation)
    invitation = invite(organisation, by=administrator)
    confirmed_person()
    for invalid in (
        users.applicant(organisation),
        confirm_address(users.outsider()),
        users.official(),
    ):
        with pytest.raises(NotAllowed):
            invitations.accept(invitation, by=invalid, at=MOMENT)
        with pytest.raises(NotAllowed):
            invitations.decline(invitation, by=invalid, at=MOMENT)
        with pytest.raises(NotAllowed):
            invitations.take_back(invitation, by=invalid, at=MOMENT)
        client.force_login(invalid)
        for verb in ("accept", "decline", "take-back"):
            response = client.get(f"/invitations/{invitation.key}/{verb}")
            assert response.status_code in {403, 404}
    with pytest.raises(NotAllowed):
        invitations.accept(invitation, by=administrator, at=MOMENT)


def test_staff_cannot_accept() -> None:
    invitation = invite(users.organisation())
    with pytest.raises(NotAllowed):
        invitations.accept(
            invitation, by=confirmed_person("new@example.org", "official"), at=MOMENT
        )


def test_an_invitation_ends_after_its_life_and_with_its_inviter() -> None:
    organisation = users.organisation()
    head, other = administrator_of(organisation), administrator_of(organisation)
    person = confirmed_person()
    invitation = invite(organisation, by=head)
    with pytest.raises(TooLate):
        invitations.accept(invitation, by=person, at=MOMENT + INVITATION_LIFE)
    second = invite(organisation, by=other, at=MOMENT + INVITATION_LIFE)
    departures.remove(other.memberships.get(), by=head, at=MOMENT + INVITATION_LIFE)
    with pytest.raises(TooLate):
        invitations.accept(second, by=person, at=MOMENT + INVITATION_LIFE)


def test_an_invitation_is_declined_or_taken_back_and_can_be_made_again() -> None:
    organisation = users.organisation()
    head, person = administrator_of(organisation), confirmed_person()
    first = invite(organisation, by=head)
    with pytest.raises(Invalid):
        invite(organisation, by=head)
    mail.outbox.clear()
    invitations.decline(first, by=person, at=MOMENT)
    [letter] = mail.outbox
    assert letter.to == [head.email]
    assert f"You invited “{first.name}” to join “{organisation}”" in letter.body
    second = invite(organisation, by=head)
    invitations.take_back(second, by=head, at=MOMENT)
    with pytest.raises(TooLate):
        invitations.accept(second, by=person, at=MOMENT)
    assert not person.memberships.exists()


@pytest.mark.parametrize("role", ["official", "outsider", "editor"])
def test_only_its_administrator_invites(role: str) -> None:
    organisation = users.organisation()
    by = users.applicant(organisation) if role == "editor" else getattr(users, role)()
    with pytest.raises(NotAllowed):
        invite(organisation, by=by)
    assert not Invitation.objects.exists()
    assert not mail.outbox


def test_the_database_keeps_one_open_invitation_for_an_address() -> None:
    organisation = users.organisation()
    one = invite(organisation)
    one.pk, one.key, one._state.adding = None, "INV-00000-00000", True
    with pytest.raises(IntegrityError), transaction.atomic():
        one.save(force_insert=True)


# --- how many -------------------------------------------------------------------


def test_a_person_can_invite_ten_a_day_and_sees_when_more_are_possible(
    client: Client,
) -> None:
    organisation = users.organisation()
    administrator = administrator_of(organisation)
    client.force_login(administrator)
    address = f"/organisations/{organisation.key}/invite"
    form = {"name": "C", "standing": "viewer"}
    for number in range(limits.INVITATIONS_OF_PERSON.maximum):
        answer = client.post(address, {**form, "email": f"n{number}@example.org"})
        assert answer.status_code == 302
    last = client.post(address, {**form, "email": "last@example.org"})
    page = last.content.decode()
    assert last.status_code == 429
    assert "You have invited 10 people within a day. You can invite more from" in page
    assert 'value="last@example.org"' in page
    assert Invitation.objects.count() == len(mail.outbox) == 10


@pytest.mark.parametrize(
    ("limit", "organisations", "heads", "address"),
    [
        (limits.INVITATIONS_OF_PERSON, 30, 1, "n{}@example.org"),
        (limits.INVITATIONS_OF_ORGANISATION, 1, 30, "n{}@example.org"),
        (limits.INVITATIONS_TO_ADDRESS, 30, 30, "one@example.org"),
    ],
    ids=["person", "organisation", "address"],
)
def test_each_limit_of_invitations_holds_for_a_day(
    limit: limits.Limit, organisations: int, heads: int, address: str
) -> None:
    bodies = [users.organisation() for _ in range(organisations)]
    people_ = [users.person("applicant") for _ in range(heads)]
    for body in bodies:
        for one in people_ if organisations == 1 else people_[:1]:
            users.join(one, body, Standing.ADMINISTRATOR)

    def send(number: int, at: datetime = MOMENT) -> Invitation:
        by = people_[number % heads] if organisations == 1 else people_[0]
        return invite(
            bodies[number % organisations], address.format(number), by=by, at=at
        )

    for number in range(limit.maximum):
        send(number)
    with pytest.raises(TooOften) as raised:
        send(limit.maximum)
    assert " from 13 November 2014 at " in raised.value.sentence
    assert len(mail.outbox) == limit.maximum
    send(limit.maximum, at=MOMENT + limit.window)


def test_somebody_asks_to_join_five_organisations_in_a_day() -> None:
    person = users.person("applicant")
    for _ in range(limits.REQUESTS_TO_JOIN.maximum):
        memberships.ask(organisation=users.organisation(), by=person, at=MOMENT)
    with pytest.raises(TooOften):
        memberships.ask(organisation=users.organisation(), by=person, at=MOMENT)


@pytest.mark.django_db(transaction=True)
def test_simultaneous_invitations_cannot_pass_the_limit() -> None:
    organisation, outsiders = (
        users.organisation(),
        [users.organisation() for _ in range(19)],
    )
    head = users.person("applicant")
    for one in (organisation, *outsiders):
        users.join(head, one, Standing.ADMINISTRATOR)
    outcomes = run_concurrently(
        [
            partial(invite, one, f"n{n}@example.org", by=head)
            for n, one in enumerate((organisation, *outsiders))
        ]
    )
    invitations_sent = [one for one in outcomes if isinstance(one, Invitation)]
    errors = [one for one in outcomes if isinstance(one, TooOften)]
    assert (len(invitations_sent), len(errors)) == (10, 10)
    assert Invitation.objects.count() == 10


@pytest.mark.django_db(transaction=True)
def test_with_separate_lookup_and_count_the_limit_would_be_passed() -> None:
    """The control: what the one statement in `limits.consume` is for."""
    limit = limits.INVITATIONS_OF_PERSON

    def consume_naively() -> str:
        used = limits.used_count(limit, "USR-1", at=MOMENT)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(0.3)")
        if used >= limit.maximum:
            raise TooOften("x", retry_after=1)
        limits.consume(limit._replace(maximum=1000), "USR-1", at=MOMENT)
        return "sent"

    limits.consume(limit, "USR-1", at=MOMENT)
    outcomes = run_concurrently([consume_naively] * 20)
    assert outcomes.count("sent") > limit.maximum
