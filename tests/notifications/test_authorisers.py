"""Colleagues ask authorisers to act by letter, so often and no more."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bids.domain import sign_off, signature_requests
from bids.models import SignatureRequest
from funding.domain import authoriser_requests
from innovation.accounts.domain import limits
from innovation.accounts.models import User
from innovation.core.errors import TooOften
from innovation.notifications.models import Letter
from innovation.organisations.models import Organisation
from tests.dates import MOMENT, moment_after
from tests.factories import cases, grants, users
from tests.narrowing import not_none

pytestmark = pytest.mark.django_db
Ask = Callable[..., object]


def _signature() -> tuple[str, Organisation, Ask]:
    draft = cases.draft(round=cases.round_(closes_at=None))
    signer = cases.editor_of(draft.lead)

    def ask(**who_and_when: Any) -> None:
        request = signature_requests.ask(draft, of=signer, **who_and_when)
        signature_requests.take_back(request, **who_and_when)

    return "signature_asked", draft.lead, ask


def _withdrawal() -> tuple[str, Organisation, Ask]:
    bid = cases.submitted_bid()
    return (
        "withdrawal_asked",
        bid.lead,
        lambda **w: sign_off.request_withdrawal(bid, **w),
    )


def _grant() -> tuple[str, Organisation, Ask]:
    award = grants.offered_award()
    return (
        "grant_act_asked",
        not_none(award.lead),
        lambda **w: authoriser_requests.request_act(award, act=award.key, **w),
    )


@pytest.mark.parametrize("stage", [_signature, _withdrawal, _grant])
def test_authorisers_can_be_asked_for_the_same_act_three_times_a_day(
    stage: Callable[[], tuple[str, Organisation, Ask]],
) -> None:
    kind, lead, ask = stage()
    many = limits.LETTERS_TO_AUTHORISERS.maximum
    people: list[User] = [users.applicant(lead, "editor") for _ in range(2)]
    for number in range(many):
        ask(by=people[number % 2], at=MOMENT)
    for by in people:
        with pytest.raises(TooOften, match="You can ask again"):
            ask(by=by, at=MOMENT)
    assert Letter.objects.filter(kind=kind).count() == many
    ask(by=people[0], at=moment_after(days=1))


def test_requests_of_one_person_to_authorisers_are_limited() -> None:
    lead, many = (
        users.organisation("Lead"),
        limits.LETTERS_TO_AUTHORISERS_OF_PERSON.maximum,
    )
    round = cases.round_(closes_at=None)
    signer = users.applicant(lead)
    by, other = users.applicant(lead, "editor"), users.applicant(lead, "editor")
    drafts = [cases.draft(lead=lead, round=round) for _ in range(many + 1)]
    for draft in drafts[:many]:
        signature_requests.ask(draft, of=signer, by=by, at=MOMENT)
    with pytest.raises(TooOften, match=f"{many} times within a day"):
        signature_requests.ask(drafts[many], of=signer, by=by, at=MOMENT)
    signature_requests.ask(drafts[many], of=signer, by=other, at=MOMENT)


def test_the_page_says_when_to_ask_again(client: Client) -> None:
    draft = cases.draft(round=cases.round_(closes_at=None))
    client.force_login(users.applicant(draft.lead, "editor"))
    page = reverse("bids:expression-ask-to-sign", args=[draft.key])
    form = {"of": cases.editor_of(draft.lead).key}
    for _ in range(limits.LETTERS_TO_AUTHORISERS.maximum):
        assert client.post(page, form).status_code == 302
        request = SignatureRequest.objects.latest("pk")
        client.post(reverse("bids:signature-request-take-back", args=[request.key]))
    response = client.post(page, form)
    assert response.status_code == 429
    assert "You can ask again from" in response.content.decode()
