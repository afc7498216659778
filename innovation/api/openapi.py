"""The description of a resource in the OpenAPI document."""

from drf_spectacular.openapi import AutoSchema

_LIST_SUMMARY, _DETAIL_SUMMARY = "List {}", "Read one of the {}"


class ResourceSchema(AutoSchema):
    def get_summary(self) -> str:
        pattern = _LIST_SUMMARY if self._is_list_view() else _DETAIL_SUMMARY
        return pattern.format(self.get_tags()[0])

    def get_description(self, *_: str) -> str:
        scope = getattr(self.view, "required_scope", None)
        description = " ".join(super().get_description().split())
        access = f"Needs the scope `{scope}`." if scope else "Needs no token."
        return f"{description}\n\n{access}"
