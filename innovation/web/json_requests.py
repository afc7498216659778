"""Recognises requests of scripts, and answers them with JSON in place of a page."""

from django.http import HttpRequest, JsonResponse


def is_json_request(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


def json_response(status: int = 200, **facts: object) -> JsonResponse:
    return JsonResponse(facts, status=status)
