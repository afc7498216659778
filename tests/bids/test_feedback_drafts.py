"""Officials prepare feedback before a case is declined, and release it to several."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from bids.domain import batches, feedback_drafts
from bids.models import Expression, Feedback, FeedbackDraft
from innovation.core.errors import NotAllowed
from tests.dates import MOMENT
from tests.factories import cases, users

pytestmark = pytest.mark.django_db


def prepare(client: Client, case: Expression, text: str) -> None:
    """On its page, for every criterion."""
    address = f"/cases/{case.key}/feedback"
    page = client.get(address).content.decode()
    version = re.search(r'name="version" value="([^"]+)"', page)
    assert version is not None
    texts = {f"criterion_{pk}": text for pk in cases.feedback(case.round)}
    assert client.post(address, {**texts, "version": version[1]}).status_code == 302


def test_prepared_feedback_is_released_to_each(client: Client) -> None:
    one, two = cases.submitted_expression(), cases.submitted_expression()
    client.force_login(users.official())
    prepare(client, one, "Only for A")
    assert "Only for A" in client.get(f"/cases/{one.key}/decline").content.decode()
    address = f"/batches/new/release-feedback?case={one.key}&case={two.key}"
    included, left_out = client.get(address).content.decode().split("Left out</h2>")
    assert "Only for A" in included
    assert two.key not in included
    assert "No feedback is prepared on “Impact”, “Value for money”" in left_out
    client.post(address, {"shown": f"{one.key} {two.key}"})
    batches.carry_out_due(at=timezone.now() + timedelta(hours=1))
    states = [Expression.objects.get(pk=case.pk).state for case in (one, two)]
    assert states == ["declined", "submitted"]
    assert {row.text for row in Feedback.objects.all()} == {"Only for A"}
    assert not FeedbackDraft.objects.exists()


def test_part_of_the_feedback_is_prepared_and_taken_out_again() -> None:
    case, official = cases.submitted_expression(), users.official()
    criterion = case.round.criteria.all()[0]
    for text, kept in (("Say more. ", {criterion.pk: "Say more."}), (" ", {})):
        texts = {criterion.pk: text}
        feedback_drafts.save(case, texts=texts, by=official, at=MOMENT)
        assert feedback_drafts.texts_of(case) == kept
    for outsider in (users.assign(users.coach(), case), cases.editor_of(case.lead)):
        with pytest.raises(NotAllowed):
            feedback_drafts.save(case, texts={}, by=outsider, at=MOMENT)


def test_an_applicant_cannot_tell_that_feedback_is_prepared(client: Client) -> None:
    case = cases.submitted_expression()
    texts = dict.fromkeys(cases.feedback(case.round), "Secret")
    feedback_drafts.save(case, texts=texts, by=users.official(), at=MOMENT)
    client.force_login(cases.editor_of(case.lead))
    page = client.get(f"/apply/expressions/{case.key}").content.decode()
    assert "Secret" not in page
    assert client.get(f"/cases/{case.key}/feedback").status_code in (403, 404)
