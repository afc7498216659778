"""The pages of a register, made from its definition."""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse

from innovation.accounts.domain.queries.people import names_by_key
from innovation.accounts.page_access import permission_required
from innovation.accounts.roles import Permission
from innovation.audit import presenters
from innovation.audit.presenters import Audience
from innovation.core import clock
from innovation.registers import domain
from innovation.registers.forms import RegisterForm
from innovation.registers.models import RegisterRow
from innovation.registers.register import Register
from innovation.web import csv_export, pages

MANAGE = permission_required(Permission.MANAGE_REGISTERS)


class RegisterList(pages.ListPage[RegisterRow]):
    policy = MANAGE
    template_name = "registers/list.html"
    ordering = ("-id",)
    register: ClassVar[Register[RegisterRow]]

    def page_title(self) -> str:
        return self.register.title

    def context(self) -> dict[str, object]:
        name = f"registers:{self.register.name}"
        return {
            "register": self.register,
            "add_url": reverse(f"{name}-add"),
            "csv_url": reverse(f"{name}-csv"),
        }

    def show(self, status: int = 200, **more: Any) -> HttpResponse:
        cells = [(row, self.register.cells(row)) for row in more["rows"]]
        return super().show(status, cells=cells, **more)


class RegisterAdd(pages.FormPage[RegisterRow, RegisterForm]):
    policy = MANAGE
    submit_label = "Add"
    success_message = "It was added"
    register: ClassVar[Register[RegisterRow]]

    def page_title(self) -> str:
        return f"Add a {self.register.noun}"

    def back_url(self) -> str:
        return reverse(f"registers:{self.register.name}")

    def perform(self, form: RegisterForm) -> pages.Destination:
        return domain.add(
            self.register.model, values=form.values(), by=self.user, at=clock.now()
        )


class RegisterDetail(pages.DetailPage[RegisterRow]):
    policy = MANAGE
    template_name = "registers/row.html"
    register: ClassVar[Register[RegisterRow]]

    def page_title(self) -> str:
        return f"{self.register.noun.capitalize()} {self.object.key}"

    def back_url(self) -> str:
        return reverse(f"registers:{self.register.name}")

    def context(self) -> dict[str, object]:
        headings = self.register.headings
        cells = self.register.cells(self.object)
        return {
            "rows": [
                {"label": heading, "value": cell}
                for heading, cell in zip(headings, cells, strict=True)
            ],
            "change_url": reverse(
                f"registers:{self.register.name}-change", args=[self.object.key]
            ),
            "timeline": presenters.timeline(
                self.object.chain, [Audience.DEPARTMENT], names_by_key
            ),
        }


class RegisterChange(pages.EditPage[RegisterRow, RegisterForm]):
    policy = MANAGE
    submit_label = "Save"
    success_message = "It was changed"
    register: ClassVar[Register[RegisterRow]]

    def page_title(self) -> str:
        return f"Change the {self.register.noun} {self.object.key}"

    def back_url(self) -> str:
        return self.object.get_absolute_url()

    def lock(self) -> None:
        self.object = domain.lock(self.object, by=self.user)

    def saved_values(self) -> dict[str, object]:
        return self.register.form.initial_values(self.object)

    def group_title(self, name: str) -> str:
        return self.register.form.group_title(name)

    def perform(self, form: RegisterForm) -> pages.Destination:
        values = form.values(self.changed_fields)
        return domain.change(self.object, values=values, by=self.user, at=clock.now())


class RegisterCsv(pages.Page[RegisterRow]):
    policy = MANAGE
    register: ClassVar[Register[RegisterRow]]

    def get(self, request: HttpRequest, **kwargs: object) -> StreamingHttpResponse:
        register = self.register
        columns = csv_export.columns_of(register.model, "key", *register.columns)
        rows = register.rows().select_related(None).order_by("pk").values_list(*columns)
        header = ("Reference", *register.headings)
        return csv_export.csv_response(request, f"{register.name}.csv", header, rows)


def make_page(
    base: type[pages.Page[RegisterRow]], register: Register[RegisterRow]
) -> type[pages.Page[RegisterRow]]:
    """The page of this register, as a class, so that each has its own policy."""
    attributes: dict[str, object] = {
        "register": register,
        "scope": staticmethod(lambda user: register.rows()),
    }
    if issubclass(base, pages.FormPage):
        attributes["form_class"] = register.form
    return type(f"{register.model.__name__}{base.__name__}", (base,), attributes)
