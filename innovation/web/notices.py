"""Storage of messages for the next page: in the session of a user who is signed in."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.messages.storage.base import Message
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.session import SessionStorage
from django.http import HttpRequest, HttpResponse


class _Subclassed:
    """Declares the methods for subclasses that django-stubs leaves out."""

    if TYPE_CHECKING:

        def _get(self) -> tuple[list[Message] | None, bool]: ...

        def _store(
            self, messages: list[Message], response: HttpResponse
        ) -> list[Message]: ...


class _Cookie(CookieStorage, _Subclassed):
    cookie_name = settings.MESSAGES_COOKIE_NAME


class NoticeStorage(SessionStorage, _Subclassed):
    """Uses a cookie where nobody is signed in: a session is a row, and anybody could
    create any number of them.
    """

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self._cookie = _Cookie(request)

    def _get(self) -> tuple[list[Message] | None, bool]:
        in_cookie, _ = self._cookie._get()
        in_session, _ = super()._get()
        return [*(in_cookie or []), *(in_session or [])], True

    def _store(self, messages: list[Message], response: HttpResponse) -> list[Message]:
        if messages and not self.request.user.is_authenticated:
            self._cookie._store(messages, response)
            messages = []
        elif _Cookie.cookie_name in self.request.COOKIES:
            self._cookie._store([], response)
        super()._store(messages, response)
        return []
