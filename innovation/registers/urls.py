from django.urls import URLPattern, path

from innovation.registers import views
from innovation.registers.definitions import REGISTERS
from innovation.registers.models import RegisterRow
from innovation.registers.register import Register

app_name = "registers"

_PAGES = (
    ("{}/", "{}", views.RegisterList),
    ("{}.csv", "{}-csv", views.RegisterCsv),
    ("{}/add", "{}-add", views.RegisterAdd),
    ("{}/<str:key>", "{}-row", views.RegisterDetail),
    ("{}/<str:key>/change", "{}-change", views.RegisterChange),
)


def _routes(register: Register[RegisterRow]) -> list[URLPattern]:
    return [
        path(
            pattern.format(register.name),
            views.make_page(page, register).as_view(),
            name=name.format(register.name),
        )
        for pattern, name, page in _PAGES
    ]


urlpatterns = [route for register in REGISTERS for route in _routes(register)]
