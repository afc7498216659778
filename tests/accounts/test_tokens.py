"""API tokens: made on a page, shown once, stored as a hash."""

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


SCOPES = ["awards:read"]
IN_A_MONTH = moment_after(days=30)


def make_token(
    user: User,
    *,
    by: User | None = None,
    name: str = "Test",
    scopes: Sequence[str] = SCOPES,
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


def test_a_token_is_shown_once_and_stored_as_a_hash(client: Client) -> None:
    client.force_login(users.analyst())
    response = client.post("/tokens/make", FORM)
    assert (response.status_code, response["Cache-Control"]) == (200, "no-store")
    [secret] = set(re.findall(r"cscip_[\w-]{43}", response.content.decode()))
    row = ApiToken.objects.get()
    assert row.digest == tokens.digest(secret)
    assert row.scopes == ["awards:read"]
    assert row.expires_at - row.created_at == timedelta(days=30)
    assert "cscip_" not in client.get("/tokens/").content.decode()
    response = Client().get(
        "/api/v1/awards/", headers={"authorization": f"Bearer {secret}"}
    )
    assert response.status_code == 200


def test_the_log_has_the_reference_of_a_token_but_not_the_token() -> None:
    row, secret = make_token(users.analyst())
    event = Event.objects.get(name="token.made")
    assert (event.subject, event.data["scopes"]) == (row.key, ["awards:read"])
    assert secret not in str(event.data)
    assert row.digest not in str(event.data)


@pytest.mark.parametrize(
    ("scopes", "expires_at", "field"),
    [
        ([], IN_A_MONTH, "scopes"),
        (["everything"], IN_A_MONTH, "scopes"),
        (SCOPES, MOMENT, "expires_at"),
        (SCOPES, moment_after(days=367), "expires_at"),
    ],
)
def test_a_token_has_scopes_and_ends_within_a_year(
    scopes: list[str], expires_at: datetime, field: str
) -> None:
    with pytest.raises(Invalid) as raised:
        make_token(users.analyst(), scopes=scopes, expires_at=expires_at)
    assert list(raised.value.problems) == [field]


def test_live_tokens_have_different_names_and_their_number_is_limited() -> None:
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


def test_an_invalid_form_is_shown_again(client: Client) -> None:
    client.force_login(users.analyst())
    response = client.post("/tokens/make", {"name": "", "days": "9999"})
    assert response.status_code == 422
    assert ApiToken.objects.count() == 0


def test_only_the_holder_opens_the_page_to_revoke_a_token(client: Client) -> None:
    analyst = users.analyst()
    row, _ = make_token(analyst)
    client.force_login(users.analyst())
    assert client.post(f"/tokens/{row.key}/revoke").status_code == 404
    client.force_login(analyst)
    assert client.post(f"/tokens/{row.key}/revoke").status_code == 302
    assert ApiToken.objects.get().revoked_at is not None
