"""Invitations, sign-off and leaving: each page and state seen and kept."""

import pytest

from bids.domain import expressions, sign_off, signature_requests
from innovation.accounts import invitation_links
from innovation.accounts.domain import invitations, memberships
from innovation.accounts.models import Invitation, Office, Standing, User
from innovation.core import clock
from innovation.organisations.models import Organisation
from tests.browser.fixtures import Visit
from tests.factories import cases, users

pytestmark = pytest.mark.browser
LONG_ADDRESS = "a.very.long.name.of.somebody@a-department.of-a-council.example"


@pytest.fixture
def council(transactional_db: None) -> Organisation:
    return users.council_organisation()


@pytest.fixture
def head(council: Organisation) -> User:
    return users.applicant(council, Standing.ADMINISTRATOR)


def link_path(invitation: Invitation) -> str:
    return "/invited/" + invitation_links.link_of(invitation).rpartition("/")[2]


def test_sign_off_is_fit_to_be_read_in_each_state(
    visit: Visit, council: Organisation, head: User
) -> None:
    now = clock.now()
    draft = cases.draft(round=cases.round_(closes_at=None), lead=council, by=head)
    visitor = visit()
    visitor.sign_in(head)
    tasks = f"/apply/expressions/{draft.key}"
    visitor.go(tasks)
    visitor.check("sign-off/tasks-not-asked")
    visitor.go(f"{tasks}/sign-off")
    visitor.check("sign-off/not-asked")
    visitor.go(f"{tasks}/ask-to-sign")
    visitor.page.check("input[value=invite]")
    visitor.page.click("button:text-is('Ask for sign-off')")
    assert "Enter their full name" in visitor.page.inner_text("main")
    visitor.check("sign-off/ask-wrong")
    invited = signature_requests.ask_by_invitation(
        draft,
        email=LONG_ADDRESS,
        name="Dana-Louise O’Neill-Featherstonehaugh",
        office=Office.DIRECTOR_OF_CHILDREN,
        by=head,
        at=now,
    )
    visitor.go(f"{tasks}/sign-off")
    visitor.check("sign-off/invited")
    signer = users.applicant(council)
    request = signature_requests.ask(draft, of=signer, by=head, at=now)
    visitor.go(tasks)
    visitor.check("sign-off/tasks-waiting")
    visitor.go(f"/apply/signatures/{request.key}/remind")
    visitor.check("sign-off/remind")

    other = visit()
    other.sign_in(signer)
    other.go(f"{tasks}/sign")
    other.check("sign-off/sign")
    other.go(f"{tasks}/decline-to-sign")
    other.check("sign-off/decline")
    assert invited.invitation is not None
    invitations.take_back(invited.invitation, by=head, at=now)
    signature_requests.decline(
        request, reason="Two lines.\nToo dear.", by=signer, at=now
    )
    visitor.go(f"{tasks}/sign-off")
    visitor.check("sign-off/declined")
    sign_off.sign(draft, by=signer, at=now)
    visitor.go(f"{tasks}/sections/the-idea")
    assert "If you change anything here" in visitor.page.inner_text("main")
    visitor.check("sign-off/section-warning")
    visitor.go(f"{tasks}/check")
    visitor.check("sign-off/check-signed")
    expressions.save(draft, facts={"title": "Another"}, by=head, at=now)
    visitor.go(f"{tasks}/sign-off")
    visitor.check("sign-off/ended")


def test_an_invitation_is_fit_to_be_read_in_each_state(
    visit: Visit, council: Organisation, head: User
) -> None:
    now = clock.now()
    account = users.person_with_password("a long enough phrase")
    newcomer, known = (
        invitations.invite(
            organisation=council,
            email=email,
            name="Dana-Louise O’Neill-Featherstonehaugh",
            standing=Standing.AUTHORISER,
            office=Office.DIRECTOR_OF_CHILDREN,
            by=head,
            at=now,
        )
        for email in (LONG_ADDRESS, account.email)
    )
    visitor = visit()
    visitor.go(link_path(known))
    visitor.check("invited/sign-in")
    visitor.go(link_path(newcomer))
    visitor.check("invited/newcomer")
    visitor.page.click("button:text-is('Join')")
    assert "Enter a password" in visitor.page.inner_text(".govuk-error-summary")
    visitor.check("invited/newcomer-wrong")
    visitor.page.fill("#id_password", "a quite long phrase 31")
    visitor.page.click("button:text-is('Join')")
    assert visitor.page.inner_text("h1") == council.name
    visitor.check("invited/joined")
    visitor.go(link_path(known))
    visitor.check("invited/somebody-else")
    stranger = visit()
    for path, name in (
        (link_path(newcomer), "used"),
        ("/invited/nothing", "unknown"),
    ):
        stranger.go(path)
        stranger.check(f"invited/{name}")
    own = visit()
    own.sign_in(account)
    own.go(link_path(known))
    own.check("invited/own")
    manager = visit()
    manager.sign_in(head)
    manager.go(f"/organisations/{council.key}")
    manager.check("invited/organisation")
    manager.go(f"/invitations/{known.key}/remind")
    manager.check("invited/remind")
    manager.go(f"/memberships/{head.memberships.get().key}/remove")
    manager.check("invited/leave")
    manager.page.click("button:text-is('Leave')")
    manager.check("invited/leave-wrong")


def test_a_draft_of_somebody_who_waits_is_fit_to_be_read(
    visit: Visit, council: Organisation
) -> None:
    user = users.person("applicant")
    memberships.ask(organisation=council, by=user, at=clock.now())
    draft = cases.draft(round=cases.round_(closes_at=None), lead=council, by=user)
    visitor = visit()
    visitor.sign_in(user)
    visitor.go(f"/apply/expressions/{draft.key}")
    assert "Until then nobody else can see it" in visitor.page.inner_text("main")
    visitor.check("waiting/tasks")
    visitor.go(f"/apply/expressions/{draft.key}/check")
    visitor.check("waiting/check")
    visitor.go("/organisations/")
    visitor.check("waiting/organisations")
