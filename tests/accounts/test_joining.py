"""Getting into an organisation: by number, confirmed or refused, and who may sign."""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client

from innovation.accounts import policies
from innovation.accounts.domain import invitations, memberships
from innovation.accounts.forms.joining import OrganisationForm
from innovation.accounts.forms.kinds import KINDS
from innovation.accounts.models import Invitation, Membership, Office, Standing, User
from innovation.audit.models import Event
from innovation.core import clock
from innovation.core.errors import Invalid, NotAllowed, TooLate
from innovation.organisations.domain import organisations
from innovation.organisations.models import Identifier, Organisation
from tests import cast
from tests.dates import MOMENT
from tests.staging import events_of
from tests.threads import at_once

pytestmark = pytest.mark.django_db
COMPANY = {"applicant_type": "company", "scheme": "GB-COH"}


def ask(by: User, name: str = "Made Up Ltd", **more: Any) -> Membership:
    given = {**COMPANY, "number": "01234567", **more}
    return memberships.ask_by_name(name=name, by=by, at=MOMENT, **given)


def applicant() -> User:
    return cast.person("applicant")


def head_of(body: Organisation) -> User:
    return cast.applicant(body, Standing.ADMINISTRATOR)


def test_the_same_number_is_the_same_organisation_however_it_is_written() -> None:
    first = ask(applicant())
    second = ask(applicant(), name="Made Up Limited", number="123 4567")
    assert second.organisation == first.organisation
    assert first.organisation.name == "Made Up Ltd"
    assert Identifier.objects.count() == 1


def test_a_name_under_another_number_is_refused() -> None:
    ask(applicant())
    with pytest.raises(Invalid) as raised:
        ask(applicant(), name="MADE UP LTD", number="07654321")
    assert list(raised.value.problems) == ["name"]
    assert Organisation.objects.count() == 1


def test_a_number_claimed_for_a_known_organisation_is_its_own_once_confirmed() -> None:
    trust = cast.organisation("Trust", applicant_type="childrens_trust")
    membership = ask(applicant(), name=trust.name)
    assert (membership.organisation, membership.claimed) == (trust, "GB-COH-01234567")
    assert not trust.identifiers.exists()
    memberships.confirm(membership, by=cast.official(), at=MOMENT)
    assert [str(one) for one in trust.identifiers.all()] == ["GB-COH-01234567"]
    names = events_of(trust.chain_id).values_list("name", flat=True)
    assert list(names) == [
        "membership.asked",
        "organisation.numbered",
        "membership.confirmed",
    ]


def test_a_number_that_cannot_be_is_refused() -> None:
    with pytest.raises(Invalid):
        ask(applicant(), number="12")
    assert not Organisation.objects.exists()


def at_the_same_moment(register: Callable[..., Any]) -> tuple[list[Any], int]:
    people = [applicant() for _ in range(8)]
    outcomes = at_once(
        [
            lambda number=number, person=person: register(
                f"Made Up {number}", "01234567", person
            )
            for number, person in enumerate(people)
        ]
    )
    return outcomes, Organisation.objects.count()


@pytest.mark.django_db(transaction=True)
def test_eight_who_ask_at_once_by_one_number_join_one_organisation() -> None:
    outcomes, made = at_the_same_moment(
        lambda name, number, by: ask(by, name=name, number=number)
    )
    assert [type(one) for one in outcomes] == [Membership] * 8
    assert (made, Identifier.objects.count(), Membership.objects.count()) == (1, 1, 8)


@pytest.mark.django_db(transaction=True)
def test_without_looking_again_seven_of_the_eight_would_fail() -> None:
    """The control: what the second look in `find_or_register` is for."""
    outcomes, made = at_the_same_moment(
        lambda name, number, by: organisations.register(
            name=name,
            applicant_type="company",
            identifiers={"GB-COH": number},
            by=by,
            at=MOMENT,
        )
    )
    failed = [one for one in outcomes if isinstance(one, (IntegrityError, Invalid))]
    assert (made, len(failed)) == (1, 7)


def test_whoever_is_refused_gets_the_reason_and_may_ask_again() -> None:
    person, official = applicant(), cast.official()
    membership = ask(person)
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
    assert ask(person).confirmed_at is None


