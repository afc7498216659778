"""API tokens: made on a page, shown once, kept as a hash."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from django.test import Client

from innovation.accounts.domain import tokens
from innovation.accounts.models import ApiToken, User
from innovation.audit.models import Event
from innovation.core.errors import Invalid, NotAllowed, TooLate
from tests.dates import MOMENT, moment_after
from tests.factories import users

pytestmark = pytest.mark.django_db

FORM = {"name": "Monthly figures", "scopes": ["awards:read"], "days": "30"}


IN_A_MONTH = moment_after(days=30)


def make_token(
    user: User,
    *,
    by: User | None = None,
    name: str = "Test",
    scopes: Sequence[str] = ("awards:read",),
    expires_at: datetime = IN_A_MONTH,
) -> tuple[ApiToken, str]:
    return tokens.make(
        user=user,
        by=by or user,
        name=name,
        scopes=scopes,
        expires_at=expires_at,
        at=MOMENT,
    )


def test_a_token_is_shown_once_and_kept_as_a_hash(client: Client) -> None:
    client.force_login(users.analyst())
    answer = client.post("/tokens/make", FORM)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    [shown] = set(re.findall(r"cscip_[\w-]{43}", answer.content.decode()))
    row = ApiToken.objects.get()
    assert row.digest == tokens.digest(shown)
    assert row.scopes == ["awards:read"]
    assert row.expires_at - row.created_at == timedelta(days=30)
    assert "cscip_" not in client.get("/tokens/").content.decode()
    asked = Client().get(
        "/api/v1/awards/", headers={"authorization": f"Bearer {shown}"}
    )
    assert asked.status_code == 200


def test_the_log_knows_of_the_token_and_not_what_it_is() -> None:
    row, shown = make_token(users.analyst())
    event = Event.objects.get(name="token.made")
    assert (event.subject, event.data["scopes"]) == (row.key, ["awards:read"])
    assert shown not in str(event.data)
    assert row.digest not in str(event.data)


@pytest.mark.parametrize(
    ("scopes", "expires_at", "field"),
    [
        ([], IN_A_MONTH, "scopes"),
        (["everything"], IN_A_MONTH, "scopes"),
        (["awards:read"], MOMENT, "expires_at"),
        (["awards:read"], moment_after(days=367), "expires_at"),
    ],
)
def test_a_token_has_scopes_and_ends_within_a_year(
    scopes: list[str], expires_at: datetime, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        make_token(users.analyst(), scopes=scopes, expires_at=expires_at)
    assert list(refused.value.problems) == [field]


def test_two_live_tokens_have_two_names_and_there_are_not_many() -> None:
    analyst = users.analyst()
    make_token(analyst)
    with pytest.raises(Invalid):
        make_token(analyst)
    for number in range(9):
        make_token(analyst, name=f"Token {number}")
    with pytest.raises(Invalid):
        make_token(analyst, name="One too many")


def test_a_token_is_made_and_revoked_by_its_holder_only() -> None:
    analyst, other = users.analyst(), users.analyst()
    with pytest.raises(NotAllowed):
        make_token(analyst, by=other)
    with pytest.raises(NotAllowed):
        make_token(users.coach())
    row, _ = make_token(analyst)
    with pytest.raises(NotAllowed):
        tokens.revoke(row, by=other, at=MOMENT)
    tokens.revoke(row, by=analyst, at=MOMENT)
    with pytest.raises(TooLate):
        tokens.revoke(row, by=analyst, at=MOMENT)


def test_a_form_that_is_wrong_comes_back(client: Client) -> None:
    client.force_login(users.analyst())
    answer = client.post("/tokens/make", {"name": "", "days": "9999"})
    assert answer.status_code == 422
    assert ApiToken.objects.count() == 0


def test_revoking_is_a_page_of_one_s_own(client: Client) -> None:
    analyst = users.analyst()
    row, _ = make_token(analyst)
    client.force_login(users.analyst())
    assert client.post(f"/tokens/{row.key}/revoke").status_code == 404
    client.force_login(analyst)
    assert client.post(f"/tokens/{row.key}/revoke").status_code == 302
    assert ApiToken.objects.get().revoked_at is not None
