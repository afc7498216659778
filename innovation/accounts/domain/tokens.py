"""API tokens: random, shown once, stored as a hash."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from innovation.accounts.events import AccountsEvent
from innovation.accounts.models import ApiToken, User
from innovation.accounts.permissions import require_permission
from innovation.accounts.roles import Permission
from innovation.accounts.scopes import Scope
from innovation.audit import events
from innovation.core import limits
from innovation.core.errors import Invalid, NotAllowed, TooLate
from innovation.core.rows import lock_row

MAX_LIFE = timedelta(days=366)
MAX_LIVE_TOKENS = limits.TOKENS_A_PERSON
PREFIX = "cscip_"


def digest(token: str) -> str:
    """The stored hash. A token has 256 random bits, so a plain hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def make(
    *,
    user: User,
    name: str,
    scopes: Iterable[str],
    expires_at: datetime,
    by: User,
    at: datetime,
) -> tuple[ApiToken, str]:
    """Create a token; return its row and the token, which cannot be read later."""
    if by != user:
        raise NotAllowed("You can only make tokens for yourself.")
    require_permission(by, Permission.USE_API)
    lock_row(user)
    names = sorted(set(scopes))
    _check(user, name=name, scopes=names, expires_at=expires_at, at=at)
    token = PREFIX + secrets.token_urlsafe(32)
    row = ApiToken.objects.create(
        user=user,
        name=name.strip(),
        digest=digest(token),
        scopes=names,
        created_at=at,
        expires_at=expires_at,
    )
    data = {"scopes": names, "expires_at": expires_at.isoformat()}
    events.record(AccountsEvent.TOKEN_MADE, row, by=by, at=at, data=data)
    return row, token


@transaction.atomic
def revoke(token: ApiToken, *, by: User, at: datetime) -> ApiToken:
    """Revoke the token. The next request with it is refused."""
    token = lock_row(token, "user")
    if by != token.user:
        raise NotAllowed("You can only revoke your own tokens.")
    if token.revoked_at:
        raise TooLate("This token is already revoked.")
    token.revoked_at = at
    token.save(update_fields=["revoked_at"])
    events.record(AccountsEvent.TOKEN_REVOKED, token, by=by, at=at)
    return token


def _check(
    user: User, *, name: str, scopes: list[str], expires_at: datetime, at: datetime
) -> None:
    live_tokens = ApiToken.objects.filter(user=user, revoked_at=None, expires_at__gt=at)
    if not scopes or any(scope not in Scope.values for scope in scopes):
        raise Invalid.field("scopes", "Select at least one thing it can read")
    if not at < expires_at <= at + MAX_LIFE:
        raise Invalid.field("expires_at", "Enter a date within a year from today")
    if live_tokens.filter(name=name.strip()).exists():
        raise Invalid.field("name", "You already have a live token with this name")
    if live_tokens.count() >= MAX_LIVE_TOKENS:
        raise Invalid.field(
            None,
            f"You have {MAX_LIVE_TOKENS} live tokens. Revoke one you no longer use",
        )
