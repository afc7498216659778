"""Extends the session before it ends."""

from django.http import HttpRequest, HttpResponse

from innovation.accounts.page_access import SIGNED_IN
from innovation.core import clock
from innovation.web import json_requests, pages, sessions


class ExtendSession(pages.ActionPage):
    """A script gets the number of seconds left."""

    policy = SIGNED_IN
    title = "Stay signed in"
    submit_label = "Stay signed in"
    template_name = "accounts/session.html"
    success_message = "You are signed in for longer"

    def context(self) -> dict[str, object]:
        return {"session_ends": sessions.ends_at(self.request)}

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        if json_requests.is_json_request(request):
            return json_requests.json_response(
                seconds=sessions.seconds_left(request, clock.now())
            )
        return super().get(request, **kwargs)

    def post(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        sessions.extend(request)
        if json_requests.is_json_request(request):
            return json_requests.json_response(seconds=request.session.get_expiry_age())
        return super().post(request, **kwargs)

    def perform(self) -> pages.Destination:
        return "/home"
