"""How a resource describes itself in the OpenAPI document."""

from drf_spectacular.openapi import AutoSchema

_LISTED, _ONE = "List {}", "Read one of the {}"


class ResourceSchema(AutoSchema):
    def get_summary(self) -> str:
        pattern = _LISTED if self._is_list_view() else _ONE
        return pattern.format(self.get_tags()[0])

    def get_description(self, *_: str) -> str:
        needs = getattr(self.view, "needs", "none")
        told = " ".join(super().get_description().split())
        return f"{told}\n\nNeeds the scope `{needs}`."