def test_only_whoever_confirms_refuses_and_only_with_a_reason() -> None:
    first = ask(applicant())
    for wrong in (first.user, cast.outsider(), cast.analyst()):
        with pytest.raises(NotAllowed):
            memberships.refuse(first, reason="No", by=wrong, at=MOMENT)
    with pytest.raises(Invalid):
        memberships.refuse(first, reason=" ", by=cast.official(), at=MOMENT)
    memberships.confirm(first, by=cast.official(), at=MOMENT)
    second = ask(applicant())
    assert mail.outbox[-1].to == [first.user.email]
    with pytest.raises(NotAllowed):
        memberships.refuse(second, reason="No", by=cast.official(), at=MOMENT)
    memberships.refuse(second, reason="Unknown here", by=first.user, at=MOMENT)
    assert list(first.organisation.memberships.all()) == [first]


def test_whoever_is_confirmed_is_written_that_nothing_is_sent_without_a_signature() -> (
    None
):
    membership = ask(applicant())
    memberships.confirm(membership, by=cast.official(), at=MOMENT)
    assert mail.outbox[-1].to == [membership.user.email]
    assert "You cannot send anything without one" in mail.outbox[-1].body


@pytest.mark.parametrize(
    ("council", "office", "right"),
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
    council: bool, office: str, right: bool
) -> None:
    body = cast.council_body() if council else cast.organisation()
    head, colleague = head_of(body), cast.applicant(body, Standing.EDITOR)

    def change() -> Membership:
        return memberships.change_standing(
            colleague.memberships.get(),
            standing=Standing.AUTHORISER,
            office=office,
            by=head,
            at=MOMENT,
        )

    if not right:
        with pytest.raises(Invalid) as raised:
            change()
        assert list(raised.value.problems) == ["office"]
    else:
        assert change().office == office
    assert policies.may_authorise(colleague, body) is right
    assert not policies.may_authorise(head, body)


def test_an_administrator_may_hold_an_office_and_an_editor_none() -> None:
    body = cast.organisation()
    head, colleague = head_of(body), cast.applicant(body, Standing.EDITOR)
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
        assert changed.signs is signs
        assert policies.may_authorise(person, body) is signs


def test_the_database_gives_an_office_to_nobody_who_does_not_sign() -> None:
    colleague = cast.applicant(cast.organisation(), Standing.EDITOR)
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.filter(user=colleague).update(office=Office.TRUSTEE)


def test_a_closed_account_signs_nothing() -> None:
    body = cast.organisation()
    signer = cast.applicant(body, Standing.AUTHORISER)
    assert policies.may_authorise(signer, body)
    assert not policies.may_authorise(cast.outsider(), body)
    User.objects.filter(pk=signer.pk).update(is_active=False)
    assert not policies.authorisers_of(body).exists()


def test_the_page_says_that_nothing_can_be_sent_until_somebody_may_sign(
    client: Client,
) -> None:
    body = cast.council_body()
    head = head_of(body)
    client.force_login(head)
    address = f"/organisations/{body.key}"
    page = client.get(address).content.decode()
    assert "Nothing can be sent yet" in page
    assert "director of children’s services or section 151 officer" in page
    invited = {
        "name": "A Director",
        "email": "director@example.org",
        "standing": "authoriser",
    }
    wrong = client.post(f"{address}/invite", invited)
    assert wrong.status_code == 422
    assert "Select the office that they hold" in wrong.content.decode()
    client.post(f"{address}/invite", {**invited, "office": "childrens_director"})
    director = cast.person("applicant", email="director@example.org")
    EmailAddress.objects.create(user=director, email=director.email, verified=True)
    invitations.accept(Invitation.objects.get(), by=director, at=clock.now())
    page = client.get(address).content.decode()
    assert "Nothing can be sent yet" not in page
    assert "Director of children’s services: signs" in page


