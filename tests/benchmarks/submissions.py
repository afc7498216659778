"""Expressions sent a second, beside a bare insert-and-commit of the rows that makes.

Both by sixteen clients at once: over HTTP through the whole stack, and straight into
copies of the tables that have no index, no trigger and no constraint.
"""

import os
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from http.client import HTTPConnection
from urllib.parse import urlencode

import psycopg2
from django.db import connection
from django.test import Client

from bids.models import Expression
from tests.benchmarks.web import Server
from tests.factories import cases, users

NUMBER, CLIENTS = 300, 16
_TOKEN = "b" * 32
_ANSWERS = {
    "bids_signature": "expression_id = %(id)s",
    "audit_event": "subject = %(key)s AND name = 'expression.submitted'",
    "notifications_letter": "subject_reference = %(key)s",
    "core_submission": "token LIKE %(token)s",
    "bids_expression": "id = %(id)s",
}
"""What one sending writes, and how its rows are found again."""


@dataclass(frozen=True, slots=True)
class Submissions:
    """Sendings and bare commits a second; the web's CPU seconds for one sending."""

    a_second: float
    bare_a_second: float
    web_cpu: float


@dataclass(frozen=True, slots=True)
class Draft:
    key: str
    pk: int
    cookie: str

    @property
    def token(self) -> str:
        return f"bench-{self.pk}"


def measure(server: Server) -> Submissions:
    drafts = _drafts()
    before = server.cpu()
    sending = _run_together(drafts, lambda mine: _send(server.port, mine))
    cpu = (server.cpu() - before) / len(drafts)
    sent = Expression.objects.filter(
        pk__in=[draft.pk for draft in drafts], submitted_at__isnull=False
    )
    if sent.count() != len(drafts):
        raise SystemExit(f"only {sent.count()} of {len(drafts)} were sent")
    _empty_copies()
    bare = _run_together(drafts, _insert)
    return Submissions(len(drafts) / sending, len(drafts) / bare, cpu)


def _drafts() -> list[Draft]:
    round = cases.round_(closes_at=None)
    drafts = []
    for place in range(NUMBER):
        lead = users.organisation(f"Sending body {place}")
        draft = cases.draft(round=round, lead=lead)
        client = Client()
        client.force_login(cases.editor_of(draft.lead))
        session = client.cookies["sessionid"].value
        cookie = f"sessionid={session}; csrftoken={_TOKEN}"
        drafts.append(Draft(draft.key, draft.pk, cookie))
    return drafts


def _run_together(
    drafts: list[Draft], work: Callable[[Sequence[Draft]], None]
) -> float:
    """Seconds until every client has done its share."""
    threads = [
        threading.Thread(target=work, args=(drafts[place::CLIENTS],))
        for place in range(CLIENTS)
    ]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.perf_counter() - began


def _send(port: int, drafts: Sequence[Draft]) -> None:
    line = HTTPConnection("127.0.0.1", port, timeout=120)
    for draft in drafts:
        form = {
            "agreed": "on",
            "submission": draft.token,
            "csrfmiddlewaretoken": _TOKEN,
        }
        headers = {
            "Cookie": draft.cookie,
            "Content-Type": "application/x-www-form-urlencoded",
        }
        page = f"/apply/expressions/{draft.key}/check"
        line.request("POST", page, urlencode(form), headers)
        answer = line.getresponse()
        answer.read()
        if answer.status != 302:
            raise SystemExit(f"{page}: {answer.status}")
    line.close()


def _empty_copies() -> None:
    with connection.cursor() as cursor:
        for table in _ANSWERS:
            cursor.execute(f"DROP TABLE IF EXISTS bare_{table}")
            cursor.execute(
                f"CREATE TABLE bare_{table} AS SELECT * FROM {table} WITH NO DATA"
            )


def _insert(drafts: Sequence[Draft]) -> None:
    """One transaction for each sending, with every row it made."""
    line = psycopg2.connect(os.environ["DATABASE_URL"])
    for draft in drafts:
        known = {"id": draft.pk, "key": draft.key, "token": f"%{draft.token}"}
        with line, line.cursor() as cursor:
            for table, answer in _ANSWERS.items():
                cursor.execute(
                    f"INSERT INTO bare_{table} SELECT * FROM {table} WHERE {answer}",
                    known,
                )
    line.close()
