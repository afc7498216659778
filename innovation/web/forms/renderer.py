"""The form renderer of the settings: forms and fields become GOV.UK components."""

from typing import Any

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest

from innovation.web.forms import rendering


class GovukRenderer(DjangoTemplates):
    """Renders forms and fields in Python; Django renders single widgets."""

    form_template_name = "govuk/form"
    field_template_name = "govuk/field"

    def render(
        self,
        template_name: str,
        context: dict[str, Any],
        request: HttpRequest | None = None,
    ) -> str:
        if template_name == self.form_template_name:
            return rendering.form_html(context["form"])
        if template_name == self.field_template_name:
            return rendering.field_html(context["field"])
        return super().render(template_name, context, request)
