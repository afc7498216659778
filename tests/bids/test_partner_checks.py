"""Officials check the organisations that applicants have added as partners."""

import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from bids import partner_policies, policies
from bids.domain import expressions
from bids.domain import partners as domain
from bids.forms.question_types.names import parse_partners
from bids.models import Expression
from innovation.accounts.models import User
from innovation.audit.events import SERVICE
from innovation.core.errors import NotAllowed
from innovation.notifications.models import Letter
from innovation.notifications.rendering import render_letter
from innovation.organisations.domain import organisations
from innovation.organisations.models import Organisation, OrganisationState
from tests.dates import MOMENT
from tests.factories import cases, grants, partners, users

pytestmark = pytest.mark.django_db


@pytest.fixture
def official() -> User:
    return users.official()


@pytest.fixture
def web(client: Client, official: User) -> Client:
    client.force_login(official)
    return client


def page(web: Client, name: str, *key: str, status: int = 200) -> str:
    response = web.get(reverse(f"bids:{name}", args=key))
    assert response.status_code == status
    return response.content.decode()


def post(web: Client, name: str, key: str, status: int = 302, **typed: Any) -> str:
    response = web.post(reverse(f"bids:{name}", args=[key]), typed)
    assert response.status_code == status, response.content.decode()
    return response.content.decode()


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def charity(name: str, number: str = "") -> Organisation:
    return organisations.register(
        name=name,
        applicant_type="charity",
        identifiers={"GB-CHC": number} if number else {},
        by=SERVICE,
        at=MOMENT,
    )


def test_one_is_listed_once_its_case_was_sent(web: Client) -> None:
    draft = partners.added(users.organisation("Lead"), "Still a draft")
    sent = partners.to_check("Open Doors")
    shown = page(web, "partner-checks")
    assert "Open Doors" in shown
    assert "Still a draft" not in shown
    assert web.get(f"/partners/{draft.key}").status_code == 404
    assert "1 organisation to check" in words(web.get("/home").content.decode())
    shown = words(page(web, "partner-check", sent.key))
    assert "Not confirmed" in shown
    assert Expression.objects.get().key in shown


def test_possible_duplicates_are_offered_with_the_reason(web: Client) -> None:
    twin = partners.to_check("Doors of Kent", scheme="GB-CHC", number="1090095")
    added = partners.to_check("Open Doors", scheme="GB-CHC", number="1090095")
    registered = charity("Other Name", "1090095")
    charity("open  doors")
    charity("Open Door Trust")
    charity("Nothing Alike")
    shown = words(page(web, "partner-check", added.key))
    for name, reason in (
        ("Other Name", "Same number"),
        ("Doors of Kent", "Same number"),
        ("open doors", "Same name"),
        ("Open Door Trust", "Similar name"),
    ):
        assert f"{name} {reason}" in shown
    assert "Nothing Alike" not in shown
    links = page(web, "partner-check", added.key)
    assert f"/partners/{twin.key}" in links
    assert f"?into={twin.key}" not in links
    assert f"?into={registered.key}" in links


def test_a_confirmed_one_can_be_named_by_everybody(web: Client) -> None:
    added = partners.to_check("Open Doors", scheme="GB-CHC", number="1090095")
    post(web, "partner-confirm", added.key)
    added.refresh_from_db()
    assert added.state == OrganisationState.REGISTERED
    assert [str(i) for i in added.identifiers.all()] == ["GB-CHC-1090095"]
    elsewhere = cases.draft(lead=users.organisation("Elsewhere"))
    assert parse_partners("open doors", elsewhere) == [added]
    assert web.get(f"/partners/{added.key}").status_code == 404
    assert web.get(f"/organisations/{added.key}").status_code == 200


def test_one_that_is_registered_is_not_confirmed_twice(web: Client) -> None:
    added = partners.to_check("Open doors")
    charity("Open Doors")
    shown = post(web, "partner-confirm", added.key, 422)
    assert "is already registered. Merge this one into it" in shown


