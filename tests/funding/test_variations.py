"""Changes to a grant: asked for, and agreed or refused."""

import pytest

from funding.models import Variation
from tests.factories import grants, users
from tests.funding.page_requests import get_status, post_form

pytestmark = pytest.mark.django_db


def test_a_change_is_asked_for_and_answered() -> None:
    award, manager = grants.active_award(), users.grant_manager()
    holder = grants.recipient_of(award)
    for verdict in ("agree", "refuse"):
        post_form(
            holder, "grant-ask-change", award, what_changes="More.", reason="Asked."
        )
        change = Variation.objects.get(state="asked")
        post_form(manager, "change-answer", change, verdict=verdict, answer="Because.")

    states = Variation.objects.values_list("state", flat=True)
    assert sorted(states) == ["agreed", "refused"]
    assert get_status(manager, "award-reports", award) == 200
