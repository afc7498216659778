"""Only somebody who may sign for the organisation can withdraw what was sent."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bids.domain import bids, expressions, sign_off, signatures
from bids.models import Bid, Expression
from innovation.accounts.models import Standing, User
from innovation.core.errors import Invalid, NotAllowed, TooLate
from innovation.notifications import rendering
from innovation.notifications.models import Letter
from tests.database_guards import disable_guards
from tests.dates import MOMENT, moment_after
from tests.factories import cases, users

pytestmark = pytest.mark.django_db
SUBMITTED_CASES: list[tuple[Callable[..., Any], Any, str]] = [
    (cases.submitted_expression, expressions.withdraw, "expression"),
    (lambda: cases.open_clarification().expression, expressions.withdraw, "expression"),
    (cases.bid_in_development, bids.withdraw, "own-bid"),
    (cases.submitted_bid, bids.withdraw, "own-bid"),
]


def editor(case: Expression | Bid) -> User:
    return users.applicant(case.lead, Standing.EDITOR)


@pytest.mark.parametrize(("make", "withdraw", "page"), SUBMITTED_CASES)
def test_only_an_authoriser_withdraws_what_was_sent(
    make: Callable[[], Any], withdraw: Any, page: str
) -> None:
    case = make()
    partner = users.organisation("Partner")
    with disable_guards(type(case).partners.through):
        case.partners.add(partner)
    for by in (
        editor(case),
        users.applicant(case.lead, Standing.ADMINISTRATOR),
        users.viewer(case.lead),
        users.applicant(partner),
        users.outsider(),
    ):
        with pytest.raises(NotAllowed):
            withdraw(case, by=by, at=MOMENT)
    withdraw(case, by=cases.editor_of(case.lead), at=MOMENT)
    case.refresh_from_db()
    assert case.state == "withdrawn"


def test_a_draft_is_its_writers_to_withdraw() -> None:
    draft = cases.draft()
    assert expressions.withdraw(draft, by=editor(draft), at=MOMENT).state == "withdrawn"


def test_a_viewer_is_told_that_editors_withdraw_a_draft(client: Client) -> None:
    draft = cases.draft()
    client.force_login(users.viewer(draft.lead))
    answer = client.get(reverse("bids:expression-withdraw", args=[draft.key]))
    assert answer.status_code == 403
    assert "Only an editor, administrator or authoriser" in answer.content.decode()


@pytest.mark.parametrize(("make", "withdraw", "page"), SUBMITTED_CASES[1:3])
def test_an_editor_finds_who_can_withdraw_it_and_asks_them_by_letter(
    client: Client, make: Callable[[], Any], withdraw: Any, page: str
) -> None:
    case = make()
    signer = cases.editor_of(case.lead)
    withdraw_own, withdraw_other, ask = (
        reverse(f"bids:{page}{ending}", args=[case.key])
        for ending in ("", "-withdraw", "-ask-to-withdraw")
    )
    client.force_login(editor(case))
    page_text = client.get(withdraw_own).content.decode()
    assert f"can withdraw it: {signer}." in page_text
    assert f'"{withdraw_other}"' not in page_text
    assert client.get(withdraw_other).status_code == 403
    assert client.get(ask).status_code == 200
    assert client.post(ask)["Location"] == withdraw_own
    letter = Letter.objects.get(kind="withdrawal_asked")
    assert letter.recipient == signer
    assert withdraw_other in rendering.render_letter(letter)[1]

    client.force_login(signer)
    assert f'"{withdraw_other}"' in client.get(withdraw_own).content.decode()
    for user, status in ((users.viewer(case.lead), 403), (users.outsider(), 404)):
        client.force_login(user)
        assert client.post(ask).status_code == status


def test_nobody_is_asked_to_withdraw_what_has_ended() -> None:
    bid = cases.submitted_bid()
    bids.withdraw(bid, by=cases.editor_of(bid.lead), at=MOMENT)
    with pytest.raises(TooLate):
        sign_off.request_withdrawal(bid, by=editor(bid), at=MOMENT)


def test_the_signature_of_one_who_may_no_longer_sign_sends_nothing() -> None:
    draft = cases.draft()
    by, former_editor = editor(draft), cases.editor_of(draft.lead)
    sign_off.sign(draft, by=former_editor, at=MOMENT)
    former_editor.memberships.update(standing=Standing.EDITOR)

    assert signatures.current_signature(draft) is None
    with pytest.raises(Invalid, match="must sign this off"):
        expressions.submit(draft, by=by, at=MOMENT)

    other = users.applicant(draft.lead)
    sign_off.sign(draft, by=other, at=moment_after(hours=1))
    expression = expressions.submit(draft, by=by, at=moment_after(hours=2))
    event = expression.chain.events.get(name="expression.submitted")
    assert event.data["signed_by"] == other.key
    first, second = draft.signatures.order_by("signed_at")
    assert (first.ended_at, second.ended_at) == (moment_after(hours=1), None)


def test_without_a_signature_an_editor_finds_no_button_that_must_fail(
    client: Client,
) -> None:
    draft = cases.draft(round=cases.round_(closes_at=None))
    signer = cases.editor_of(draft.lead)
    check = reverse("bids:expression-check", args=[draft.key])
    client.force_login(editor(draft))
    page_text = client.get(check).content.decode()
    assert f"can sign it off: {signer}." in page_text
    assert 'name="agreed"' not in page_text
    sign_off.sign(draft, by=signer, at=MOMENT)
    assert 'name="agreed"' in client.get(check).content.decode()
