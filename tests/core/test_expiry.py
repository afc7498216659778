"""What anonymous requests can fill the database with is deleted, or limited."""

import csv
import re
from datetime import datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.test import Client

from innovation.accounts.models import User
from innovation.audit.models import Event
from innovation.audit.verification import first_fault
from innovation.core import clock, expiry, limits, quotas
from innovation.core.errors import TooOften
from innovation.core.expiry import Rule
from innovation.core.models import Quota
from innovation.core.registry import Registry
from innovation.notifications import letters
from innovation.notifications.models import JobFailure, Letter
from innovation.reporting import reports
from innovation.reporting.models import Report
from innovation.reporting.report_types.cases import Cases
from tests.database_guards import force_update
from tests.dates import MOMENT
from tests.factories import users

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
DOCS = settings.BASE_DIR / "docs"


def spend_quota(
    subject: object = "somebody", *, at: datetime = MOMENT, amount: int = 1
) -> bool:
    return quotas.try_consume(
        "things", subject, limit=2, window=MINUTE, at=at, amount=amount
    )


def sign_up(client: Client) -> User:
    form = {
        "email": "somebody@example.org",
        "name": "Some Body",
        "password1": "a long enough pass phrase",
    }
    client.post("/accounts/signup/", form)
    return User.objects.get(email="somebody@example.org")


def age_account(user: User) -> None:
    days = timedelta(days=10)
    force_update(User.objects.filter(pk=user.pk), date_joined=clock.now() - days)
    force_update(Letter.objects.all(), put_at=clock.now() - days)


# --- counting --------------------------------------------------------------
def test_somebody_has_so_many_in_a_window_and_then_no_more() -> None:
    assert [spend_quota() for _ in range(4)] == [True, True, False, False]
    assert spend_quota("another")
    assert spend_quota(at=MOMENT + MINUTE)


def test_amounts_are_added_up() -> None:
    assert spend_quota(amount=2)
    assert not spend_quota(amount=1)


@pytest.mark.parametrize(
    ("second", "words"),
    [(61, "Try again in 59 minutes."), (3_550, "Try again in a minute.")],
)
def test_a_refusal_says_when_to_try_again(second: int, words: str) -> None:
    hour = timedelta(hours=1)
    at = MOMENT.replace(minute=0, second=0, microsecond=0) + timedelta(seconds=second)
    with pytest.raises(TooOften) as refused:
        quotas.consume("n", "w", limit=0, window=hour, at=at, refusal="No.")
    assert refused.value.sentence == f"No. {words}"
    assert 3_600 - second <= refused.value.retry_after <= 3_601 - second


def test_counts_do_not_say_whose_they_are_and_are_forgotten() -> None:
    spend_quota("192.0.2.1")
    assert "192.0.2.1" not in str(Quota.objects.values())
    quotas.delete_expired(at=MOMENT)
    assert Quota.objects.exists()
    quotas.delete_expired(at=MOMENT + 2 * MINUTE)
    assert not Quota.objects.exists()


# --- forgetting ------------------------------------------------------------
def test_a_sign_up_that_nobody_confirmed_is_forgotten(client: Client) -> None:
    user = sign_up(client)
    chain = user.chain
    expiry.forget_all(clock.now())
    assert User.objects.filter(pk=user.pk).exists()
    age_account(user)
    expiry.forget_all(clock.now())
    assert not User.objects.filter(pk=user.pk).exists()
    assert not EmailAddress.objects.exists()
    assert not Letter.objects.exists()
    events = Event.objects.filter(chain=chain).exclude(name="evidence.stated")
    names = events.order_by("seq").values_list("name", flat=True)
    assert list(names) == ["person.joined", "person.forgotten"]
    assert first_fault() is None


def test_the_address_may_then_sign_up_again(client: Client) -> None:
    age_account(sign_up(client))
    expiry.forget_all(clock.now())
    assert sign_up(Client()).is_active


def test_whoever_confirmed_signed_in_or_was_invited_is_not_forgotten(
    client: Client,
) -> None:
    confirmed, invited = sign_up(client), users.person("applicant")
    EmailAddress.objects.update(verified=True)
    other = users.person("applicant")
    address = EmailAddress(user=other, email=other.email, verified=False)
    address.save()
    User.objects.filter(pk=other.pk).update(last_login=clock.now())
    for user in (confirmed, invited, other):
        age_account(user)
    expiry.forget_all(clock.now())
    remaining = User.objects.filter(pk__in=[confirmed.pk, invited.pk, other.pk])
    assert remaining.count() == 3


def test_somebody_with_whom_something_was_done_is_not_forgotten() -> None:
    user = users.applicant()
    EmailAddress.objects.filter(user=user).delete()
    EmailAddress.objects.create(user=user, email=user.email, verified=False)
    age_account(user)
    expiry.forget_all(clock.now())
    assert User.objects.filter(pk=user.pk).exists()
    assert not Event.objects.filter(name="person.forgotten").exists()


