"""Belonging to an organisation."""

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from innovation.accounts import policies
from innovation.accounts.domain import departures, memberships
from innovation.accounts.models import (
    WRITING_STANDINGS,
    Invitation,
    Membership,
    Standing,
    User,
)
from innovation.core.errors import Invalid, NotAllowed, TooLate
from innovation.organisations.models import Organisation
from tests.audit_events import events_of
from tests.dates import MOMENT
from tests.edit_forms import post_edit
from tests.factories import users

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation() -> Organisation:
    return users.organisation()


def ask_to_join(organisation: Organisation) -> Membership:
    return memberships.ask(
        organisation=organisation, by=users.person("applicant"), at=MOMENT
    )


def administrator_of(organisation: Organisation) -> User:
    return users.applicant(organisation, Standing.ADMINISTRATOR)


def test_a_membership_gives_no_access_until_it_is_confirmed(
    organisation: Organisation,
) -> None:
    membership = ask_to_join(organisation)
    assert list(policies.organisations_for(membership.user)) == []
    memberships.confirm(membership, by=users.official(), at=MOMENT)
    assert list(policies.organisations_for(membership.user)) == [organisation]


def test_only_confirmed_and_active_people_act_for_the_organisation(
    organisation: Organisation,
) -> None:
    ask_to_join(organisation)
    editor, viewer = (
        users.applicant(organisation, standing)
        for standing in (Standing.EDITOR, Standing.VIEWER)
    )
    former_member = users.applicant(organisation)
    User.objects.filter(pk=former_member.pk).update(is_active=False)
    assert set(policies.people_of([organisation])) == {editor, viewer}
    assert list(policies.people_of([organisation], WRITING_STANDINGS)) == [editor]
    assert policies.confirmed_memberships(viewer).exists()
    assert not policies.confirmed_memberships(viewer, WRITING_STANDINGS).exists()
    assert not policies.people_of([users.organisation()]).exists()


def test_the_first_person_is_confirmed_by_an_official_and_administers(
    organisation: Organisation,
) -> None:
    membership = ask_to_join(organisation)
    for unauthorised in (membership.user, users.outsider(), users.analyst()):
        with pytest.raises(NotAllowed):
            memberships.confirm(membership, by=unauthorised, at=MOMENT)
    confirmed = memberships.confirm(membership, by=users.official(), at=MOMENT)
    assert confirmed.standing == Standing.ADMINISTRATOR
    names = events_of(organisation.chain_id).values_list("name", flat=True)
    assert list(names) == ["membership.asked", "membership.confirmed"]


def test_later_people_are_confirmed_by_the_organisations_administrator(
    organisation: Organisation,
) -> None:
    administrator, membership = (
        administrator_of(organisation),
        ask_to_join(organisation),
    )
    for unauthorised in (
        users.official(),
        users.applicant(organisation),
        users.outsider(),
    ):
        with pytest.raises(NotAllowed):
            memberships.confirm(membership, by=unauthorised, at=MOMENT)
    confirmed = memberships.confirm(membership, by=administrator, at=MOMENT)
    assert confirmed.standing == Standing.EDITOR
    with pytest.raises(TooLate):
        memberships.confirm(membership, by=administrator, at=MOMENT)


def test_asking_twice_is_too_late_and_staff_cannot_ask(
    organisation: Organisation,
) -> None:
    membership = ask_to_join(organisation)
    with pytest.raises(TooLate):
        memberships.ask(organisation=organisation, by=membership.user, at=MOMENT)
    with pytest.raises(NotAllowed):
        memberships.ask(organisation=organisation, by=users.official(), at=MOMENT)


def test_an_organisation_is_found_by_name_or_registered(
    organisation: Organisation,
) -> None:
    person = users.person("applicant")
    membership = memberships.ask_by_name(
        name=f" {organisation.name.upper()} ",
        applicant_type="company",
        by=person,
        at=MOMENT,
    )
    assert membership.organisation == organisation
    membership = memberships.ask_by_name(
        name="Brand New", applicant_type="company", by=person, at=MOMENT
    )
    assert (membership.organisation.name, membership.confirmed_at) == (
        "Brand New",
        None,
    )


def test_the_only_administrator_can_neither_leave_nor_step_down(
    organisation: Organisation,
) -> None:
    administrator = administrator_of(organisation)
    colleague = users.applicant(organisation).memberships.get()
    membership = administrator.memberships.get()
    with pytest.raises(Invalid):
        departures.remove(membership, by=administrator, at=MOMENT)
    with pytest.raises(Invalid):
        memberships.change_standing(
            membership, standing=Standing.VIEWER, by=administrator, at=MOMENT
        )
    memberships.change_standing(
        colleague, standing=Standing.ADMINISTRATOR, by=administrator, at=MOMENT
    )
    departures.remove(membership, by=administrator, at=MOMENT)
    assert [one.user for one in organisation.memberships.all()] == [colleague.user]


def test_anybody_may_leave_and_nobody_removes_another(
    organisation: Organisation,
) -> None:
    administrator_of(organisation)
    first, second = users.applicant(organisation), users.applicant(organisation)
    for unauthorised in (second, users.outsider(), users.official()):
        with pytest.raises(NotAllowed):
            departures.remove(first.memberships.get(), by=unauthorised, at=MOMENT)
    departures.remove(first.memberships.get(), by=first, at=MOMENT)
    assert not first.memberships.exists()


