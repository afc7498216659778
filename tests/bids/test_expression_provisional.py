"""People draft while they wait to be confirmed, and only they see it until then."""

from functools import partial

import pytest
from django.test import Client
from django.urls import reverse

from bids import policies
from bids.domain import expressions, sign_off, signature_requests
from bids.models import Expression
from innovation.accounts.domain import invitations, memberships, organisation_merges
from innovation.accounts.models import Standing, User
from innovation.audit import rows
from innovation.core.errors import Invalid, NotAllowed
from innovation.organisations.models import Organisation
from tests.concurrency import run_concurrently
from tests.dates import MOMENT
from tests.factories import cases, users

pytestmark = pytest.mark.django_db


@pytest.fixture
def council() -> Organisation:
    return users.council_organisation()


def newcomer(council: Organisation) -> User:
    user = users.person("applicant")
    memberships.ask(organisation=council, by=user, at=MOMENT)
    return user


def draft_of(user: User, council: Organisation) -> Expression:
    round = cases.round_(closes_at=None)
    return cases.draft(round=round, lead=council, by=user)


def test_a_draft_of_somebody_who_waits_is_theirs_alone(
    council: Organisation, client: Client
) -> None:
    user, rival = newcomer(council), newcomer(council)
    member = users.applicant(council)
    draft = draft_of(user, council)
    assert draft.provisional
    assert list(policies.own_expressions(user)) == [draft]
    for other in (rival, member, users.official(), users.outsider()):
        assert draft not in policies.expressions_for(other)
        with pytest.raises(NotAllowed):
            expressions.save(draft, facts={"title": "Mine"}, by=other, at=MOMENT)
        client.force_login(other)
        page = reverse("bids:expression", args=[draft.key])
        assert client.get(page).status_code in {403, 404}
    with pytest.raises(NotAllowed):
        expressions.start(
            round=draft.round, lead=council, title="No", by=users.outsider(), at=MOMENT
        )


def test_it_cannot_be_sent_or_signed_until_they_are_confirmed(
    council: Organisation, client: Client
) -> None:
    user = newcomer(council)
    draft = draft_of(user, council)
    with pytest.raises(Invalid, match="once somebody has confirmed"):
        expressions.submit(draft, by=user, at=MOMENT)
    with pytest.raises(NotAllowed):
        sign_off.sign(draft, by=user, at=MOMENT)
    with pytest.raises(NotAllowed):
        signature_requests.ask(draft, of=user, by=user, at=MOMENT)
    client.force_login(user)
    page = client.get(reverse("bids:expression", args=[draft.key])).content.decode()
    assert "You can send it once somebody has confirmed" in page
    assert "Check and send" not in page
    check = reverse("bids:expression-check", args=[draft.key])
    text = client.get(check).content.decode()
    assert "You can send this once somebody has confirmed" in text
    assert client.post(check, {"agreed": "on"}).status_code == 422

    memberships.confirm(user.memberships.get(), by=users.official(), at=MOMENT)

    draft.refresh_from_db()
    assert not draft.provisional
    user.memberships.update(office="section_151")
    expressions.submit(draft, by=user, at=MOMENT)


def test_its_writer_does_not_learn_who_works_there(
    council: Organisation, client: Client
) -> None:
    signer = users.join(users.person("applicant", name="Ola Brown"), council)
    user = newcomer(council)
    draft = draft_of(user, council)
    client.force_login(user)
    names = ("expression", "expression-check", "expression-sign-off")
    pages = [reverse(f"bids:{name}", args=[draft.key]) for name in names]
    for page in pages:
        assert str(signer) not in client.get(page).content.decode()
    memberships.refuse(
        user.memberships.get(), reason="No.", by=users.official(), at=MOMENT
    )
    text = client.get(pages[0]).content.decode()
    assert "You cannot change or send this draft" in text
    assert str(signer) not in text


