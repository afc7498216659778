"""Who is in which section is said to the others, and forgotten after a minute."""

import pytest

from bids.domain import presence
from bids.models import Presence
from tests import cases, cast
from tests.dates import MOMENT, later

pytestmark = pytest.mark.django_db


def test_the_others_are_named_for_a_minute() -> None:
    draft = cases.draft(complete=False)
    one, two = cases.editor_of(draft.lead), cast.applicant(draft.lead)
    presence.note(draft, section="idea", by=one, at=MOMENT)
    there = presence.others(draft, two, later(seconds=60))
    assert presence.names(there, "idea") == [str(one)]
    assert presence.names(there, "money") == []
    assert presence.others(draft, one, MOMENT) == []
    assert presence.others(draft, two, later(seconds=61)) == []


def test_who_is_heard_of_again_is_there_once_and_the_others_are_dropped() -> None:
    draft = cases.draft(complete=False)
    one, two = cases.editor_of(draft.lead), cast.applicant(draft.lead)
    presence.note(draft, section="idea", by=one, at=MOMENT)
    presence.note(draft, section="idea", by=two, at=MOMENT)
    presence.note(draft, section="idea", by=one, at=later(minutes=2))
    assert [(row.user, row.at) for row in Presence.objects.all()] == [
        (one, later(minutes=2))
    ]
