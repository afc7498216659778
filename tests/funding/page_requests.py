"""How the tests of the answering side's pages walk about."""

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


def page_url(name: str, thing: Any = None) -> str:
    return reverse(f"funding:{name}", args=[thing.key] if thing else [])


def get_status(person: User | None, name: str, thing: Any = None) -> int:
    return client_for(person).get(page_url(name, thing)).status_code


def post_form(person: User, name: str, thing: Any = None, **data: Any) -> None:
    answer = client_for(person).post(page_url(name, thing), data)
    assert answer.status_code == 302, answer.content.decode()[:6000]


def post_edit(person: User, name: str, thing: Any = None, **data: Any) -> None:
    """As `post`, on a page that shows what is saved."""
    answer = edit_forms.post_edit(client_for(person), page_url(name, thing), data)
    assert answer.status_code == 302, answer.content.decode()[:6000]


def date_fields(name: str, day: date) -> dict[str, int]:
    return {
        f"{name}_day": day.day,
        f"{name}_month": day.month,
        f"{name}_year": day.year,
    }
