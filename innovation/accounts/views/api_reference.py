"""The API reference page, made from the OpenAPI document."""

from functools import cache

from innovation.accounts.page_access import EVERYBODY
from innovation.accounts.permissions import has_permission
from innovation.accounts.roles import Permission
from innovation.accounts.scopes import Scope
from innovation.api import operations, schema
from innovation.web import pages


class Reference(pages.Page):
    policy = EVERYBODY
    shared = True
    title = "Use the API to read the programme’s data"
    description = "The resources, parameters and answers of the programme’s API."
    template_name = "api/reference.html"

    def context(self) -> dict[str, object]:
        return {
            "operations": _operations(),
            "scopes": Scope.choices,
            "may_make_tokens": not self.user.is_authenticated
            or has_permission(self.user, Permission.USE_API),
        }


@cache
def _operations() -> list[operations.Operation]:
    return operations.operations(schema.document())
