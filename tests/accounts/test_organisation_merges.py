"""An organisation that was registered twice is merged; nobody gains access by it."""

from datetime import datetime

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from bids import policies as bid_policies
from bids.domain import expressions
from innovation.accounts.domain import invitations, memberships, organisation_merges
from innovation.accounts.models import Membership, User
from innovation.audit import rows
from innovation.audit.events import SERVICE
from innovation.core.errors import Invalid, NotAllowed, TooLate
from innovation.notifications.models import Letter
from innovation.organisations.domain import organisations
from innovation.organisations.models import Organisation, OrganisationState
from tests.concurrency import run_concurrently
from tests.dates import MOMENT, OPENS_AT
from tests.factories import cases, partners, users

pytestmark = pytest.mark.django_db


@pytest.fixture
def duplicate() -> Organisation:
    return organisations.register(
        name="Open Doors Ltd",
        applicant_type="charity",
        identifiers={"GB-CHC": "1090095"},
        by=SERVICE,
        at=MOMENT,
    )


@pytest.fixture
def target() -> Organisation:
    return users.organisation("Open Doors Trust")


def merge(
    duplicate: Organisation, target: Organisation, by: User | None = None
) -> Organisation:
    return organisation_merges.merge(
        duplicate, into=target, by=by or users.official(), at=MOMENT
    )


def test_its_people_keep_their_cases_and_are_asked_for_at_the_one_that_is_kept(
    duplicate: Organisation, target: Organisation
) -> None:
    administrator = users.applicant(target, "administrator")
    person = users.applicant(duplicate)
    draft = cases.draft(lead=duplicate, by=person)
    outsider = users.applicant(target)
    merge(duplicate, target)
    duplicate.refresh_from_db()
    assert duplicate.current == target
    assert bid_policies.may_edit(person, duplicate)
    assert draft in bid_policies.own_expressions(person)
    assert draft not in bid_policies.own_expressions(outsider)
    asked = Membership.objects.get(user=person, organisation=target)
    assert asked.confirmed_at is None
    assert not bid_policies.may_edit(person, target)
    memberships.confirm(asked, by=administrator, at=MOMENT)
    assert bid_policies.may_edit(person, target)
    assert rows.differences() == ([], 0)


def test_nothing_is_started_or_joined_under_the_old_reference(
    duplicate: Organisation, target: Organisation, at: datetime
) -> None:
    person = users.applicant(duplicate)
    round = cases.round_(opens_at=OPENS_AT, closes_at=None)
    users.applicant(duplicate, "administrator")
    merge(duplicate, target)
    duplicate.refresh_from_db()
    assert duplicate not in bid_policies.leads_for(person)
    with pytest.raises(TooLate, match="is now Open Doors Trust"):
        expressions.start(round=round, lead=duplicate, title="New", by=person, at=at)
    newcomer = users.person("applicant")
    with pytest.raises(TooLate, match="Ask to join that one"):
        memberships.ask(organisation=duplicate, by=newcomer, at=at)
    joined = memberships.ask_by_name(
        name="Whatever",
        applicant_type="charity",
        scheme="GB-CHC",
        number="1090095",
        by=newcomer,
        at=at,
    )
    assert joined.organisation == target


def test_its_people_get_a_letter(duplicate: Organisation, target: Organisation) -> None:
    member, in_both = users.applicant(duplicate), users.applicant(duplicate)
    users.join(in_both, target)
    closed = users.applicant(duplicate)
    User.objects.filter(pk=closed.pk).update(is_active=False)
    newcomer, outsider = users.person("applicant"), users.applicant(target)
    memberships.ask(organisation=duplicate, by=newcomer, at=MOMENT)
    merge(duplicate, target)
    texts = {
        User.objects.get(email=letter.to[0]): str(letter.body)
        for letter in mail.outbox
        if letter.subject.startswith("Your organisation has been")
    }
    assert set(texts) == {member, in_both, newcomer}
    assert outsider not in texts
    sentence = f"We have merged “{duplicate.name}” into “{target.name}”"
    assert all(sentence in text for text in texts.values())
    assert "You keep the applications" in texts[member]
    assert "You keep the applications" not in texts[newcomer]
    assert "when somebody has confirmed that you work there" in texts[member]
    assert f"You already belong to “{target.name}”" in texts[in_both]