def test_sessions_that_ended_are_forgotten(client: Client) -> None:
    client.force_login(users.applicant())
    Client().force_login(users.applicant())
    ended = Session.objects.first()
    assert ended is not None
    ended.expire_date = clock.now() - MINUTE
    ended.save()
    expiry.forget_all(clock.now())
    assert Session.objects.count() == 1


def test_cached_counts_that_ended_are_forgotten() -> None:
    cache.set("ended", 1, timeout=-1)
    cache.set("running", 1, timeout=60)
    expiry.forget_all(clock.now())
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM shared_cache")
        assert [key for (key,) in cursor.fetchall()] == [":1:running"]


def test_codes_are_forgotten_and_letters_about_cases_are_kept() -> None:
    now = clock.now()
    [code] = letters.queue_written(
        letters.ACCOUNT, addresses=["x@example.org"], title="Code", text="1", at=MOMENT
    )
    [other] = letters.queue_written(
        "offered", addresses=["x@example.org"], title="Offer", text="…", at=MOMENT
    )
    expiry.forget_all(now)
    assert list(Letter.objects.all()) == [other]
    assert code.kind == "account"


def test_failures_of_jobs_are_forgotten_after_a_while() -> None:
    now = clock.now()
    for at in (now, now - 2 * limits.FAILURE_LIFE):
        JobFailure.objects.create(job="j", job_id="1", error="E", place="", at=at)
    expiry.forget_all(now)
    assert JobFailure.objects.count() == 1


def test_one_that_fails_does_not_keep_the_others_waiting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fails(at: object) -> None:
        raise RuntimeError

    Quota.objects.create(
        name="n", subject="w", starts_at=MOMENT, ends_at=MOMENT, amount=1
    )
    rules: Registry[Rule] = Registry(key=lambda rule: rule.table)
    rules.register(Rule("first", fails), *expiry.rules)
    monkeypatch.setattr(expiry, "rules", rules)
    expiry.forget_all(clock.now())
    assert not Quota.objects.exists()


# --- files made for somebody -----------------------------------------------
def test_twice_the_reports_of_an_hour_are_refused() -> None:
    user = users.official()
    for _ in range(limits.REPORTS_A_PERSON):
        reports.ask(Cases(), params={}, by=user, at=MOMENT)
    for _ in range(limits.REPORTS_A_PERSON):
        with pytest.raises(TooOften, match="at most 20 of these in an hour"):
            reports.ask(Cases(), params={}, by=user, at=MOMENT)
    assert Report.objects.count() == limits.REPORTS_A_PERSON
    reports.ask(Cases(), params={}, by=users.official(), at=MOMENT)


def test_twice_the_exports_of_an_hour_are_refused_with_a_page(client: Client) -> None:
    client.force_login(users.analyst())
    answers = [
        client.get("/reports/all-cases.csv") for _ in range(2 * limits.EXPORTS_A_PERSON)
    ]
    for answer in answers[: limits.EXPORTS_A_PERSON]:
        assert b"".join(answer)
    refused = answers[-1]
    assert [answer.status_code for answer in answers] == [200] * 10 + [429] * 10
    assert 0 < int(refused["Retry-After"]) <= 3_601
    assert "at most 10 of these in an hour" in refused.content.decode()


# --- what is written about it ----------------------------------------------
def test_what_grows_is_written_down_for_every_table() -> None:
    """For a new table, say in docs/growth.csv what makes it grow and what limits it."""
    with (DOCS / "growth.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    tables = {
        model._meta.db_table for model in apps.get_models(include_auto_created=True)
    }
    assert sorted(row["table"] for row in rows) == sorted({*tables, "shared_cache"})
    assert all(row["grows by"] and row["bounded by"] for row in rows)
    documented_tables = {row["table"] for row in rows if row["forgotten after"]}
    assert documented_tables >= {rule.table for rule in expiry.rules}
    limited = set(re.findall(r"\b[A-Z]+(?:_[A-Z]+)+\b", str(rows)))
    assert {name for name in limited if not hasattr(limits, name)} == {
        "ACCOUNT_RATE_LIMITS",
        "MAX_ENTRIES",
    }


def test_each_limit_is_written_down_as_it_is() -> None:
    page = (DOCS / "limits.md").read_text()
    documented = dict(re.findall(r"^\| `([A-Z_]+)` \| ([^|]+) \|", page, re.MULTILINE))
    actual = {
        name: limit_text(value)
        for name, value in vars(limits).items()
        if name.isupper()
    }
    assert {name: text.strip() for name, text in documented.items()} == actual


def limit_text(value: int | timedelta) -> str:
    if isinstance(value, int):
        return f"{value:,}"
    for unit, seconds in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        number, remainder = divmod(int(value.total_seconds()), seconds)
        if not remainder and number:
            return f"{number} {unit}{'' if number == 1 else 's'}"
    raise AssertionError(value)
