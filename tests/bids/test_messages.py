"""Messages between the applicant and the department about a case."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bids import conflicts, policies
from bids.domain import messages
from bids.models import Expression, Message
from innovation.accounts.models import User
from innovation.audit.models import Event
from innovation.core.errors import Invalid, NotAllowed, TooLate
from innovation.core.registry import Registry
from innovation.notifications.models import Letter
from tests.bids.test_conflicts import ClosedBid
from tests.dates import MOMENT, moment_after
from tests.factories import cases, users

pytestmark = pytest.mark.django_db


def write(expression: Expression, by: User, text: str = "Hello.") -> Message:
    return messages.send(expression, text=text, by=by, at=MOMENT)


def waiting_texts(user: User) -> list[str]:
    return [message.text for message in policies.messages_waiting(user)]


def events(expression: Expression) -> list[tuple[str, dict[str, Any]]]:
    message_events = Event.objects.filter(
        chain=expression.chain, name__contains="message"
    )
    return list(message_events.order_by("seq").values_list("name", "data"))


def test_a_message_waits_for_the_other_side_until_that_side_answers() -> None:
    expression, official = cases.submitted_expression(), users.official()
    applicant = cases.editor_of(expression.lead)
    first = write(expression, applicant, "May a partner join?")
    assert (waiting_texts(official), waiting_texts(applicant)) == (
        ["May a partner join?"],
        [],
    )
    second = messages.send(
        expression, text="Yes.", by=official, at=moment_after(days=1)
    )
    assert (waiting_texts(official), waiting_texts(applicant)) == ([], ["Yes."])
    first.refresh_from_db()
    assert (first.settled_by, first.settled_at) == (official, moment_after(days=1))
    assert (second.from_department, first.from_department) == (True, False)
    assert events(expression) == [
        ("expression.message_sent", {"message": first.key}),
        ("expression.message_sent", {"message": second.key}),
    ]


def test_several_wait_until_it_is_said_that_they_need_no_answer() -> None:
    expression, official = cases.submitted_expression(), users.official()
    applicant = cases.editor_of(expression.lead)
    write(expression, applicant, "One.")
    write(expression, applicant, "Two.")
    with pytest.raises(TooLate):
        messages.settle(expression, by=applicant, at=MOMENT)
    messages.settle(expression, by=official, at=MOMENT)
    assert waiting_texts(official) == []
    assert events(expression)[-1] == ("expression.messages_settled", {})
    with pytest.raises(TooLate):
        messages.settle(expression, by=official, at=MOMENT)


def test_the_other_side_gets_a_letter_that_repeats_no_word_of_it() -> None:
    expression = cases.submitted_expression()
    applicant, viewer = cases.editor_of(expression.lead), users.viewer(expression.lead)
    official, coach = users.official(), users.coach()
    users.assign(official, expression)
    users.assign(coach, expression)
    for by, kind, to in (
        (applicant, "message_to_department", {official, coach}),
        (official, "message_to_applicant", {applicant, viewer}),
    ):
        write(expression, by, "Privately.")
        posted = Letter.objects.filter(kind=kind)
        assert {letter.recipient for letter in posted} == to
        for letter in posted:
            assert letter.facts == {"title": expression.title}
            assert letter.subject_reference == expression.key


def test_it_leaves_the_case_where_it_stands() -> None:
    bid = cases.bid_in_development()
    write(bid.expression, users.official())
    bid.chain.refresh_from_db()
    assert bid.chain.stage == "bid.in_development"


def test_only_those_who_may_edit_or_develop_the_case_write() -> None:
    expression = cases.submitted_expression()
    for by in (
        users.viewer(expression.lead),
        users.outsider(),
        users.coach(),
        users.analyst(),
        users.secretary(),
        users.member(),
        users.administrator(),
    ):
        with pytest.raises(NotAllowed):
            write(expression, by)
        with pytest.raises(NotAllowed):
            messages.settle(expression, by=by, at=MOMENT)
    assert not Message.objects.exists()
    assert write(expression, users.assign(users.coach(), expression)).from_department


def test_who_belongs_to_the_lead_does_not_speak_for_the_department() -> None:
    expression = cases.submitted_expression()
    both = users.person("official", "applicant")
    assert write(expression, both).from_department
    users.join(both, expression.lead)
    assert not write(expression, both).from_department
    reader = users.person("official", "applicant")
    users.join(reader, expression.lead, "viewer")
    with pytest.raises(NotAllowed):
        write(expression, reader)


def test_nobody_writes_about_a_draft_nor_without_words() -> None:
    draft = cases.draft()
    for by in (cases.editor_of(draft.lead), users.official()):
        with pytest.raises(TooLate):
            write(draft, by)
    expression, official = cases.submitted_expression(), users.official()
    for text in (" ", "x" * (messages.MAX_LENGTH + 1)):
        with pytest.raises(Invalid):
            write(expression, official, text)
    assert not Message.objects.exists()


def test_it_waits_for_nobody_of_another_organisation_or_without_a_say() -> None:
    expression, other = cases.submitted_expression(), cases.submitted_expression()
    official = users.official()
    write(expression, cases.editor_of(expression.lead), "To you.")
    write(other, official, "To them.")
    coach = users.assign(users.coach(), other)
    assert waiting_texts(cases.editor_of(expression.lead)) == []
    assert waiting_texts(cases.editor_of(other.lead)) == ["To them."]
    assert waiting_texts(official) == ["To you."]
    for user in (users.viewer(other.lead), coach, users.analyst(), users.outsider()):
        assert waiting_texts(user) == []


def test_who_declared_an_interest_meets_none_of_it(
    client: Client, monkeypatch: pytest.MonkeyPatch, no_kept_statements: None
) -> None:
    closed = ClosedBid()
    monkeypatch.setattr(conflicts, "rules", Registry())
    conflicts.rules.register(conflicts.ConflictRule(closed.bids, closed.people))
    expression = closed.bid.expression
    users.assign(closed.person, expression)
    write(expression, cases.editor_of(expression.lead))
    assert waiting_texts(closed.person) == []
    assert not Letter.objects.filter(recipient=closed.person).exists()
    client.force_login(closed.person)
    for page in ("case", "case-message", "case-settle"):
        address = reverse(f"bids:{page}", args=[expression.key])
        assert client.get(address).status_code == 404
        assert client.post(address, {"text": "Hello."}).status_code in (404, 405)
    assert "Hello." not in client.get(reverse("bids:messages")).content.decode()


# --- pages ------------------------------------------------------------------


def page_text(client: Client, user: User, name: str, *keys: str) -> str:
    client.force_login(user)
    answer = client.get(reverse(f"bids:{name}", args=keys))
    assert answer.status_code == 200, name
    return answer.content.decode()


def hidden_fields(form: str) -> dict[str, str]:
    return {
        name: form.partition(f'name="{name}" value="')[2].partition('"')[0]
        for name in ("submission", "seen")
    }


def test_both_sides_read_it_on_the_pages_of_the_expression_and_the_bid(
    client: Client,
) -> None:
    bid, official = cases.bid_in_development(), users.official()
    expression, applicant = bid.expression, cases.editor_of(bid.lead)
    write(expression, applicant, "First of all.")
    write(expression, official, "Second of all.")
    applicant_address = reverse("bids:expression-message", args=[expression.key])
    department_address = reverse("bids:case-message", args=[expression.key])
    for name, key in (("expression", expression.key), ("own-bid", bid.key)):
        text = page_text(client, applicant, name, key)
        assert text.index("First of all.") < text.index("Second of all.")
        assert applicant_address in text
        assert f">{applicant}<" in text
        assert str(official) not in text.partition('id="messages"')[2]
        assert "1 message not answered yet" in text
        assert applicant_address not in page_text(
            client, users.viewer(bid.lead), name, key
        )
    text = page_text(client, official, "case-messages", expression.key)
    assert f"{official}, the department" in text
    assert f"{applicant}, the applicant" in text
    assert f'"{department_address}"' in text
    assert "not answered yet" not in text
    analyst = users.analyst()
    text = page_text(client, analyst, "case-messages", expression.key)
    assert f'"{department_address}"' not in text
    assert "First of all." in page_text(
        client, applicant, "expression-message", expression.key
    )


def test_writing_and_settling_through_the_pages(client: Client) -> None:
    expression, official = cases.submitted_expression(), users.official()
    applicant = cases.editor_of(expression.lead)
    key = expression.key
    for user, name, after, text in (
        (applicant, "expression", "expression", "May a partner join?"),
        (official, "case", "case-messages", "Yes."),
    ):
        form = hidden_fields(page_text(client, user, f"{name}-message", key))
        address = reverse(f"bids:{name}-message", args=[key])
        assert client.post(address, form | {"text": " "}).status_code == 422
        for _ in range(2):
            answer = client.post(address, form | {"text": text})
            assert answer["Location"] == reverse(f"bids:{after}", args=[key])
    assert list(Message.objects.values_list("text", flat=True)) == [
        "May a partner join?",
        "Yes.",
    ]
    listed = page_text(client, applicant, "messages")
    assert reverse("bids:expression", args=[key]) in listed
    assert str(official) not in listed
    form = hidden_fields(page_text(client, applicant, "expression-settle", key))
    address = reverse("bids:expression-settle", args=[key])
    assert client.post(address, form).status_code == 302
    assert "no messages to answer" in page_text(client, applicant, "messages")
    assert client.get(address).status_code == 409


@pytest.mark.parametrize("ending", ["message", "settle"])
def test_what_came_while_somebody_was_answering_waits_on(
    client: Client, ending: str
) -> None:
    expression, official = cases.submitted_expression(), users.official()
    applicant = cases.editor_of(expression.lead)
    write(expression, applicant, "Seen.")
    form = hidden_fields(page_text(client, official, f"case-{ending}", expression.key))
    write(expression, applicant, "Not seen.")
    address = reverse(f"bids:case-{ending}", args=[expression.key])
    assert client.post(address, form | {"text": "Answer."}).status_code == 302
    assert waiting_texts(official) == ["Not seen."]


def test_what_came_before_anything_was_shown_waits_on(client: Client) -> None:
    expression, official = cases.submitted_expression(), users.official()
    form = hidden_fields(page_text(client, official, "case-message", expression.key))
    write(expression, cases.editor_of(expression.lead), "Not seen.")
    address = reverse("bids:case-message", args=[expression.key])
    assert client.post(address, form | {"text": "A word."}).status_code == 302
    assert waiting_texts(official) == ["Not seen."]


def test_a_message_that_seems_to_tell_of_a_child_is_asked_about(client: Client) -> None:
    expression, official = cases.submitted_expression(), users.official()
    client.force_login(official)
    address = reverse("bids:case-message", args=[expression.key])
    answer = client.post(address, {"text": "Her number is 943 476 5919."})
    assert answer.status_code == 422
    assert "looks like an NHS number" in answer.content.decode()
    assert not Message.objects.exists()


def test_foreign_organisations_and_readers_do_not_reach_its_pages(
    client: Client,
) -> None:
    expression = cases.submitted_expression()
    write(expression, users.official())
    own = [
        reverse(f"bids:expression-{ending}", args=[expression.key])
        for ending in ("message", "settle")
    ]
    applicant_messages = [
        reverse(f"bids:case-{ending}", args=[expression.key])
        for ending in ("message", "settle")
    ]
    for user, addresses, status in (
        (users.outsider(), own, 404),
        (users.outsider(), applicant_messages, 403),
        (users.viewer(expression.lead), own, 403),
        (users.coach(), applicant_messages, 404),
        (users.analyst(), applicant_messages, 403),
    ):
        client.force_login(user)
        for address in addresses:
            assert client.get(address).status_code == status
            assert client.post(address, {"text": "Hello."}).status_code == status
    assert Message.objects.count() == 1


def test_the_home_of_each_side_counts_what_waits(client: Client) -> None:
    expression, official = cases.submitted_expression(), users.official()
    applicant = cases.editor_of(expression.lead)
    for by, other, words in (
        (applicant, official, "1 message from an applicant to answer"),
        (official, applicant, "1 message from the department to answer"),
    ):
        write(expression, by)
        client.force_login(other)
        assert words in client.get("/home").content.decode()
        client.force_login(by)
        assert "to answer" not in client.get("/home").content.decode()


def test_three_messages_cost_no_more_queries_than_one(
    client: Client, count_queries: Callable[[Client, str], int]
) -> None:
    bid, official = cases.bid_in_development(), users.official()
    expression, applicant = bid.expression, cases.editor_of(bid.lead)
    key = expression.key
    pages = (
        (applicant, "expression", key),
        (applicant, "own-bid", bid.key),
        (applicant, "expression-message", key),
        (applicant, "messages", None),
        (official, "case", key),
        (official, "case-messages", key),
        (official, "case-message", key),
        (official, "messages", None),
    )

    def count() -> list[int]:
        results = []
        for user, name, about in pages:
            client.force_login(user)
            address = reverse(f"bids:{name}", args=[about] if about else [])
            results.append(count_queries(client, address))
        client.force_login(official)
        return [*results, count_queries(client, "/home")]

    write(expression, applicant)
    one = count()
    for _ in range(2):
        write(expression, applicant)
    other = cases.submitted_expression()
    write(other, cases.editor_of(other.lead))
    assert count() == one
    assert max(one) <= 12, one
