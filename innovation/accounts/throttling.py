"""No token asks more often than `API_REQUESTS_A_MINUTE`, counted over all workers."""

from typing import Any

from django.conf import settings
from django.db import connection
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from innovation.accounts.models import ApiToken
from innovation.core import clock

_COUNT = """
    INSERT INTO accounts_apiuse AS used (token_id, minute, requests) VALUES (%s, %s, 1)
    ON CONFLICT (token_id) DO UPDATE SET
        minute = excluded.minute,
        requests = CASE WHEN used.minute = excluded.minute
                        THEN used.requests + 1 ELSE 1 END
    RETURNING requests
"""


class PerToken(BaseThrottle):
    """One statement, so that two workers never lose a count to each other."""

    def allow_request(self, request: Request, view: Any) -> bool:
        if not isinstance(request.auth, ApiToken):
            return True
        minute = clock.now().replace(second=0, microsecond=0)
        with connection.cursor() as cursor:
            cursor.execute(_COUNT, [request.auth.pk, minute])
            (requests,) = cursor.fetchone()
        return bool(requests <= settings.API_REQUESTS_A_MINUTE)

    def wait(self) -> float:
        return 60.0 - clock.now().second
