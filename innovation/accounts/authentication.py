"""Authentication of the API: `Authorization: Bearer <token>`."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from innovation.accounts.domain import tokens
from innovation.accounts.models import ApiToken, User
from innovation.accounts.roles import Permission
from innovation.core import clock, statements

_REFUSAL = "The token is unknown, revoked or expired. Make a new one on /tokens/."


class TokenAuthentication(BaseAuthentication):
    """Every invalid token gets the same answer, so that guessing does not show which
    ones exist.
    """

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        parts = get_authorization_header(request).split()
        if not parts or parts[0].lower() != b"bearer":
            return None
        if len(parts) != 2:
            raise AuthenticationFailed("Write “Authorization: Bearer” and the token.")
        token = _find_live_token(parts[1].decode("latin-1"))
        if token is None or not token.user.may(Permission.USE_API):
            raise AuthenticationFailed(_REFUSAL)
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


def _find_live_token(secret: str) -> ApiToken | None:
    token = statements.first(_live_token, tokens.digest(secret), clock.now())
    if token is None or settings.DEMONSTRATION or _has_app(token):
        return token
    return None if token.user.needs_second_factor else token


def _has_app(token: ApiToken) -> bool:
    return bool(getattr(token, "second_factor", False))


def _live_token(digest: str, at: datetime) -> QuerySet[ApiToken]:
    """The live token, annotated with `second_factor`: whether its holder has one."""
    app = Authenticator.objects.filter(
        user=OuterRef("user"), type=Authenticator.Type.TOTP
    )
    live_tokens = ApiToken.objects.filter(
        digest=digest, revoked_at=None, expires_at__gt=at
    )
    return live_tokens.select_related("user").annotate(second_factor=Exists(app))[:1]
