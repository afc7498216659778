"""A client of the API."""

from datetime import timedelta
from typing import Any

from django.test import Client

from innovation.accounts.domain import tokens
from innovation.accounts.models import User
from innovation.accounts.scopes import Scope
from innovation.api_urls import RESOURCES
from innovation.core import clock

EVERY_SCOPE = Scope.values


def token_for(user: User, scopes: list[str] | None = None) -> str:
    now = clock.now()
    _, token = tokens.make(
        user=user,
        name=f"Test {user.api_tokens.count()}",
        scopes=EVERY_SCOPE if scopes is None else scopes,
        expires_at=now + timedelta(days=30),
        by=user,
        at=now,
    )
    return token


class ApiClient:
    """`ApiClient(user).get("expressions/")`: with every scope unless told otherwise."""

    def __init__(self, user: User, scopes: list[str] | None = None) -> None:
        self.token = token_for(user, scopes)
        self.client = Client(headers={"authorization": f"Bearer {self.token}"})

    def get(self, address: str, **query: Any) -> Any:
        return self.client.get(f"/api/v1/{address}", query)

    def keys(self, address: str, **query: Any) -> list[str]:
        """What stands for each row in addresses: see `Resource.lookup_field`."""
        answer = self.get(address, **query)
        assert answer.status_code == 200, answer.content
        column = RESOURCES[address.strip("/")].lookup_field
        return [row[column] for row in answer.json()["results"]]
