"""docs/pgbouncer.ini does what docs/production.md says: a real PgBouncer in transaction
mode, between the real server and the database.
"""

import os
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import psycopg2
import pytest
from django.conf import settings
from django.db import connection
from django.urls import reverse

from bids.models import Expression
from innovation.accounts.models import User
from innovation.audit.verification import first_fault
from innovation.core.timeouts import WEB
from innovation.notifications.models import Letter
from innovation.reporting.models import Report
from tests.concurrency import run_concurrently
from tests.dates import OPENS_AT
from tests.factories import cases, users
from tests.server.conftest import StartServer
from tests.server.pooler import Pooler, set_role_defaults
from tests.server.raw_http import CSRF_TOKEN, RawConnection, post, session_of
from tests.server.test_locks import lock_draft
from tests.server.test_outages import signed_in_client

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = 6
CONNECTIONS = 2
LIMITS = "lock_timeout", "statement_timeout", "idle_in_transaction_session_timeout"
StartPooler = Callable[..., Pooler]


@pytest.fixture
def start_pooler(tmp_path: Path) -> Iterator[StartPooler]:
    started: list[Pooler] = []

    def start(**changed: str) -> Pooler:
        pooler = Pooler(tmp_path)
        started.append(pooler)
        set_role_defaults(pooler)
        # A new session, which has the defaults.
        connection.close()
        pooler.start(**changed)
        return pooler

    yield start
    for pooler in started:
        pooler.stop()


def environment(pooler: Pooler) -> dict[str, str]:
    """The variables that docs/production.md gives for the web process."""
    return {"DATABASE_URL": pooler.url, "PREPARED_STATEMENTS": "0"}


def sessions_of_pooler() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
        )
        return int(cursor.fetchone()[0])


def submit(
    site: str, draft: Expression, unfinished: Expression, user: User
) -> list[int]:
    """Save one automatically, and send the other; the form is sent twice."""
    check = reverse("bids:expression-check", args=[draft.key])
    section = reverse("bids:expression-section", args=[unfinished.key, "the-idea"])
    draft_fields = {"title": f"About {draft.key}", "csrfmiddlewaretoken": CSRF_TOKEN}
    form_data = {"agreed": "on", "submission": "one", "csrfmiddlewaretoken": CSRF_TOKEN}
    with signed_in_client(site, session_of(user)) as client:
        headers = {"Accept": "application/json"}
        return [
            client.get(reverse("bids:expression", args=[draft.key])).status_code,
            client.get(section).status_code,
            client.post(section, data=draft_fields, headers=headers).status_code,
            client.get(check).status_code,
            client.post(check, data=form_data).status_code,
            client.post(check, data=form_data).status_code,
        ]


def read_as_official(site: str, session: str) -> list[int]:
    """Lists, a CSV that is streamed, and a report that is asked for."""
    form_data = {"kind": "all-cases", "file_format": "csv"}
    with signed_in_client(site, session) as client:
        return [
            client.get("/cases/").status_code,
            client.head("/reports/all-cases.csv").status_code,
            client.get("/reports/all-cases.csv").status_code,
            client.get("/rounds/").status_code,
            client.post(
                "/reports/new",
                data={**form_data, "csrfmiddlewaretoken": CSRF_TOKEN},
            ).status_code,
        ]


def test_many_people_share_a_few_connections(
    start_pooler: StartPooler, serve: StartServer
) -> None:
    pooler = start_pooler(default_pool_size=str(CONNECTIONS))
    server = serve(workers=2, threads=4, env=environment(pooler))
    round = cases.round_(opens_at=OPENS_AT, closes_at=None)
    leads = [users.organisation(f"Body {number}") for number in range(PEOPLE)]
    pairs = [
        (cases.draft(round=round, lead=lead), cases.draft(round=round, lead=lead))
        for lead in leads
    ]
    sendings = [
        partial(submit, server.site, draft, other, cases.editor_of(draft.lead))
        for draft, other in pairs
    ]
    reading = partial(read_as_official, server.site, session_of(users.official()))
    *answers, read = run_concurrently([*sendings, reading])
    assert answers == [[200, 200, 200, 200, 302, 302]] * PEOPLE
    assert read == [200, 200, 200, 200, 302]
    for draft, other in pairs:
        draft.refresh_from_db()
        other.refresh_from_db()
        assert draft.state == "submitted"
        assert (other.state, other.title) == ("draft", f"About {draft.key}")
    assert Letter.objects.filter(kind="expression_received").count() == PEOPLE
    assert Report.objects.count() == 1
    assert first_fault() is None
    assert sessions_of_pooler() == CONNECTIONS


