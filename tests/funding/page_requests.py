"""Requests for the pages of funding."""

from datetime import date
from typing import Any

from django.test import Client
from django.urls import reverse

from innovation.accounts.models import User
from tests import edit_forms


def client_for(person: User | None) -> Client:
    client = Client()
    if person is not None:
        client.force_login(person)
    return client


def page_url(name: str, row: Any = None) -> str:
    """The address of a page, which is about `row` if that has a key."""
    return reverse(f"funding:{name}", args=[row.key] if row else [])


def page_of(person: User, name: str, row: Any = None) -> str:
    response = client_for(person).get(page_url(name, row))
    assert response.status_code == 200
    return response.content.decode()


def get_status(person: User | None, name: str, row: Any = None) -> int:
    return client_for(person).get(page_url(name, row)).status_code


def post_form(person: User, name: str, row: Any = None, **data: object) -> None:
    response = client_for(person).post(page_url(name, row), data)
    assert response.status_code == 302, response.content.decode()[:6000]


def post_edit(person: User, name: str, row: Any = None, **data: object) -> None:
    """Post a form that shows saved values, as `post_form` does with others."""
    response = edit_forms.post_edit(client_for(person), page_url(name, row), data)
    assert response.status_code == 302, response.content.decode()[:6000]


def date_fields(name: str, day: date) -> dict[str, int]:
    return {
        f"{name}_day": day.day,
        f"{name}_month": day.month,
        f"{name}_year": day.year,
    }
