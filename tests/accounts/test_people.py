"""People, their roles and their accounts."""

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from innovation.accounts.domain import people, role_requests
from innovation.accounts.models import User
from innovation.audit.events import SERVICE
from innovation.audit.models import Event
from innovation.core.errors import Invalid, NotAllowed
from innovation.core.folding import fold
from tests.accounts.role_changes import request_role
from tests.audit_events import events_of
from tests.dates import MOMENT
from tests.edit_forms import post_edit
from tests.factories import users

pytestmark = pytest.mark.django_db


def history(user: User) -> list[str]:
    return list(events_of(user.chain_id).values_list("name", flat=True))


def test_an_administrator_adds_somebody_who_is_written_to() -> None:
    added = people.add(
        email=" New.Official@Example.org ",
        name="New Official",
        roles=["coach"],
        reason="Joins the partner.",
        by=users.administrator(),
        at=MOMENT,
    )
    assert (added.email, added.roles) == ("new.official@example.org", ["coach"])
    assert not added.has_usable_password()
    assert history(added) == ["person.added", "person.role_given"]
    [letter] = mail.outbox
    assert letter.to == ["new.official@example.org"]
    assert "/accounts/password/reset/" in letter.body


def test_an_address_is_one_person() -> None:
    known = users.official()
    with pytest.raises(Invalid) as raised:
        people.add(
            email=known.email.upper(),
            name="Again",
            roles=["official"],
            by=users.administrator(),
            at=MOMENT,
        )
    assert list(raised.value.problems) == ["email"]


def test_the_last_administrator_and_ones_own_account_cannot_be_closed() -> None:
    last = users.administrator()
    with pytest.raises(Invalid):
        people.deactivate(last, by=last, at=MOMENT)
    other = users.administrator()
    with pytest.raises(NotAllowed):
        people.deactivate(last, by=last, at=MOMENT)
    people.deactivate(last, by=other, at=MOMENT)
    assert not User.objects.get(pk=last.pk).is_active
    with pytest.raises(NotAllowed):
        people.reactivate(last, by=last, at=MOMENT)


def test_a_closed_account_ends_an_open_session(client: Client) -> None:
    person = users.official()
    client.force_login(person)
    assert client.get("/home").status_code == 200
    people.deactivate(person, by=users.administrator(), at=MOMENT)
    assert client.get("/home").status_code == 302
    people.reactivate(person, by=users.administrator(), at=MOMENT)
    assert history(person) == [
        "person.deactivated",
        "person.reactivated",
        "person.role_taken",
    ]


def test_the_log_never_holds_a_name_or_an_address() -> None:
    administrator, person = users.administrator(), users.official()
    people.rename(person, name="Newly Named", by=person, at=MOMENT)
    role_requests.ask(
        person, role="coach", reason="Newly Named.", by=administrator, at=MOMENT
    )
    for event in Event.objects.filter(chain=person.chain_id):
        assert "Named" not in str(event.data)
        assert "@" not in str(event.data) + event.actor + event.subject


def test_signing_up_makes_an_applicant_and_nothing_more(client: Client) -> None:
    response = client.post(
        "/accounts/signup/",
        {
            "email": "Somebody@Example.org",
            "name": "Some Body",
            "password1": "a long enough pass phrase",
            "roles": "administrator",
        },
    )
    assert response.status_code == 302
    user = User.objects.get(email="somebody@example.org")
    assert (user.name, user.roles) == ("Some Body", ["applicant"])
    assert history(user) == ["person.joined"]
    assert not EmailAddress.objects.get(user=user).verified
    assert client.get("/home").status_code == 302


@pytest.mark.parametrize(
    "unseen", ["\u200b", "\ufeff", "\x00", "\u202c", "\u200d", "\ufe0f", "\u034f"]
)
def test_an_address_is_kept_and_recognised_as_a_person_sees_it(
    client: Client, unseen: str
) -> None:
    """Copied from a letter, it may have something behind it that nobody sees."""
    email = f"somebody@example.org{unseen}"
    password = "a long enough pass phrase"
    form = {"email": email, "name": f"Some{unseen} Body", "password1": password}
    assert client.post("/accounts/signup/", form).status_code == 302
    user = User.objects.get()
    assert (user.email, fold(user.name)) == ("somebody@example.org", "some body")
    assert EmailAddress.objects.get().email == "somebody@example.org"
    second_answer = Client().post(
        "/accounts/login/", {"login": email, "password": password}
    )
    assert second_answer.status_code == 302
    by_command = people.add(
        email=f"other@example.org{unseen}",
        name="",
        roles=["administrator"],
        reason="",
        by=SERVICE,
        at=MOMENT,
    )
    assert by_command.email == "other@example.org"


def test_the_history_of_a_person_says_in_words_what_happened(client: Client) -> None:
    person, outsider = users.coach(), users.official()
    one = users.person("administrator", name="Ada Young")
    other = users.person("administrator", name="Ben Old")
    role_requests.confirm(request_role(person, one), by=other, at=MOMENT)
    removal = request_role(person, other, change="take")
    role_requests.refuse(removal, reason="We need them.", by=one, at=MOMENT)
    people.deactivate(person, by=one, at=MOMENT)
    people.reactivate(person, by=other, at=MOMENT)
    client.force_login(one)
    page = client.get(f"/people/{person.key}").content.decode()
    history_text = page.partition(">History<")[2]
    for sentence in (
        "Ada Young asked to give the role “Finance officer”",
        "Ben Old confirmed the request to give the role “Finance officer”",
        "Ben Old gave the role “Finance officer”",
        "Ben Old asked to take away the role “Finance officer”",
        "Ada Young refused the request to take away the role “Finance officer”",
        "Ada Young closed the account",
        "Ben Old took away the role “Finance officer”",
        "Ben Old opened the account again",
    ):
        assert sentence in history_text, sentence
    assert "person." not in history_text
    client.force_login(outsider)
    assert client.get(f"/people/{person.key}").status_code == 403


def test_administrators_manage_people_on_the_pages(client: Client) -> None:
    client.force_login(users.administrator())
    response = client.post(
        "/people/add",
        {
            "name": "A B",
            "email": "ab@example.org",
            "roles": ["coach", "finance"],
            "reason": "Joins us.",
        },
    )
    person = User.objects.get(email="ab@example.org")
    assert response["Location"] == f"/people/{person.key}"
    response = client.post(
        f"/people/{person.key}/give-role", {"role": "board_member", "reason": "Sits."}
    )
    assert client.get(response["Location"]).status_code == 200
    client.post(
        f"/people/{person.key}/take-role", {"role": "board_member", "reason": "Left."}
    )
    post_edit(client, f"/people/{person.key}/rename", {"name": "A Bee"})
    client.post(f"/people/{person.key}/close")
    person.refresh_from_db()
    assert (person.name, person.roles, person.is_active) == ("A Bee", ["coach"], False)
    client.post(f"/people/{person.key}/open")
    page = client.get(f"/people/{person.key}").content.decode()
    assert "Delivery partner coach" in page
    assert "asks to give “Finance officer”" in page
    assert "Joins us." in page
    assert "opened the account again" in page
    page = client.get("/people/", {"text": "bee", "role": "coach"}).content.decode()
    assert "A Bee" in page
    assert "Nobody matches" in client.get("/people/", {"text": "zz"}).content.decode()
