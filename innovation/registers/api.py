"""The API resource of a register: its published rows, for everybody."""

from django_filters import rest_framework as filters
from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework.serializers import BaseSerializer, ModelSerializer

from innovation.api.views import OpenResource, Resource
from innovation.core import clock
from innovation.registers.definitions import REGISTERS
from innovation.registers.models import RegisterRow
from innovation.registers.register import Register


def _make_resource(register: Register[RegisterRow]) -> type[Resource]:
    name = register.model.__name__
    attributes = {
        "__doc__": register.description,
        "serializer_class": _make_serializer(register),
        "filterset_class": filters.FilterSet,
        "rows": staticmethod(lambda user: register.published(user, clock.now())),
    }
    return type(f"{name}Resource", (OpenResource,), attributes)


def _make_serializer(
    register: Register[RegisterRow],
) -> type[BaseSerializer[RegisterRow]]:
    fields = {"model": register.model, "fields": ["key", *register.columns]}
    attributes = {"Meta": type("Meta", (), fields)}
    serializer_class = type(
        f"{register.model.__name__}Serializer", (ModelSerializer,), attributes
    )
    example = OpenApiExample(f"A {register.noun}", dict(register.example))
    return extend_schema_serializer(examples=[example])(serializer_class)


RESOURCES = {register.name: _make_resource(register) for register in REGISTERS}
