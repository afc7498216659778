"""Users see who has which section open, until a minute after they left."""

import pytest

from bids.domain import presence
from bids.models import Presence
from tests.dates import MOMENT, moment_after
from tests.factories import cases, users

pytestmark = pytest.mark.django_db


def test_the_others_are_named_for_a_minute() -> None:
    draft = cases.draft(complete=False)
    one, two = cases.editor_of(draft.lead), users.applicant(draft.lead)
    presence.record_presence(draft, section="idea", by=one, at=MOMENT)
    present = presence.others_present(draft, two, moment_after(seconds=60))
    assert presence.names_in_section(present, "idea") == [str(one)]
    assert presence.names_in_section(present, "money") == []
    assert presence.others_present(draft, one, MOMENT) == []
    assert presence.others_present(draft, two, moment_after(seconds=61)) == []


def test_who_is_heard_of_again_is_there_once_and_the_others_are_dropped() -> None:
    draft = cases.draft(complete=False)
    one, two = cases.editor_of(draft.lead), users.applicant(draft.lead)
    presence.record_presence(draft, section="idea", by=one, at=MOMENT)
    presence.record_presence(draft, section="idea", by=two, at=MOMENT)
    presence.record_presence(draft, section="idea", by=one, at=moment_after(minutes=2))
    assert [(row.user, row.at) for row in Presence.objects.all()] == [
        (one, moment_after(minutes=2))
    ]
