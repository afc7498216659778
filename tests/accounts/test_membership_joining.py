"""Getting into an organisation: by number, confirmed or refused, and who may sign."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from innovation.accounts import policies
from innovation.accounts.domain import invitations, memberships
from innovation.accounts.forms.joining import OrganisationForm
from innovation.accounts.forms.organisation_kind import (
    ORGANISATION_KINDS,
    OrganisationKind,
)
from innovation.accounts.models import Invitation, Membership, Office, Standing, User
from innovation.audit.models import Event
from innovation.core import clock
from innovation.core.errors import Invalid, NotAllowed, TooLate
from innovation.organisations.domain import organisations
from innovation.organisations.models import Identifier, Organisation
from tests.audit_events import events_of
from tests.concurrency import run_concurrently
from tests.dates import MOMENT
from tests.factories import users

pytestmark = pytest.mark.django_db
COMPANY = {"applicant_type": "company", "scheme": "GB-COH"}


def ask_to_join(by: User, name: str = "Made Up Ltd", **more: Any) -> Membership:
    values = {**COMPANY, "number": "01234567", **more}
    return memberships.ask_by_name(name=name, by=by, at=MOMENT, **values)


def applicant() -> User:
    return users.person("applicant")


def administrator_of(organisation: Organisation) -> User:
    return users.applicant(organisation, Standing.ADMINISTRATOR)


def test_the_same_number_is_the_same_organisation_however_it_is_written() -> None:
    first = ask_to_join(applicant())
    second = ask_to_join(applicant(), name="Made Up Limited", number="123 4567")
    assert second.organisation == first.organisation
    assert first.organisation.name == "Made Up Ltd"
    assert Identifier.objects.count() == 1


def test_a_name_under_another_number_is_refused() -> None:
    ask_to_join(applicant())
    with pytest.raises(Invalid) as raised:
        ask_to_join(applicant(), name="MADE UP LTD", number="07654321")
    assert list(raised.value.problems) == ["name"]
    assert Organisation.objects.count() == 1


def test_a_claimed_number_is_stored_when_the_membership_is_confirmed() -> None:
    trust = users.organisation("Trust", applicant_type="childrens_trust")
    membership = ask_to_join(applicant(), name=trust.name)
    assert (membership.organisation, membership.claimed_org_id) == (
        trust,
        "GB-COH-01234567",
    )
    assert not trust.identifiers.exists()
    memberships.confirm(membership, by=users.official(), at=MOMENT)
    assert [str(one) for one in trust.identifiers.all()] == ["GB-COH-01234567"]
    names = events_of(trust.chain_id).values_list("name", flat=True)
    assert list(names) == [
        "membership.asked",
        "organisation.numbered",
        "membership.confirmed",
    ]


def test_an_impossible_number_is_refused() -> None:
    with pytest.raises(Invalid):
        ask_to_join(applicant(), number="12")
    assert not Organisation.objects.exists()


def register_concurrently(register: Callable[..., Any]) -> tuple[list[Any], int]:
    people = [applicant() for _ in range(8)]
    outcomes = run_concurrently(
        [
            partial(register, f"Made Up {number}", "01234567", person)
            for number, person in enumerate(people)
        ]
    )
    return outcomes, Organisation.objects.count()


@pytest.mark.django_db(transaction=True)
def test_simultaneous_requests_with_one_number_register_one_organisation() -> None:
    outcomes, organisations = register_concurrently(
        lambda name, number, by: ask_to_join(by, name=name, number=number)
    )
    assert [type(one) for one in outcomes] == [Membership] * 8
    assert (organisations, Identifier.objects.count(), Membership.objects.count()) == (
        1,
        1,
        8,
    )


@pytest.mark.django_db(transaction=True)
def test_without_a_second_lookup_simultaneous_registrations_would_fail() -> None:
    """The control: what the second look in `find_or_register` is for."""
    outcomes, organisation_count = register_concurrently(
        lambda name, number, by: organisations.register(
            name=name,
            applicant_type="company",
            identifiers={"GB-COH": number},
            by=by,
            at=MOMENT,
        )
    )
    failed = [one for one in outcomes if isinstance(one, (IntegrityError, Invalid))]
    assert (organisation_count, len(failed)) == (1, 7)


def test_a_refused_person_gets_the_reason_and_may_ask_again() -> None:
    person, official = applicant(), users.official()
    membership = ask_to_join(person)
    memberships.refuse(membership, reason="Not on its board", by=official, at=MOMENT)
    letter = mail.outbox[-1]
    assert letter.to == [person.email]
    assert letter.subject == "You were not added to an organisation"
    assert "Not on its board" in letter.body
    assert Event.objects.filter(name="membership.refused").get().data["reason"] == (
        "Not on its board"
    )
    with pytest.raises(TooLate):
        memberships.refuse(membership, reason="Again", by=official, at=MOMENT)
    assert ask_to_join(person).confirmed_at is None


def test_only_users_who_may_confirm_can_refuse_and_only_with_a_reason() -> None:
    first = ask_to_join(applicant())
    for unauthorised in (first.user, users.outsider(), users.analyst()):
        with pytest.raises(NotAllowed):
            memberships.refuse(first, reason="No", by=unauthorised, at=MOMENT)
    with pytest.raises(Invalid):
        memberships.refuse(first, reason=" ", by=users.official(), at=MOMENT)
    memberships.confirm(first, by=users.official(), at=MOMENT)
    second = ask_to_join(applicant())
    assert mail.outbox[-1].to == [first.user.email]
    with pytest.raises(NotAllowed):
        memberships.refuse(second, reason="No", by=users.official(), at=MOMENT)
    memberships.refuse(second, reason="Unknown here", by=first.user, at=MOMENT)
    assert list(first.organisation.memberships.all()) == [first]


def test_the_letter_of_confirmation_says_that_sending_needs_a_signature() -> None:
    membership = ask_to_join(applicant())
    memberships.confirm(membership, by=users.official(), at=MOMENT)
    assert mail.outbox[-1].to == [membership.user.email]
    assert "You cannot send anything without one" in mail.outbox[-1].body


@pytest.mark.parametrize(
    ("council", "office", "is_valid"),
    [
        (True, Office.DIRECTOR_OF_CHILDREN, True),
        (True, Office.SECTION_151, True),
        (True, Office.CHIEF_EXECUTIVE, False),
        (True, "", False),
        (False, Office.TRUSTEE, True),
        (False, Office.SECTION_151, False),
        (False, "mayor", False),
    ],
)
def test_an_authoriser_holds_an_office_of_that_kind_of_organisation(
    council: bool, office: str, is_valid: bool
) -> None:
    organisation = users.council_organisation() if council else users.organisation()
    head, colleague = (
        administrator_of(organisation),
        users.applicant(organisation, Standing.EDITOR),
    )

    def change() -> Membership:
        return memberships.change_standing(
            colleague.memberships.get(),
            standing=Standing.AUTHORISER,
            office=office,
            by=head,
            at=MOMENT,
        )

    if not is_valid:
        with pytest.raises(Invalid) as raised:
            change()
        assert list(raised.value.problems) == ["office"]
    else:
        assert change().office == office
    assert policies.may_authorise(colleague, organisation) is is_valid
    assert not policies.may_authorise(head, organisation)


def test_an_administrator_may_hold_an_office_and_an_editor_none() -> None:
    organisation = users.organisation()
    head, colleague = (
        administrator_of(organisation),
        users.applicant(organisation, Standing.EDITOR),
    )
    for person, standing, signs in (
        (head, Standing.ADMINISTRATOR, True),
        (colleague, Standing.EDITOR, False),
    ):
        changed = memberships.change_standing(
            person.memberships.get(),
            standing=standing,
            office=Office.TRUSTEE,
            by=head,
            at=MOMENT,
        )
        assert changed.may_sign is signs
        assert policies.may_authorise(person, organisation) is signs


def test_the_database_refuses_an_office_of_an_editor() -> None:
    colleague = users.applicant(users.organisation(), Standing.EDITOR)
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.filter(user=colleague).update(office=Office.TRUSTEE)


def test_a_closed_account_signs_nothing() -> None:
    organisation = users.organisation()
    signer = users.applicant(organisation, Standing.AUTHORISER)
    assert policies.may_authorise(signer, organisation)
    assert not policies.may_authorise(users.outsider(), organisation)
    User.objects.filter(pk=signer.pk).update(is_active=False)
    assert not policies.authorisers_of(organisation).exists()


def test_the_page_says_that_nothing_can_be_sent_without_an_authoriser(
    client: Client,
) -> None:
    organisation = users.council_organisation()
    administrator = administrator_of(organisation)
    client.force_login(administrator)
    address = f"/organisations/{organisation.key}"
    page = client.get(address).content.decode()
    assert "You cannot send anything yet" in page
    assert "director of children’s services or section 151 officer" in page
    invited = {
        "name": "A Director",
        "email": "director@example.org",
        "standing": "authoriser",
    }
    response = client.post(f"{address}/invite", invited)
    assert response.status_code == 422
    assert "Select which post they hold" in response.content.decode()
    client.post(f"{address}/invite", {**invited, "office": "childrens_director"})
    director = users.person("applicant", email="director@example.org")
    EmailAddress.objects.create(user=director, email=director.email, verified=True)
    invitations.accept(Invitation.objects.get(), by=director, at=clock.now())
    page = client.get(address).content.decode()
    assert "You cannot send anything yet" not in page
    assert "Director of children’s services: can sign off" in page


@pytest.mark.parametrize("kind", ORGANISATION_KINDS[1:], ids=lambda kind: kind.slug)
def test_each_kind_asks_for_a_number_of_its_own_registers(
    kind: OrganisationKind,
) -> None:
    values = {"name": "N", "job_title": "J", "how_to_check": "S"}
    form = OrganisationForm(values, kind=kind)
    assert form.is_valid() is kind.number_optional
    if not kind.number_optional:
        assert "number" in form.errors
    invalid_form = OrganisationForm(
        {**values, "scheme": kind.registers[0].scheme, "number": "!"}, kind=kind
    )
    assert set(invalid_form.errors) == {"number"}


def test_a_number_needs_its_register() -> None:
    public_body = next(
        kind for kind in ORGANISATION_KINDS if kind.slug == "public-body"
    )
    form = OrganisationForm(
        {"name": "N", "job_title": "J", "how_to_check": "S", "number": "01234567"},
        kind=public_body,
    )
    assert form.errors == {"scheme": ["Select the register it is in"]}


@pytest.mark.parametrize("people", [1, 3])
def test_pages_about_people_cost_the_same_however_many_there_are(
    people: int,
    client: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    organisation = users.organisation()
    administrator = administrator_of(organisation)
    for _ in range(people):
        users.applicant(organisation)
        membership = memberships.ask(
            organisation=organisation, by=applicant(), at=MOMENT
        )
    official = users.official()
    for user, address in (
        (administrator, f"/organisations/{organisation.key}"),
        (administrator, f"/memberships/{membership.key}"),
        (administrator, "/organisations/"),
        (administrator, "/home"),
        (official, "/organisations/"),
        (official, f"/memberships/{membership.key}"),
        (official, f"/organisations/{organisation.key}"),
    ):
        client.force_login(user)
        client.get(address)
        with django_assert_max_num_queries(10):
            assert client.get(address).status_code == 200, address


def test_an_organisation_is_found_by_name_and_by_number(client: Client) -> None:
    organisation = ask_to_join(
        applicant(), name="Needle Ltd", number="SC123456"
    ).organisation
    other = users.organisation("Haystack")
    client.force_login(users.official())
    for text, is_listed in (
        ("needle", True),
        ("SC1234", True),
        ("haystack", False),
    ):
        response = client.get("/organisations/", {"text": text})
        page = response.content.decode()
        assert (f"/organisations/{organisation.key}" in page) is is_listed, text
        if is_listed:
            assert f"/organisations/{other.key}" not in page


@pytest.mark.django_db(transaction=True)
def test_the_last_two_administrators_cannot_step_down_at_once() -> None:
    organisation = users.organisation()
    pair = [administrator_of(organisation), administrator_of(organisation)]

    def step_down(one: User) -> Membership:
        return memberships.change_standing(
            one.memberships.get(), standing=Standing.EDITOR, by=one, at=MOMENT
        )

    outcomes = run_concurrently([partial(step_down, one) for one in pair])
    assert sorted(type(one).__name__ for one in outcomes) == ["Invalid", "Membership"]
    assert organisation.memberships.filter(standing=Standing.ADMINISTRATOR).count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_membership_cannot_be_confirmed_and_refused_at_once() -> None:
    membership, official = ask_to_join(applicant()), users.official()
    outcomes = run_concurrently(
        [
            lambda: memberships.confirm(membership, by=official, at=MOMENT),
            lambda: memberships.refuse(
                membership, reason="No", by=users.official(), at=MOMENT
            ),
        ]
    )
    errors = [one for one in outcomes if isinstance(one, TooLate)]
    assert len(errors) == 1
    assert len(mail.outbox) == 1


def test_a_trust_is_chosen_from_the_list_or_named(client: Client) -> None:
    trust = users.organisation("Trust", applicant_type="childrens_trust")
    values = {
        "job_title": "J",
        "how_to_check": "S",
        "scheme": "GB-COH",
        "number": "1234567",
    }
    for number, error in (
        ({}, "Select your organisation, or that it is not in the list"),
        ({"known": "not listed"}, "Enter the name of the organisation"),
    ):
        client.force_login(applicant())
        response = client.post("/organisations/join/trust", {**values, **number})
        assert error in response.content.decode()
    person = applicant()
    client.force_login(person)
    client.post("/organisations/join/trust", {**values, "known": trust.name})
    assert person.memberships.get().organisation == trust
    new = {**values, "known": "not listed", "name": "New Trust", "number": "07654321"}
    other = applicant()
    client.force_login(other)
    client.post("/organisations/join/trust", new)
    assert other.memberships.get().organisation.name == "New Trust"