def test_cases_that_name_it_say_what_it_is_recorded_as(
    client: Client, duplicate: Organisation, target: Organisation
) -> None:
    case = cases.draft(lead=users.organisation("Lead"))
    case.partners.set([duplicate])
    expressions.submit(case, by=cases.editor_of(case.lead), at=MOMENT)
    outsider = cases.submitted_expression(lead=users.organisation("Elsewhere"))
    merge(duplicate, target)
    sentence = f"recorded the partner {duplicate.name} as {target.name}"
    assert case.chain.events.latest("seq").name == "expression.partner_merged"
    client.force_login(cases.editor_of(case.lead))
    page = client.get(reverse("bids:expression", args=[case.key])).content.decode()
    assert f"The department {sentence}" in page
    client.force_login(users.official())
    page = client.get(reverse("bids:case-history", args=[case.key])).content.decode()
    assert sentence in page
    [letter] = Letter.objects.filter(kind="partner_merged")
    assert letter.recipient == cases.editor_of(case.lead)
    assert outsider.chain.events.latest("seq").name == "expression.submitted"


def test_open_invitations_end_and_open_requests_move(
    duplicate: Organisation, target: Organisation
) -> None:
    administrator = users.applicant(duplicate, "administrator")
    invited = invitations.invite(
        organisation=duplicate,
        email="new@example.org",
        name="New",
        standing="editor",
        by=administrator,
        at=MOMENT,
    )
    newcomer = users.person("applicant")
    memberships.ask(
        organisation=duplicate, by=newcomer, at=MOMENT, how_to_check="Ring me"
    )
    merge(duplicate, target)
    invited.refresh_from_db()
    assert invited.ended_at == MOMENT
    moved = Membership.objects.get(user=newcomer)
    assert (moved.organisation, moved.how_to_check) == (target, "Ring me")


def test_a_member_of_either_cannot_assess_what_the_other_leads(
    duplicate: Organisation, target: Organisation
) -> None:
    of_duplicate, of_kept = (
        users.join(users.person("official", "applicant"), body)
        for body in (duplicate, target)
    )
    led_by_target = cases.submitted_bid(lead=target)
    led_by_duplicate = cases.submitted_bid(lead=duplicate)
    assert bid_policies.may_assess(of_duplicate, led_by_target)
    merge(duplicate, target)
    for person in (of_duplicate, of_kept):
        for bid in (led_by_target, led_by_duplicate):
            assert not bid_policies.may_assess(person, bid)


def test_who_may_not_merge_and_what_cannot_be_merged(
    duplicate: Organisation, target: Organisation
) -> None:
    for person in (users.applicant(duplicate), users.analyst(), users.administrator()):
        with pytest.raises(NotAllowed):
            merge(duplicate, target, person)
    member = users.join(users.person("official", "applicant"), target)
    with pytest.raises(NotAllowed, match="You belong to one of these"):
        merge(duplicate, target, member)
    council = users.council_organisation()
    with pytest.raises(Invalid, match="A council cannot be merged"):
        merge(council, target)
    with pytest.raises(Invalid, match="Nobody has confirmed"):
        merge(duplicate, partners.to_check())
    merge(duplicate, council)
    with pytest.raises(TooLate, match="already been merged"):
        merge(duplicate, target)


def test_the_page_the_list_and_the_api_lead_on(
    client: Client, duplicate: Organisation, target: Organisation
) -> None:
    client.force_login(users.official())
    page = reverse("accounts:organisation", args=[duplicate.key])
    merging = reverse("accounts:merge", args=[duplicate.key])
    assert merging in client.get(page).content.decode()
    assert client.post(merging, {"into": "Nobody"}).status_code == 422
    target_page = reverse("accounts:organisation", args=[target.key])
    assert client.post(merging, {"into": target.key}).headers["Location"] == target_page
    assert client.get(page).headers["Location"] == target_page
    assert client.get(merging).status_code == 404
    shown = client.get(reverse("accounts:organisations")).content.decode()
    assert "merged into another" in shown
    member = users.applicant(duplicate)
    client.force_login(member)
    own_page = client.get(page).content.decode()
    assert f"It was merged into {target.name}" in own_page


@pytest.mark.django_db(transaction=True)
def test_two_who_merge_each_into_the_other_leave_one(
    duplicate: Organisation, target: Organisation
) -> None:
    one, other = users.official(), users.official()
    outcomes = run_concurrently(
        [
            lambda: merge(duplicate, target, one),
            lambda: merge(target, duplicate, other),
        ]
    )
    won = [each for each in outcomes if isinstance(each, Organisation)]
    assert len(won) == 1, outcomes
    left = Organisation.objects.filter(state=OrganisationState.REGISTERED)
    assert left.filter(pk__in=[duplicate.pk, target.pk]).count() == 1
    assert rows.differences() == ([], 0)
