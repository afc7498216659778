"""Storage of messages for the next page: in the session of a user who is signed in."""

from typing import Any

from django.conf import settings
from django.contrib.messages.storage.base import Message
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.session import SessionStorage
from django.http import HttpRequest, HttpResponse


class _Cookie(CookieStorage):
    cookie_name = settings.MESSAGES_COOKIE_NAME


class NoticeStorage(SessionStorage):
    """Uses a cookie where nobody is signed in: a session is a row, and anybody could
    create any number of them.
    """

    def __init__(self, request: HttpRequest, *args: object, **kwargs: object) -> None:
        super().__init__(request, *args, **kwargs)
        self._cookie: Any = _Cookie(request)

    def _get(self, *args: object, **kwargs: object) -> tuple[list[object], bool]:
        in_cookie, _ = self._cookie._get()
        in_session, _ = super()._get(*args, **kwargs)  # type: ignore[misc]  # not in the stubs
        return [*(in_cookie or []), *(in_session or [])], True

    def _store(
        self,
        messages: list[Message],
        response: HttpResponse,
        *args: object,
        **kwargs: object,
    ) -> list[object]:
        if messages and not self.request.user.is_authenticated:
            self._cookie._store(messages, response)
            messages = []
        elif _Cookie.cookie_name in self.request.COOKIES:
            self._cookie._store([], response)
        super()._store(messages, response, *args, **kwargs)  # type: ignore[misc]  # not in the stubs
        return []
