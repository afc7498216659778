"""People, their roles and their accounts."""

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from innovation.accounts.domain import people
from innovation.accounts.models import User
from innovation.audit.models import Event
from innovation.core.errors import Invalid, NotAllowed, TooLate
from tests import cast
from tests.moments import MOMENT
from tests.staging import events_of

pytestmark = pytest.mark.django_db


def history(user: User) -> list[str]:
    return list(events_of(user.chain_id).values_list("name", flat=True))


def test_an_administrator_adds_somebody_who_is_written_to() -> None:
    added = people.add(
        email=" New.Official@Example.org ",
        name="New Official",
        roles=["official"],
        by=cast.administrator(),
        at=MOMENT,
    )
    assert (added.email, added.roles) == ("new.official@example.org", ["official"])
    assert not added.has_usable_password()
    assert history(added) == ["person.added"]
    [letter] = mail.outbox
    assert letter.to == ["new.official@example.org"]
    assert "/accounts/password/reset/" in letter.body


def test_an_address_is_one_person() -> None:
    known = cast.official()
    with pytest.raises(Invalid) as refused:
        people.add(
            email=known.email.upper(),
            name="Again",
            roles=["official"],
            by=cast.administrator(),
            at=MOMENT,
        )
    assert list(refused.value.problems) == ["email"]


def test_roles_are_given_and_taken_with_an_event_each() -> None:
    administrator, person = cast.administrator(), cast.official()
    people.give_role(person, role="grant_manager", by=administrator, at=MOMENT)
    people.take_role(person, role="official", by=administrator, at=MOMENT)
    assert User.objects.get(pk=person.pk).roles == ["grant_manager"]
    assert history(person) == ["person.role_given", "person.role_taken"]
    with pytest.raises(TooLate):
        people.take_role(person, role="official", by=administrator, at=MOMENT)
    with pytest.raises(Invalid):
        people.give_role(person, role="king", by=administrator, at=MOMENT)


def test_nobody_but_an_administrator_changes_roles() -> None:
    official = cast.official()
    with pytest.raises(NotAllowed):
        people.give_role(official, role="administrator", by=official, at=MOMENT)


def test_the_last_administrator_stays() -> None:
    last = cast.administrator()
    with pytest.raises(Invalid):
        people.take_role(last, role="administrator", by=last, at=MOMENT)
    with pytest.raises(Invalid):
        people.deactivate(last, by=last, at=MOMENT)
    cast.administrator()
    people.take_role(last, role="administrator", by=last, at=MOMENT)
    assert User.objects.get(pk=last.pk).roles == []


def test_a_closed_account_ends_an_open_session(client: Client) -> None:
    person = cast.official()
    client.force_login(person)
    assert client.get("/home").status_code == 200
    people.deactivate(person, by=cast.administrator(), at=MOMENT)
    assert client.get("/home").status_code == 302
    people.reactivate(person, by=cast.administrator(), at=MOMENT)
    assert history(person) == ["person.deactivated", "person.reactivated"]


def test_the_log_never_holds_a_name_or_an_address() -> None:
    administrator, person = cast.administrator(), cast.official()
    people.rename(person, name="Newly Named", by=person, at=MOMENT)
    people.give_role(person, role="analyst", by=administrator, at=MOMENT)
    for event in Event.objects.filter(chain=person.chain_id):
        assert "Named" not in str(event.data)
        assert "@" not in str(event.data) + event.actor + event.subject


def test_signing_up_makes_an_applicant_and_nothing_more(client: Client) -> None:
    answer = client.post(
        "/accounts/signup/",
        {
            "email": "Somebody@Example.org",
            "name": "Some Body",
            "password1": "a long enough pass phrase",
            "roles": "administrator",
        },
    )
    assert answer.status_code == 302
    user = User.objects.get(email="somebody@example.org")
    assert (user.name, user.roles) == ("Some Body", ["applicant"])
    assert history(user) == ["person.joined"]
    assert not EmailAddress.objects.get(user=user).verified
    assert client.get("/home").status_code == 302


def test_the_pages_for_administrators_do_all_of_it(client: Client) -> None:
    client.force_login(cast.administrator())
    answer = client.post(
        "/people/add", {"name": "A B", "email": "ab@example.org", "roles": ["official"]}
    )
    person = User.objects.get(email="ab@example.org")
    assert answer["Location"] == f"/people/{person.key}"
    client.post(f"/people/{person.key}/give-role", {"role": "coach"})
    client.post(f"/people/{person.key}/take-role", {"role": "official"})
    client.post(f"/people/{person.key}/rename", {"name": "A Bee"})
    client.post(f"/people/{person.key}/close")
    person.refresh_from_db()
    assert (person.name, person.roles, person.is_active) == ("A Bee", ["coach"], False)
    client.post(f"/people/{person.key}/open")
    page = client.get(f"/people/{person.key}").content.decode()
    assert "Delivery partner coach" in page
    assert "person.reactivated" in page
    found = client.get("/people/", {"text": "bee", "role": "coach"}).content.decode()
    assert "A Bee" in found
    assert "Nobody matches" in client.get("/people/", {"text": "zz"}).content.decode()