def test_what_was_written_is_corrected_and_the_case_shows_it(web: Client) -> None:
    added = partners.to_check("Opn Dors")
    address = reverse("bids:partner-correct", args=[added.key])
    shown = web.get(address)
    version = re.search(r'name="version" value="([^"]+)"', shown.content.decode())
    assert version
    typed = {
        "name": "Open Doors",
        "applicant_type": "company",
        "scheme": "GB-COH",
        "number": "1234567",
        "version": version[1],
    }
    assert web.post(address, typed).status_code == 302
    added.refresh_from_db()
    assert (added.name, added.claimed_org_id) == ("Open Doors", "GB-COH-01234567")
    case = Expression.objects.get()
    for tab in ("case-answers", "case-people"):
        assert "Open Doors" in page(web, tab, case.key)


def test_a_duplicate_is_merged_and_its_reference_leads_on(
    web: Client, official: User
) -> None:
    kept = charity("Open Doors Trust")
    added = partners.to_check("Opn Dors")
    for typed, problem in (
        ("", "Enter a reference or a name"),
        ("Nobody", "No organisation has this reference or name"),
        (added.key, "Select another organisation"),
    ):
        assert problem in post(web, "partner-merge", added.key, 422, into=typed)
    post(web, "partner-merge", added.key, into="open doors trust")
    added.refresh_from_db()
    assert added.current == kept
    response = web.get(f"/organisations/{added.key}")
    assert response.status_code == 302
    assert response.headers["Location"] == f"/organisations/{kept.key}"
    shown = words(web.get(response.headers["Location"]).content.decode())
    assert f"Also recorded as Opn Dors ({added.key}), merged by {official} on" in shown
    case = Expression.objects.get()
    assert list(case.partners.all()) == [added]
    shown = words(page(web, "case-answers", case.key))
    assert f"The partner Opn Dors is recorded as Open Doors Trust ({kept.key})" in shown


def test_its_applicants_are_told_what_officials_decide(client: Client) -> None:
    target, official = charity("Open Doors Trust"), users.official()
    added = partners.to_check("Opn Dors")
    other = partners.to_check("Opn Dors")
    case, elsewhere = (
        organisation.partner_expressions.get() for organisation in (added, other)
    )
    members = [cases.editor_of(case.lead), users.applicant(case.lead)]
    users.viewer(case.lead)
    client.force_login(members[0])
    shown = words(page(client, "expression", case.key))
    assert "We have not confirmed your partner Opn Dors yet." in shown

    domain.correct(
        added,
        name="Open Dors",
        applicant_type="charity",
        scheme="",
        number="",
        by=official,
        at=MOMENT,
    )
    domain.merge(added, into=target, by=official, at=MOMENT)

    shown = words(page(client, "expression", case.key))
    assert (
        "We have recorded your partner Open Dors under the name Open Doors Trust."
        in shown
    )
    assert "The department corrected the details of the partner Open Dors" in shown
    assert "The department recorded the partner Open Dors as Open Doors Trust" in shown
    letters = Letter.objects.filter(chain=case.chain, kind__startswith="partner_")
    assert {(letter.kind, letter.recipient) for letter in letters} == {
        (kind, member)
        for kind in ("partner_corrected", "partner_merged")
        for member in members
    }
    texts = [render_letter(letter)[1] for letter in letters.order_by("pk")]
    assert "the details of “Opn Dors”" in texts[0]
    assert "Its name is now “Open Dors”." in texts[0]
    assert "“Open Dors”, which you named" in texts[-1]
    assert "as “Open Doors Trust”." in texts[-1]
    client.force_login(cases.editor_of(elsewhere.lead))
    shown = words(page(client, "expression", elsewhere.key))
    assert "We have not confirmed your partner Opn Dors yet." in shown
    assert "Open Do" not in shown
    assert not Letter.objects.filter(
        chain=elsewhere.chain, kind__startswith="partner_"
    ).exists()


def test_applicants_are_told_of_a_confirmation_and_not_of_what_stays_as_it_was(
    client: Client,
) -> None:
    added, official = partners.to_check("Open Doors"), users.official()
    case = added.partner_expressions.get()
    draft = cases.draft(lead=case.lead, by=cases.editor_of(case.lead))
    draft.partners.add(added)
    unchanged = {
        "name": "Open Doors",
        "applicant_type": "charity",
        "scheme": "",
        "number": "",
    }
    domain.correct(added, **unchanged, by=official, at=MOMENT)
    assert not Letter.objects.filter(kind="partner_corrected").exists()
    domain.confirm(added, by=official, at=MOMENT)
    letter = Letter.objects.get(kind="partner_confirmed")
    assert (letter.chain, letter.recipient) == (
        case.chain,
        cases.editor_of(case.lead),
    )
    assert "We have confirmed “Open Doors”" in render_letter(letter)[1]
    events = draft.chain.events.values_list("name", flat=True)
    assert "expression.partner_confirmed" not in events
    client.force_login(cases.editor_of(case.lead))
    shown = words(page(client, "expression", case.key))
    assert "The department confirmed the partner Open Doors" in shown
    assert "We have not confirmed" not in shown