@pytest.mark.parametrize("kind", KINDS[1:], ids=lambda kind: kind.slug)
def test_each_kind_asks_for_a_number_of_its_own_registers(kind: Any) -> None:
    asked = {"name": "N", "job_title": "J", "said": "S"}
    form = OrganisationForm(asked, kind=kind)
    assert form.is_valid() is kind.optional
    if not kind.optional:
        assert "number" in form.errors
    wrong = OrganisationForm(
        {**asked, "scheme": kind.registers[0].scheme, "number": "!"}, kind=kind
    )
    assert set(wrong.errors) == {"number"}


def test_a_number_without_its_register_is_asked_about() -> None:
    public_body = next(kind for kind in KINDS if kind.slug == "public-body")
    form = OrganisationForm(
        {"name": "N", "job_title": "J", "said": "S", "number": "01234567"},
        kind=public_body,
    )
    assert form.errors == {"scheme": ["Select the register it is in"]}


@pytest.mark.parametrize("people", [1, 3])
def test_pages_about_people_cost_the_same_however_many_there_are(
    people: int, client: Client, django_assert_max_num_queries: Any
) -> None:
    body = cast.organisation()
    head = head_of(body)
    for _ in range(people):
        cast.applicant(body)
        asked = memberships.ask(organisation=body, by=applicant(), at=MOMENT)
    official = cast.official()
    for who, address in (
        (head, f"/organisations/{body.key}"),
        (head, f"/memberships/{asked.key}"),
        (head, "/organisations/"),
        (head, "/home"),
        (official, "/organisations/"),
        (official, f"/memberships/{asked.key}"),
        (official, f"/organisations/{body.key}"),
    ):
        client.force_login(who)
        client.get(address)
        with django_assert_max_num_queries(10):
            assert client.get(address).status_code == 200, address


def test_an_organisation_is_found_by_name_and_by_number(client: Client) -> None:
    found = ask(applicant(), name="Needle Ltd", number="SC123456").organisation
    other = cast.organisation("Haystack")
    client.force_login(cast.official())
    for text, there in (
        ("needle", True),
        ("SC1234", True),
        ("haystack", False),
    ):
        answer = client.get("/organisations/", {"text": text})
        page = answer.content.decode()
        assert (f"/organisations/{found.key}" in page) is there, text
        if there:
            assert f"/organisations/{other.key}" not in page


@pytest.mark.django_db(transaction=True)
def test_of_two_administrators_who_step_down_at_once_one_stays() -> None:
    body = cast.organisation()
    pair = [head_of(body), head_of(body)]
    outcomes = at_once(
        [
            lambda one=one: memberships.change_standing(
                one.memberships.get(), standing=Standing.EDITOR, by=one, at=MOMENT
            )
            for one in pair
        ]
    )
    assert sorted(type(one).__name__ for one in outcomes) == ["Invalid", "Membership"]
    assert body.memberships.filter(standing=Standing.ADMINISTRATOR).count() == 1


@pytest.mark.django_db(transaction=True)
def test_whoever_is_confirmed_and_refused_at_once_gets_one_answer() -> None:
    membership, official = ask(applicant()), cast.official()
    outcomes = at_once(
        [
            lambda: memberships.confirm(membership, by=official, at=MOMENT),
            lambda: memberships.refuse(
                membership, reason="No", by=cast.official(), at=MOMENT
            ),
        ]
    )
    late = [one for one in outcomes if isinstance(one, TooLate)]
    assert len(late) == 1
    assert len(mail.outbox) == 1


def test_a_trust_is_chosen_from_those_known_or_named(client: Client) -> None:
    trust = cast.organisation("Trust", applicant_type="childrens_trust")
    asked = {"job_title": "J", "said": "S", "scheme": "GB-COH", "number": "1234567"}
    for given, error in (
        ({}, "Select your organisation, or that it is not in the list"),
        ({"known": "not listed"}, "Enter the name of the organisation"),
    ):
        client.force_login(applicant())
        answer = client.post("/organisations/join/trust", {**asked, **given})
        assert error in answer.content.decode()
    person = applicant()
    client.force_login(person)
    client.post("/organisations/join/trust", {**asked, "known": trust.name})
    assert person.memberships.get().organisation == trust
    new = {**asked, "known": "not listed", "name": "New Trust", "number": "07654321"}
    other = applicant()
    client.force_login(other)
    client.post("/organisations/join/trust", new)
    assert other.memberships.get().organisation.name == "New Trust"
