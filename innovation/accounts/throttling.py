"""Limits each token to `API_REQUESTS_A_MINUTE`, counted over all workers."""

from datetime import timedelta

from django.conf import settings
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from innovation.accounts.models import ApiToken
from innovation.core import clock, quotas

_MINUTE = timedelta(minutes=1)


class TokenThrottle(BaseThrottle):
    def allow_request(self, request: Request, view: object) -> bool:
        if not isinstance(request.auth, ApiToken):
            return True
        return quotas.try_consume(
            "API requests",
            request.auth.pk,
            limit=settings.API_REQUESTS_A_MINUTE,
            window=_MINUTE,
            at=clock.now(),
        )

    def wait(self) -> float:
        return float(quotas.seconds_until_reset(_MINUTE, clock.now()))
