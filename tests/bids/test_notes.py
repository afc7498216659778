"""Officials write notes about a case, for each other only."""

import pytest
from django.test import Client

from bids.domain import notes
from bids.models import Note
from innovation.audit.models import Event
from innovation.core import limits
from innovation.core.errors import Invalid, NotAllowed, TooLate
from tests.dates import MOMENT
from tests.factories import cases, users

pytestmark = pytest.mark.django_db


def test_a_note_is_written_and_read_by_officials(client: Client) -> None:
    case, writer, reader = (
        cases.submitted_expression(),
        users.official(),
        users.official(),
    )
    client.force_login(writer)
    address = f"/cases/{case.key}/notes"
    assert f'href="{address}"' in client.get(f"/cases/{case.key}").content.decode()
    assert f'href="{address}/new"' in client.get(address).content.decode()
    answer = client.post(
        f"{address}/new", {"text": "Ring <b>the</b> council:\n\ton Monday"}
    )
    assert answer["Location"] == address
    client.force_login(reader)
    page = client.get(address).content.decode()
    assert "Ring &lt;b&gt;the&lt;/b&gt; council:<br>\ton Monday" in page
    assert writer.name in page
    event = Event.objects.get(name="expression.noted")
    assert (event.subject, event.data) == (case.key, {})
    history = client.get(f"/cases/{case.key}/history").content.decode()
    assert "council:" not in history


def test_nobody_else_reads_or_writes_one(client: Client) -> None:
    case = cases.submitted_expression()
    notes.add(case, text="Secret", by=users.official(), at=MOMENT)
    coach = users.assign(users.coach(), case)
    for user in (coach, users.analyst(), users.secretary(), cases.editor_of(case.lead)):
        client.force_login(user)
        for page in ("notes", "notes/new"):
            assert client.get(f"/cases/{case.key}/{page}").status_code == 403
        with pytest.raises(NotAllowed):
            notes.add(case, text="Mine", by=user, at=MOMENT)
        own, history = f"/apply/expressions/{case.key}", f"/cases/{case.key}/history"
        for page in (f"/cases/{case.key}", history, own):
            text = client.get(page).content.decode()
            assert "Secret" not in text
            assert "/notes" not in text


@pytest.mark.parametrize("text", ["", " \n", "x" * (limits.MESSAGE + 1)])
def test_a_note_without_text_or_too_long_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        notes.add(
            cases.submitted_expression(), text=text, by=users.official(), at=MOMENT
        )
    assert not Note.objects.exists()


def test_there_are_no_notes_on_a_draft(client: Client) -> None:
    draft, official = cases.draft(), users.official()
    client.force_login(official)
    assert client.get(f"/cases/{draft.key}/notes").status_code == 404
    with pytest.raises((NotAllowed, TooLate)):
        notes.add(draft, text="Early", by=official, at=MOMENT)
