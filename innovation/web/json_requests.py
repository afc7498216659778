"""Whether a script asks, and what it is told where a person is shown a page."""

from typing import Any

from django.http import HttpRequest, JsonResponse


def by_script(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


def told(status: int = 200, **facts: Any) -> JsonResponse:
    return JsonResponse(facts, status=status)