def test_one_is_merged_only_into_a_confirmed_one(web: Client) -> None:
    """Its applicants would be led on to what somebody else has added."""
    added, other = partners.to_check("Opn Dors"), partners.to_check("Open Doors")
    shown = post(web, "partner-merge", added.key, 422, into=other.key)
    assert "Nobody has confirmed Open Doors yet. Confirm it first" in shown
    added.refresh_from_db()
    assert added.is_unconfirmed
    post(web, "partner-confirm", other.key)
    post(web, "partner-merge", added.key, into=other.key)
    added.refresh_from_db()
    assert added.current == other


def test_its_people_do_not_learn_that_somebody_named_it(client: Client) -> None:
    target, added = charity("Open Doors Trust"), partners.to_check("Opn Dors")
    member = users.applicant(target)
    domain.merge(added, into=target, by=users.official(), at=MOMENT)
    for reader, is_shown in ((member, False), (users.official(), True)):
        client.force_login(reader)
        response = client.get(f"/organisations/{target.key}")
        assert ("Opn Dors" in response.content.decode()) is is_shown


def test_its_own_applicants_are_led_on_by_the_old_name_and_others_are_not() -> None:
    kept, added = charity("Open Doors Trust"), partners.to_check("Opn Dors")
    domain.merge(added, into=kept, by=users.official(), at=MOMENT)
    assert added.added_for is not None
    own = cases.draft(lead=added.added_for)
    other = cases.draft(lead=users.organisation("Elsewhere"))
    assert parse_partners("Opn Dors", own) == [kept]
    with pytest.raises(ValidationError):
        parse_partners("Opn Dors", other)


def test_members_of_the_kept_one_count_as_members_of_the_partner() -> None:
    """So that nobody assesses the bid of an organisation to which they belong."""
    kept = charity("Open Doors Trust")
    both = users.person("official", "applicant")
    users.join(both, kept)
    bid = cases.bid_in_development()
    added = partners.added(bid.lead, "Opn Dors")
    bid.partners.add(added)
    assert policies.may_assess(both, bid)
    domain.merge(added, into=kept, by=users.official(), at=MOMENT)
    assert not policies.may_assess(both, bid)


def test_who_declared_an_interest_in_the_only_case_learns_nothing_of_it(
    client: Client,
) -> None:
    both = users.person("official", "board_member")
    lead = users.organisation("Lead")
    added = partners.added(lead, "Open Doors")
    sent = partners.send_case_naming(added)
    assert added in partner_policies.organisations_to_check(both)
    bid = expressions.take_forward(sent, by=users.official(), at=MOMENT)
    grants.interest(bid, both)
    assert added not in partner_policies.organisations_to_check(both)
    client.force_login(both)
    assert "Open Doors" not in page(client, "partner-checks")
    assert client.get(f"/partners/{added.key}").status_code == 404


@pytest.mark.parametrize("person", ["applicant", "coach", "analyst", "grant_manager"])
def test_only_officials_check(client: Client, person: str) -> None:
    added = partners.to_check()
    user = users.person(person)
    client.force_login(user)
    for name in ("check", "confirm", "correct", "merge"):
        page(client, f"partner-{name}", added.key, status=403)
    with pytest.raises(NotAllowed):
        domain.confirm(added, by=user, at=MOMENT)
    with pytest.raises(NotAllowed):
        domain.merge(added, into=added, by=user, at=MOMENT)
    client.force_login(user)
    assert client.get(f"/organisations/{added.key}").status_code in (403, 404)


def test_nobody_checks_what_their_own_organisation_added() -> None:
    added = partners.to_check()
    assert added.added_for is not None
    member = users.join(users.person("official", "applicant"), added.added_for)
    with pytest.raises(NotAllowed, match="so somebody else must check it"):
        domain.confirm(added, by=member, at=MOMENT)
