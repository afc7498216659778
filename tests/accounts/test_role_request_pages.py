"""The pages about roles, their log and their report."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from innovation.accounts import tasks
from innovation.accounts.domain.queries import role_grants
from innovation.accounts.models import RoleGrant
from innovation.core import clock
from innovation.dashboard.queries import waiting_counts
from tests.accounts.role_changes import give_role, reload_user, role_events, take_role
from tests.dates import MOMENT, moment_after
from tests.factories import users

pytestmark = pytest.mark.django_db
TODAY = clock.london_day(MOMENT)


def test_a_request_goes_through_its_pages(client: Client) -> None:
    person, requester, other = (
        users.coach(),
        users.administrator(),
        users.administrator(),
    )
    client.force_login(requester)
    form = client.get(f"/people/{person.key}/give-role").content.decode()
    assert f"Who can confirm: {other}." in form
    response = client.post(f"/people/{person.key}/give-role", {"role": "finance"})
    assert response.status_code == 422
    request_address = client.post(
        f"/people/{person.key}/give-role", {"role": "finance", "reason": "Cover."}
    )["Location"]
    page = client.get(f"/people/{person.key}/give-role").content.decode()
    assert 'value="finance"' not in page
    page = client.get(request_address).content.decode()
    assert "One of these people must confirm" in page
    assert f"{request_address}/confirm" not in page
    for act in ("confirm", "refuse"):
        assert client.get(f"{request_address}/{act}").status_code == 403

    client.force_login(other)
    [task] = [each for each in waiting_counts(other, at=MOMENT) if "role" in each.href]
    assert (task.number, task.words) == (1, "change of roles to confirm or refuse")
    assert not [
        each for each in waiting_counts(requester, at=MOMENT) if "role" in each.href
    ]
    assert request_address in client.get(task.href).content.decode()
    assert f"{request_address}/confirm" in client.get(request_address).content.decode()
    assert client.get(f"{request_address}/take-back").status_code == 403
    assert client.post(f"{request_address}/confirm").status_code == 302
    assert reload_user(person).roles == ["coach", "finance"]
    assert client.post(f"{request_address}/confirm").status_code == 409
    page = client.get(f"/people/{person.key}").content.decode()
    assert f"{requester}, confirmed by {other}" in page

    client.force_login(person)
    for address in (
        "/roles/",
        "/roles/held",
        request_address,
        f"{request_address}/confirm",
    ):
        assert client.get(address).status_code in {403, 404}
    assert "Finance officer" in client.get("/account").content.decode()


def test_administrators_cannot_change_their_own_roles_on_the_pages(
    client: Client,
) -> None:
    by = users.administrator()
    client.force_login(by)
    own_page = client.get(f"/people/{by.key}").content.decode()
    assert "Another administrator must change yours" in own_page
    for page in ("give-role", "take-role", "close"):
        assert f"/people/{by.key}/{page}" not in own_page
        assert client.get(f"/people/{by.key}/{page}").status_code == 403


def test_the_only_administrator_sees_how_to_add_a_second(client: Client) -> None:
    client.force_login(users.administrator())
    person = users.coach()
    for address in ("/roles/", f"/people/{person.key}/give-role"):
        assert "manage.py add_administrator" in client.get(address).content.decode()


def test_the_log_is_filtered_and_the_report_is_as_at_a_day(client: Client) -> None:
    client.force_login(users.administrator())
    today = clock.london_day(clock.now())
    person = users.person("coach", name="=Ada")
    give_role(person, "finance", at=clock.now() - timedelta(days=40))
    take_role(person, "finance", at=clock.now() - timedelta(days=20))
    give_role(users.person(name="Bob"), "finance", at=clock.now())
    log = client.get("/roles/", {"change": "take"}).content.decode()
    assert "=Ada" in log
    assert "Bob" not in log

    def names(day: date | None) -> list[str]:
        parts = {"day": day.day, "month": day.month, "year": day.year} if day else {}
        values = {"role": "finance"}
        values |= {f"as_at_{part}": str(value) for part, value in parts.items()}
        response = client.get("/roles/held", values)
        assert response.status_code == 200
        text = client.get(reverse("reporting:roles"), values).getvalue().decode()
        return [row["Name"] for row in csv.DictReader(io.StringIO(text))]

    assert names(None) == ["Bob"]
    assert names(today - timedelta(days=30)) == ["'=Ada"]
    assert names(today - timedelta(days=10)) == []
    for user in (users.official(), users.analyst(), users.applicant()):
        client.force_login(user)
        assert client.get(reverse("reporting:roles")).status_code == 403


def test_the_account_page_shows_when_a_role_ends(client: Client) -> None:
    person, day = users.coach(), clock.london_day(clock.now()) + timedelta(days=9)
    give_role(person, ends_on=day, at=clock.now())
    client.force_login(person)
    words = f"Finance officer, until the end of {day.day} {day:%B} {day.year}"
    assert words in client.get("/account").content.decode()


def test_the_job_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    person = users.coach()
    give_role(
        person, starts_on=TODAY + timedelta(days=1), ends_on=TODAY + timedelta(days=2)
    )
    tasks.follow_roles()
    assert role_events(person)[-1] == "role_ended"
    assert (
        role_grants.grants_in_force(
            RoleGrant.objects.all(), moment_after(days=1)
        ).count()
        == 1
    )