def test_with_prepared_statements_pages_fail_behind_it(
    start_pooler: StartPooler, serve: StartServer
) -> None:
    """The control: two processes prepare the same names in one connection."""
    pooler = start_pooler(default_pool_size="1")
    cases.round_()
    statuses = []
    for setting in ("0", "1"):
        env = environment(pooler) | {"PREPARED_STATEMENTS": setting}
        servers = [serve(env=env) for _ in range(2)]
        session = session_of(users.official())
        for server in servers:
            with signed_in_client(server.site, session) as client:
                statuses.append(client.get("/cases/").status_code)
    assert statuses == [200, 200, 200, 500]


def test_its_connections_have_what_web_gives_its_own(start_pooler: StartPooler) -> None:
    pooler = start_pooler()
    limits = [pooler.show(name) for name in (*LIMITS, "join_collapse_limit")]
    assert limits == ["3s", "10s", "30s", "5"]
    assert limits[:3] == [
        f"{seconds}s" for seconds in (WEB.lock, WEB.statement, WEB.idle_in_transaction)
    ]


def test_it_refuses_the_settings_of_a_connection_unless_it_is_told_to_ignore_them(
    start_pooler: StartPooler,
) -> None:
    """The control of `ignore_startup_parameters`."""
    pooler = start_pooler(ignore_startup_parameters="extra_float_digits")
    with pytest.raises(psycopg2.OperationalError, match="unsupported startup param"):
        pooler.connect(options="-c join_collapse_limit=5")


_LONGER = """
    import django; django.setup()
    from contextlib import closing
    import psycopg2
    from django.conf import settings
    from django.db import connection, transaction
    from bids.models import Expression
    from innovation.core import timeouts
    from innovation.web.csv_export import stream_csv

    SHOW = "SELECT current_setting('statement_timeout')"

    def own():
        with connection.cursor() as cursor:
            cursor.execute(SHOW)
            return cursor.fetchone()[0]

    def other():
        with closing(psycopg2.connect(URL)) as line, line.cursor() as cursor:
            cursor.execute(SHOW)
            return cursor.fetchone()[0]

    timeouts.set_process_timeouts(timeouts.WEB)
    rows = Expression.objects.extra(select={"x": SHOW[7:]}).values_list("x")
    shown = [own()]
    with timeouts.use_timeouts(timeouts.LONG):
        shown.append(other())
        with transaction.atomic():
            with transaction.atomic():
                shown.append(own())
        with transaction.atomic():
            shown.append(own())
        shown.append(other())
    _, row = stream_csv(["x"], rows)
    print(*shown, row.decode().strip(), own(), other())
"""


def test_longer_timeouts_hold_for_transactions_and_reach_nobody_else(
    start_pooler: StartPooler,
) -> None:
    """There is one connection, which every transaction gets."""
    pooler = start_pooler(default_pool_size="1")
    cases.draft()
    process = subprocess.run(
        [
            *(sys.executable, "-W", "ignore", "-c"),
            f"URL = {pooler.url!r}\n{textwrap.dedent(_LONGER)}",
        ],
        cwd=settings.BASE_DIR,
        env={**os.environ, **environment(pooler)},
        capture_output=True,
        text=True,
    )
    assert process.returncode == 0, process.stderr
    usual, longer = "10s", "10min"
    assert process.stdout.split() == [
        *(usual, usual, longer, longer, usual),
        *(longer, usual, usual),
    ]


def test_who_is_sending_waits_for_longer_behind_it_too(
    start_pooler: StartPooler, serve: StartServer
) -> None:
    draft = cases.draft(round=cases.round_(opens_at=OPENS_AT, closes_at=None))
    server = serve(env=environment(start_pooler()))
    session = session_of(cases.editor_of(draft.lead))
    page = reverse("bids:expression-check", args=[draft.key])
    form = {"agreed": "on", "submission": "t"}
    with lock_draft(draft):
        line = RawConnection(server.port)
        line.send(post(page, form, session=session))
        assert not line.is_answered(WEB.lock + 1)
    assert line.answer().headers["Location"].endswith("/sent")


def test_a_page_that_gets_no_connection_is_told_to_try_again(
    start_pooler: StartPooler, serve: StartServer
) -> None:
    pooler = start_pooler(default_pool_size="1", query_wait_timeout="1")
    server = serve(env=environment(pooler))
    with signed_in_client(server.site) as client:
        with closing(pooler.connect()) as line, line.cursor() as cursor:
            cursor.execute("BEGIN")
            answer = client.get("/rounds/")
            assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
            cursor.execute("COMMIT")
        assert client.get("/rounds/").status_code == 200
