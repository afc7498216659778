"""Everybody reads a funded project once its award is announced."""

from datetime import timedelta

import pytest

from innovation.core import clock
from tests.factories import grants, users
from tests.funding.page_requests import (
    client_for,
    date_fields,
    get_status,
    page_url,
    post_form,
)

pytestmark = pytest.mark.django_db


def test_a_project_is_public_once_announced_and_never_before() -> None:
    award, manager = grants.active_award(), users.grant_manager()
    assert get_status(None, "project", award) == 404
    assert (
        award.title not in client_for(None).get(page_url("projects")).content.decode()
    )

    today = clock.london_day(clock.now())
    later = today + timedelta(days=3)
    post_form(manager, "award-announce", award, **date_fields("on", later))
    assert get_status(None, "project", award) == 404
    post_form(manager, "award-call-off", award)
    post_form(manager, "award-announce", award, **date_fields("on", today))

    assert get_status(None, "project", award) == 200
    assert award.title in client_for(None).get(page_url("projects")).content.decode()