def test_colleagues_see_it_once_its_writer_is_confirmed(council: Organisation) -> None:
    member = users.applicant(council)
    head = users.applicant(council, Standing.ADMINISTRATOR)
    by_request, by_invitation = newcomer(council), users.person_with_password("x")
    memberships.ask(organisation=council, by=by_invitation, at=MOMENT)
    drafts = [draft_of(user, council) for user in (by_request, by_invitation)]
    assert not policies.own_expressions(member)
    memberships.confirm(by_request.memberships.get(), by=head, at=MOMENT)
    invitation = invitations.invite(
        organisation=council,
        email=by_invitation.email,
        name="A colleague",
        standing=Standing.EDITOR,
        by=head,
        at=MOMENT,
    )
    invitations.accept(invitation, by=by_invitation, at=MOMENT)
    assert set(policies.own_expressions(member)) == set(drafts)


def test_what_a_refused_person_wrote_stays_readable_to_them_alone(
    council: Organisation,
) -> None:
    user = newcomer(council)
    draft = draft_of(user, council)
    official = users.official()
    memberships.refuse(user.memberships.get(), reason="No.", by=official, at=MOMENT)
    assert list(policies.own_expressions(user)) == [draft]
    with pytest.raises(NotAllowed):
        expressions.save(draft, facts={"title": "More"}, by=user, at=MOMENT)
    memberships.ask(organisation=council, by=user, at=MOMENT)
    expressions.save(draft, facts={"title": "More"}, by=user, at=MOMENT)


def merge(organisation: Organisation, into: Organisation) -> None:
    by = users.official()
    organisation_merges.merge(organisation, into=into, by=by, at=MOMENT)


def test_a_draft_goes_where_its_writer_waits_when_the_organisation_is_merged(
    council: Organisation,
) -> None:
    duplicate = users.organisation("Twice")
    colleague, member = users.applicant(duplicate), users.applicant(council)
    user, outsider = newcomer(duplicate), users.outsider()
    draft, shared = draft_of(user, duplicate), draft_of(colleague, duplicate)

    merge(duplicate, council)

    draft.refresh_from_db()
    shared.refresh_from_db()
    assert (draft.lead, draft.provisional) == (council, True)
    assert shared.lead == duplicate
    event = draft.chain.events.latest("seq")
    assert (event.name, event.data["into"]) == ("expression.lead_merged", council.name)
    expressions.save(draft, facts={"title": "More"}, by=user, at=MOMENT)
    for other in (colleague, member, outsider):
        assert draft not in policies.own_expressions(other)
        with pytest.raises(NotAllowed):
            expressions.save(draft, facts={"title": "Mine"}, by=other, at=MOMENT)
    head = users.applicant(council, Standing.ADMINISTRATOR)
    memberships.confirm(user.memberships.get(), by=head, at=MOMENT)
    assert draft in policies.own_expressions(member)
    assert draft not in policies.own_expressions(colleague)
    expressions.submit(draft, by=member, at=MOMENT)
    assert rows.differences() == ([], 0)


def test_a_merge_shares_the_draft_of_somebody_who_belongs_to_the_other_one(
    council: Organisation,
) -> None:
    duplicate = users.organisation("Twice")
    user, member = newcomer(duplicate), users.applicant(council)
    draft = draft_of(user, duplicate)
    users.join(user, council)
    merge(duplicate, council)
    draft.refresh_from_db()
    assert (draft.lead, draft.provisional) == (council, False)
    assert draft in policies.own_expressions(member)
    assert draft not in policies.own_expressions(users.outsider())


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("change", ["confirmed", "merged"])
def test_a_draft_that_is_started_meanwhile_is_not_stranded(
    council: Organisation, change: str
) -> None:
    duplicate = users.organisation("Twice")
    users.applicant(council)
    user, official = newcomer(duplicate), users.official()
    round = cases.round_(closes_at=None)
    membership = user.memberships.get()
    start = partial(
        expressions.start, round=round, lead=duplicate, title="A", by=user, at=MOMENT
    )
    confirm = partial(memberships.confirm, membership, by=official, at=MOMENT)
    run_concurrently(
        [
            start,
            confirm if change == "confirmed" else partial(merge, duplicate, council),
        ]
    )
    for draft in Expression.objects.all():
        assert policies.may_write(user, draft)