def test_an_official_confirms_the_first_person_on_the_pages(client: Client) -> None:
    person, official = users.person("applicant"), users.official()
    client.force_login(person)
    client.post(
        "/organisations/join/company",
        {
            "name": "Made Up Ltd",
            "number": "sc 1234",
            "job_title": "Director",
            "how_to_check": "Ring the switchboard",
        },
    )
    membership = Membership.objects.get(user=person)
    organisation = membership.organisation
    assert [str(one) for one in organisation.identifiers.all()] == ["GB-COH-SC001234"]
    assert client.get(f"/organisations/{organisation.key}").status_code == 404
    client.force_login(official)
    assert "asked on" in client.get("/organisations/").content.decode()
    asked_for = client.get(f"/memberships/{membership.key}").content.decode()
    for text in ("Director", "Ring the switchboard", "SC001234, Companies House"):
        assert text in asked_for
    client.post(f"/memberships/{membership.key}/confirm")
    client.force_login(person)
    page = client.get(f"/organisations/{organisation.key}").content.decode()
    assert "Invite a colleague" in page
    client.post(
        f"/organisations/{organisation.key}/invite",
        {"name": "C", "email": "c@example.org", "standing": "viewer"},
    )
    newcomer = users.person("applicant", email="c@example.org")
    EmailAddress.objects.create(user=newcomer, email=newcomer.email, verified=True)
    invitation = Invitation.objects.get(email="c@example.org")
    client.force_login(newcomer)
    assert f"/invitations/{invitation.key}/accept" in (
        client.get("/organisations/").content.decode()
    )
    client.post(f"/invitations/{invitation.key}/accept")
    colleague = Membership.objects.get(user=newcomer)
    client.force_login(person)
    post_edit(client, f"/memberships/{colleague.key}/change", {"standing": "editor"})
    assert Membership.objects.get(pk=colleague.pk).standing == "editor"
    client.post(f"/memberships/{colleague.key}/remove")
    assert not Membership.objects.filter(pk=colleague.pk).exists()


def test_a_council_is_chosen_from_the_list(client: Client) -> None:
    organisation, person = users.council_organisation(), users.person("applicant")
    client.force_login(person)
    response = client.post("/organisations/join", {"kind": "council"})
    assert response["Location"] == "/organisations/join/council"
    response = client.post("/organisations/join/council", {})
    assert response.status_code == 422
    assert "Select your council from the list" in response.content.decode()
    values = {
        "council": organisation.key,
        "job_title": "Manager",
        "how_to_check": "See the website",
    }
    client.post("/organisations/join/council", values)
    assert person.memberships.get().organisation == organisation


def test_joining_leads_back_to_the_page_the_user_came_from(client: Client) -> None:
    organisation = users.council_organisation()
    client.force_login(users.person("applicant"))
    for next_url, landing in (
        ("/apply/start?round=RND-1", "/apply/start?round=RND-1"),
        ("https://elsewhere.example/", ""),
        ("//elsewhere.example", ""),
    ):
        step = client.post(
            "/organisations/join", {"kind": "council"}, query_params={"next": next_url}
        )["Location"]
        assert ("next=" in step) is bool(landing)
        values = {
            "council": organisation.key,
            "job_title": "Manager",
            "how_to_check": "x",
        }
        if landing:
            assert client.post(step, values)["Location"] == landing


def test_an_outsider_sees_no_page_of_another_organisation(client: Client) -> None:
    organisation = users.organisation()
    membership = ask_to_join(organisation)
    client.force_login(users.outsider())
    for address in (
        f"/organisations/{organisation.key}",
        f"/organisations/{organisation.key}/invite",
        f"/memberships/{membership.key}",
        f"/memberships/{membership.key}/confirm",
        f"/memberships/{membership.key}/refuse",
        f"/memberships/{membership.key}/change",
        f"/memberships/{membership.key}/remove",
    ):
        assert client.get(address).status_code == 404
        assert client.post(address).status_code == 404


def test_a_request_to_join_is_written_to_administrators_with_an_open_account(
    organisation: Organisation,
) -> None:
    administrator, closed = (administrator_of(organisation) for _ in range(2))
    users.applicant(organisation)
    User.objects.filter(pk=closed.pk).update(is_active=False)
    request = ask_to_join(organisation)
    [letter] = mail.outbox
    assert letter.to == [administrator.email]
    assert request.user.email in letter.body


def test_only_whoever_decides_on_requests_to_join_sees_those_of_others(
    organisation: Organisation,
) -> None:
    request = ask_to_join(organisation)
    for user in (administrator_of(organisation), users.official(), request.user):
        assert request in policies.memberships_of(user, organisation)
    for user in (users.viewer(organisation), users.outsider()):
        assert request not in policies.memberships_of(user, organisation)


def test_somebody_who_only_asks_to_join_sees_nobody_else(
    client: Client, organisation: Organisation
) -> None:
    member, other = users.viewer(organisation), ask_to_join(organisation)
    analyst = users.person("analyst", "applicant")
    request = memberships.ask(organisation=organisation, by=analyst, at=MOMENT)
    assert list(policies.memberships_of(analyst, organisation)) == [request]
    client.force_login(analyst)
    for address in (
        f"/memberships/{request.key}",
        f"/organisations/{organisation.key}",
    ):
        page = client.get(address).content.decode()
        for person in (member, other.user):
            assert str(person) not in page
            assert person.email not in page
    client.force_login(member)
    page = client.get(f"/organisations/{organisation.key}").content.decode()
    assert str(member) in page
    assert str(other.user) not in page


def test_whoever_asks_to_join_does_not_see_who_belongs_to_it(client: Client) -> None:
    organisation = users.organisation()
    administrator = administrator_of(organisation)
    membership = ask_to_join(organisation)
    page = f"/memberships/{membership.key}"
    for user, is_visible in ((membership.user, False), (administrator, True)):
        client.force_login(user)
        answer = client.get(page)
        assert answer.status_code == 200
        assert (administrator.email in answer.content.decode()) is is_visible
