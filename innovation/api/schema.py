"""The OpenAPI document, generated from the code, once per process."""

from functools import cache
from typing import Any, ClassVar

from django.http import HttpResponse
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import (
    OpenApiJsonRenderer,
    OpenApiJsonRenderer2,
    OpenApiYamlRenderer,
    OpenApiYamlRenderer2,
)
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from innovation.api import problems
from innovation.api.operations import JsonObject
from innovation.core.access import EVERYBODY, Policy

PREFIX = "/api/v1/"
_PROBLEM = {
    "type": "object",
    "description": "What went wrong: a problem document of RFC 9457.",
    "required": ["type", "title", "status", "detail", "request_id"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "What to do, in a sentence."},
        "request_id": {"type": "string", "description": "Quote it if you contact us."},
        "problems": {
            "type": "object",
            "description": "What is wrong, by the name of the parameter.",
            "additionalProperties": {"type": "array", "items": {"type": "string"}},
        },
    },
}
_ANSWERS = {
    401: "No token, or one that does not work.",
    403: "The token lacks the scope, or its holder the role.",
    404: "There is nothing here, or nothing you may see.",
    405: "The address does not answer this method.",
    406: "The answer is JSON, which the request does not accept.",
    422: "A parameter could not be read.",
    429: "Too many requests in this minute: see Retry-After.",
}


@cache
def document() -> JsonObject:
    """The document. It is the same for everybody, so it needs no request."""
    generator: Any = SchemaGenerator
    generated: JsonObject = generator().get_schema(request=None, public=True)
    return generated


_RENDERERS: dict[str, Any] = {
    renderer.media_type: renderer
    for renderer in (
        OpenApiJsonRenderer,
        OpenApiJsonRenderer2,
        OpenApiYamlRenderer,
        OpenApiYamlRenderer2,
    )
}


@cache
def _rendered(media_type: str) -> Any:
    """Kept, because writing YAML takes long."""
    return _RENDERERS[media_type]().render(document(), renderer_context={})


class Schema(APIView):
    """The description of this API, for programs; people read `/api/`. It is JSON, or
    YAML for those who accept only that.
    """

    policy: ClassVar[Policy] = EVERYBODY
    schema = None
    authentication_classes = []
    permission_classes = [AllowAny]
    throttle_classes = []
    renderer_classes = [*_RENDERERS.values()]
    http_method_names = ["get", "head", "options"]

    def handle_exception(self, exc: Exception) -> Response:
        """A problem document is JSON, whatever is accepted."""
        self.request.accepted_renderer = OpenApiJsonRenderer()
        self.request.accepted_media_type = OpenApiJsonRenderer.media_type
        return super().handle_exception(exc)

    def get(self, request: Request) -> HttpResponse:
        media_type = request.accepted_renderer.media_type
        return HttpResponse(_rendered(media_type), content_type=media_type)


def select_resources(
    endpoints: list[tuple[str, str, str, object]], **_: object
) -> list[tuple[str, str, str, object]]:
    return [endpoint for endpoint in endpoints if endpoint[0].startswith(PREFIX)]


def add_problem_responses(result: JsonObject, **_: object) -> dict[str, object]:
    """Every operation says how it can fail, and which scope it needs."""
    result["components"]["schemas"]["Problem"] = _PROBLEM
    for operations in result["paths"].values():
        for operation in operations.values():
            for status, description in _ANSWERS.items():
                operation["responses"].setdefault(str(status), _answer(description))
    return result


def _answer(description: str) -> dict[str, object]:
    reference = {"$ref": "#/components/schemas/Problem"}
    return {
        "description": description,
        "content": {problems.MEDIA_TYPE: {"schema": reference}},
    }
