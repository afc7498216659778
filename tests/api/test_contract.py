"""The API answers as its OpenAPI document says. Schemathesis sends a few random
requests for each operation.
"""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from pytest_django import DjangoDbBlocker, Settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from innovation.core.lines import single_line
from innovation.organisations.models import CouncilCode, Identifier
from tests.api.api_client import token_for
from tests.api.test_announced import announce
from tests.drives import drive
from tests.factories import grants, users
from tests.module_data import module_transaction

OF_ROWS = {"programme", "round", "council", "region", "strand", "practice_model"}
"""Filters that are refused if there is no such row."""

# Not `innovation.wsgi`, which makes this process the web's, with its time-outs.
schema = schemathesis.openapi.from_wsgi("/api/v1/schema", get_wsgi_application())


@pytest.fixture
def one_transaction(db: None) -> Iterator[None]:
    """At the end of a request Django would close a connection in a transaction."""
    ends = (request_started, request_finished)
    for signal in ends:
        signal.disconnect(close_old_connections)
    yield
    for signal in ends:
        signal.connect(close_old_connections)


@pytest.fixture(scope="module")
def official_token(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[str]:
    """Of somebody who sees one of everything."""
    with module_transaction(django_db_blocker):
        award = announce(grants.active_award())
        assert award.lead is not None
        Identifier.objects.create(organisation=award.lead, scheme="GB-LAE", value="NSH")
        CouncilCode.objects.create(
            council=users.council(), gss_code="E10000099", valid_from="2009-04-01"
        )
        yield token_for(users.official())


@pytest.fixture
def token(official_token: str, one_transaction: None, settings: Settings) -> str:
    settings.API_REQUESTS_A_MINUTE = 100_000
    settings.DEBUG_PROPAGATE_EXCEPTIONS = True
    return official_token


def accepts_what_is_described(context: Any, answer: Any, case: Any) -> bool | None:
    """As the check of schemathesis, except for what the document cannot say: there is
    no such row, or the text cannot be read.
    """
    if answer.status_code == 422:
        problems = answer.json()["problems"]
        if all(
            name in OF_ROWS or cannot_be_read(case.query[name]) for name in problems
        ):
            return None
    return positive_data_acceptance(context, answer, case)


def cannot_be_read(text: object) -> bool:
    """Nothing of it can be seen, or a part that PostgreSQL cannot store."""
    return isinstance(text, str) and (not single_line(text) or "\x00" in text)


@schema.parametrize()
@drive(5, all=12)
def test_answers_are_as_described(case: Any, token: str) -> None:
    case.call_and_validate(
        headers={"Authorization": f"Bearer {token}"},
        excluded_checks=[positive_data_acceptance],
        additional_checks=[accepts_what_is_described],
    )
