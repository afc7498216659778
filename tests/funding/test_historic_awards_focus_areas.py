"""Awards of round 2 that were loaded with a focus area of round 1 are put right."""

from html import unescape
from importlib import import_module

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from bids.domain import registers as registers
from funding.models import Award
from innovation.audit.models import Event
from innovation.audit.verification import first_fault
from innovation.core import clock
from innovation.core.clock import london_day
from innovation.core.formatting import format_date
from tests.api.api_client import ApiClient
from tests.audit_events import recorded_changes
from tests.database_guards import check_deferred_constraints, force_update
from tests.factories import users
from tests.funding.historic_cases import apply_import
from tests.funding.sheets import AWARD

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_history")]


def empty_focus_areas_of_round_2() -> None:
    migration = import_module("funding.migrations.0026_focus_areas_of_round_2")
    check_deferred_constraints()
    with connection.cursor() as cursor:
        cursor.execute(migration.FORWARD)


def test_a_release_empties_the_focus_areas_that_are_not_of_an_awards_round(
    client: Client,
) -> None:
    wrong, area = (
        Award.objects.get(title="SafeCORE"),
        "Rethinking children's social work",
    )
    with recorded_changes():
        force_update(Award.objects.filter(pk=wrong.pk), focus_area=area)
    official = users.official()
    apply_import(official, AWARD | {"Round": "2", "Focus area": area})
    others = Award.objects.exclude(pk=wrong.pk)
    before = list(others.order_by("pk").values())

    empty_focus_areas_of_round_2()
    mended = Award.objects.get(pk=wrong.pk)
    today = london_day(clock.now())
    assert (mended.focus_area, mended.revised_on) == ("", today)
    assert list(others.order_by("pk").values()) == before
    assert first_fault() is None

    page = unescape(client.get(f"/projects/{wrong.key}/").content.decode())
    assert f"Focus area before: {area}" in page
    assert f"Revised on {format_date(today)}" in page
    assert "Added from past records" not in page
    row = ApiClient(users.outsider()).get(f"awards/{wrong.key}/").json()
    assert (row["focus_area"], row["revised_on"]) == ("", today.isoformat())
    client.force_login(official)
    history_page = client.get(f"/awards/{wrong.key}/history").content.decode()
    assert "A release of the service corrected the focus area" in history_page

    count = Event.objects.count()
    empty_focus_areas_of_round_2()
    assert Event.objects.count() == count
    with pytest.raises(DatabaseError), transaction.atomic():
        Award.objects.filter(pk=wrong.pk).update(focus_area=area)


def test_a_release_leaves_focus_areas_as_the_history_gives_them() -> None:
    before = list(Award.objects.order_by("pk").values())
    empty_focus_areas_of_round_2()
    assert list(Award.objects.order_by("pk").values()) == before
    assert not Event.objects.filter(name="award.corrected_by_release").exists()
