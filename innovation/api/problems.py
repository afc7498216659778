"""Turns all errors of the API into problem documents (RFC 9457)."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, JsonResponse
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback
from structlog.contextvars import get_contextvars

from innovation.core import outages
from innovation.core.errors import DomainError, Invalid

MEDIA_TYPE = "application/problem+json"
_SENTENCES = {
    400: "The request could not be read.",
    403: "This token does not have access to this.",
    404: "There is nothing here, or nothing you may see.",
    405: "This address does not answer that method.",
    500: "Something went wrong. We have recorded the error. Try again later.",
    503: "The service is unavailable at the moment. Try again later.",
}

Problems = Mapping[str | None, Sequence[str]]


def handle(error: Exception, context: Mapping[str, object]) -> Response | None:
    """DRF's exception handler. Unexpected errors are left to Django, which logs them,
    and to `middleware.ProblemDocuments`.
    """
    error = outages.explain(error) or error
    if isinstance(error, DomainError):
        problems = error.problems if isinstance(error, Invalid) else None
        headers = {"Retry-After": str(error.retry_after)} if error.retry_after else None
        return _answer(
            error.status, error.sentence, problems, title=error.title, headers=headers
        )
    if isinstance(error, Http404):
        return _answer(404)
    if isinstance(error, PermissionDenied):
        return _answer(403)
    if isinstance(error, exceptions.ValidationError):
        problems = _by_field(error.detail)
        sentences = [text for texts in problems.values() for text in texts]
        return _answer(422, " ".join(sentences), problems)
    if isinstance(error, exceptions.APIException):
        return _from_api(error)
    return None


def document(
    status: int, detail: str = "", problems: Problems | None = None, title: str = ""
) -> dict[str, object]:
    body: dict[str, object] = {
        "type": "about:blank",
        "title": title or HTTPStatus(status).phrase,
        "status": status,
        "detail": detail or _SENTENCES.get(status, HTTPStatus(status).phrase),
        "request_id": str(get_contextvars().get("request_id", "")),
    }
    if problems:
        body["problems"] = {name or "": list(texts) for name, texts in problems.items()}
    return body


def plain_response(status: int, detail: str = "") -> HttpResponse:
    """The response for errors outside DRF."""
    body = document(status, detail)
    return JsonResponse(body, status=status, content_type=MEDIA_TYPE)


def _answer(
    status: int,
    detail: str = "",
    problems: Problems | None = None,
    *,
    title: str = "",
    headers: dict[str, str] | None = None,
) -> Response:
    set_rollback()
    body = document(status, detail, problems, title)
    return Response(body, status, headers=headers, content_type=MEDIA_TYPE)


def _from_api(error: exceptions.APIException) -> Response:
    headers = {}
    if challenge := getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = challenge
    if wait := getattr(error, "wait", None):
        headers["Retry-After"] = str(int(wait) + 1)
    detail = error.detail if isinstance(error.detail, str) else ""
    return _answer(error.status_code, str(detail), headers=headers)


def _by_field(detail: object) -> dict[str | None, list[str]]:
    if isinstance(detail, Mapping):
        return {str(name): _texts(messages) for name, messages in detail.items()}
    return {None: _texts(detail)}


def _texts(messages: object) -> list[str]:
    return (
        [str(text) for text in messages]
        if isinstance(messages, list)
        else [str(messages)]
    )
