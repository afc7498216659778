"""What the cards on an applicant’s pages say: what to do, by when and for how much."""

import re
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from html import unescape

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from bids.domain import lateness, sign_off, signature_requests
from bids.models import Bid, Expression
from innovation.accounts.domain import departures, memberships
from innovation.accounts.models import Membership, User
from innovation.core import clock
from innovation.dashboard import cards
from innovation.web.cards import Card
from tests.audit_events import recorded_changes
from tests.dates import CLOSES_AT, MOMENT
from tests.factories import cases, grants, users

pytestmark = pytest.mark.django_db
TICK = timedelta(microseconds=1)
Make = Callable[[], Bid | Expression]
AWKWARD = "Families <b>& “O’Neill’s”</b> " + "x" * 80


def home(user: User, at: datetime = MOMENT) -> cards.HomeCards:
    return cards.home_cards(user, at=at)


def only(shown: Sequence[Card]) -> Card:
    (card,) = shown
    return card


def words(card: Card) -> list[tuple[str, str, str]]:
    return [(task.words, task.deadline, task.href) for task in card.tasks]


def page_words(client: Client, user: User, address: str) -> str:
    client.force_login(user)
    page = client.get(address).content.decode()
    main = page[page.index("<h1") : page.index("</main>")]
    return " ".join(unescape(re.sub("<[^>]+>", " ", main)).split())


def test_a_draft_says_by_when_and_for_how_much() -> None:
    editor = users.applicant()
    draft = cases.draft(by=editor, title=AWKWARD)
    card = only(home(editor).to_do)
    assert (card.title, card.amount) == (AWKWARD, "£8,000")
    assert card.href == f"/apply/expressions/{draft.key}"
    assert words(card) == [
        ("Finish it and send it", "5pm (UK time) on 19 December 2014", "")
    ]
    assert not home(users.outsider())
    assert not home(users.official())


def test_the_home_page_draws_each_card_with_its_heading(client: Client) -> None:
    editor = users.applicant()
    round = cases.round_(closes_at=None)
    cases.draft(round=round, by=editor, title=AWKWARD, complete=False)
    shown = page_words(client, editor, "/home")
    assert AWKWARD in shown
    assert "What to do Finish it and send it" in shown
    assert "By when There is no deadline: the round stays open" in shown
    assert "How much Not entered yet" in shown
    page = client.get("/home").content.decode()
    assert "<b>" not in page
    assert len(re.findall("<h2[^>]*govuk-summary-card__title", page)) == 1


def test_a_viewer_is_told_what_colleagues_have_to_do() -> None:
    draft = cases.draft()
    shown = home(users.viewer(draft.lead))
    assert not shown.to_do
    assert only(shown.waiting).note == (
        "Your colleagues who can edit it have to do this by 5pm (UK time) on 19 "
        "December 2014: finish it and send it."
    )


def test_whoever_is_asked_to_sign_is_led_to_the_sign_off() -> None:
    draft = cases.draft()
    signer = cases.editor_of(draft.lead)
    editor = users.applicant(draft.lead, "editor")
    signature_requests.ask(draft, of=signer, by=editor, at=MOMENT)
    assert words(only(home(signer).to_do)) == [
        (
            "Sign it off, or say why you do not",
            "5pm (UK time) on 19 December 2014",
            f"/apply/expressions/{draft.key}/sign-off",
        )
    ]
    bid = cases.bid_in_development(lead=draft.lead)
    signature_requests.ask(bid, of=signer, by=editor, at=MOMENT)
    assert (
        "Sign it off, or say why you do not",
        "There is no deadline",
        f"/apply/bids/{bid.key}/sign-off",
    ) in [words(card)[0] for card in home(signer).to_do]


def test_the_card_of_whoever_asked_says_how_the_sign_off_stands() -> None:
    draft = cases.draft()
    signer = cases.editor_of(draft.lead)
    editor = users.applicant(draft.lead, "editor")
    address = f"/apply/expressions/{draft.key}/sign-off"
    until = "5pm (UK time) on 19 December 2014"

    def card_words() -> list[tuple[str, str, str]]:
        return words(only(home(editor).to_do))

    request = signature_requests.ask(draft, of=signer, by=editor, at=MOMENT)
    assert card_words() == [("Send it when somebody has signed it off", until, address)]
    signature_requests.decline(request, reason="Not yet.", by=signer, at=MOMENT)
    assert card_words() == [
        ("Read why it was not signed off, and ask again", until, address)
    ]
    sign_off.sign(draft, by=signer, at=MOMENT)
    assert card_words() == [("Send it, now that it is signed off", until, address)]
    assert only(home(users.viewer(draft.lead)).waiting).note == (
        f"Your colleagues who can edit it have to do this by {until}: send it, now "
        "that it is signed off."
    )
    colleague = users.applicant(draft.lead, "administrator")
    departures.remove(signer.memberships.get(), by=colleague, at=MOMENT)
    assert card_words() == [
        ("Read why it was not signed off, and ask again", until, address)
    ]
    assert not home(users.outsider())


def test_the_card_of_a_bid_tells_of_its_own_sign_off() -> None:
    bid = cases.bid_in_development()
    signer = cases.editor_of(bid.lead)
    editor = users.applicant(bid.lead, "editor")
    assert words(only(home(editor).to_do)) == [
        ("Complete your bid and send it", "There is no deadline", "")
    ]
    sign_off.sign(bid, by=signer, at=MOMENT)
    assert words(only(home(editor).to_do)) == [
        (
            "Send it, now that it is signed off",
            "There is no deadline",
            f"/apply/bids/{bid.key}/sign-off",
        )
    ]
    returned = cases.returned_bid(lead=bid.lead)
    assert (
        "Change your bid and send it again",
        "There is no deadline",
        "",
    ) in [words(card)[0] for card in home(editor).to_do], returned.key


def test_a_provisional_draft_is_on_the_home_page_of_whoever_started_it() -> None:
    lead = users.council_organisation()
    member, newcomer = users.applicant(lead), users.person("applicant")
    with recorded_changes():
        Membership.objects.create(
            user=newcomer, organisation=lead, standing="editor", asked_at=MOMENT
        )
    cases.draft(lead=lead, by=newcomer)
    assert only(home(newcomer).to_do).tasks[0].words == (
        "Finish it. You can send it once somebody has confirmed that you work for "
        f"{lead.name}"
    )
    assert not home(member)
    membership = newcomer.memberships.get()
    memberships.refuse(membership, reason="No.", by=users.official(), at=MOMENT)
    card = only(home(newcomer).waiting)
    assert card.note.startswith(f"You have no open request to join {lead.name}")
    assert not home(member)


def test_a_question_leads_to_its_answer_and_the_first_to_end_comes_first() -> None:
    editor = users.applicant()
    cases.draft(by=editor)
    lead = users.organisation_of(editor)
    clarification = cases.open_clarification(lead=lead)
    question, draft = home(editor).to_do
    key = clarification.expression.key
    assert words(question) == [
        (
            "Answer our question",
            "11:59pm (UK time) on 19 November 2014",
            f"/apply/expressions/{key}/answer",
        )
    ]
    assert draft.tasks[0].words == "Finish it and send it"


def test_a_draft_of_a_closed_round_says_so_and_a_late_entry_opens_it() -> None:
    draft = cases.draft()
    editor = cases.editor_of(draft.lead)
    assert home(editor, CLOSES_AT).to_do
    shown = home(editor, CLOSES_AT + TICK)
    assert not shown.to_do
    assert not shown.waiting
    assert only(shown.over).note == (
        "The round closed at 5pm (UK time) on 19 December 2014, so you can no longer "
        "send this. Open it to see what you can do."
    )
    lateness.allow_late_entry(
        draft.round,
        organisation=draft.lead,
        until=CLOSES_AT + timedelta(days=2),
        reason="Their line was down.",
        by=users.official(),
        at=CLOSES_AT + TICK,
    )
    card = only(home(editor, CLOSES_AT + timedelta(days=1)).to_do)
    assert card.tasks[0].deadline == "5pm (UK time) on 21 December 2014"


@pytest.mark.parametrize(
    ("make", "task", "note"),
    [
        (cases.submitted_expression, "", "We are reading it."),
        (cases.bid_in_development, "Complete your bid and send it", ""),
        (cases.returned_bid, "Change your bid and send it again", ""),
        (cases.submitted_bid, "", "We are considering it."),
        (cases.bid_at_board, "", "We are considering it."),
        (cases.bid_with_minister, "", "We are considering it."),
        (grants.approved_bid, "", "We will write to you with the offer of a grant."),
    ],
)
def test_each_state_has_its_words(make: Make, task: str, note: str) -> None:
    case = make()
    editor = cases.editor_of(case.lead)
    shown = home(editor)
    card = only([*shown.to_do, *shown.waiting])
    assert [one.words for one in card.tasks] == ([task] if task else [])
    assert card.note.startswith(note)
    assert not home(users.outsider())


def test_an_approved_bid_leads_to_its_offer_and_its_grant_has_the_card(
    client: Client,
) -> None:
    award = grants.offered_award()
    assert award.bid is not None
    signer = grants.recipient_of(award)
    card = only(home(signer).to_do)
    assert card.href == f"/grants/{award.key}/"
    assert words(card)[0][0] == "Accept or decline the offer"
    assert card.amount == "£8,000"

    for address in ("/apply/", f"/apply/bids/{award.bid.key}"):
        client.force_login(signer)
        page = client.get(address).content.decode()
        assert f'href="/grants/{award.key}/"' in page, address
        assert "Read the offer of a grant and answer it" in page, address
    client.force_login(users.outsider())
    assert award.key not in client.get("/apply/").content.decode()


def test_a_colleague_who_cannot_sign_is_told_who_answers_the_offer() -> None:
    award = grants.offered_award()
    editor = users.applicant(award.lead, "editor")
    shown = home(editor)
    assert not shown.to_do
    assert only(shown.waiting).note == (
        "Only an authoriser of your organisation can do this: accept or decline the "
        "offer."
    )


def test_a_running_grant_says_what_to_hand_in_and_to_claim() -> None:
    report = grants.monitoring_report()
    award = report.award
    payment = grants.planned_payment(award)
    signer = grants.recipient_of(award)
    before = only(
        home(signer, clock.end_of_day(payment.due_on - timedelta(days=1))).to_do
    )
    assert [one.words for one in before.tasks] == [
        f"Hand in the report on {report.period}"
    ]
    assert "overdue" not in before.tasks[0].deadline
    due = only(home(signer, clock.end_of_day(payment.due_on)).to_do)
    assert (f"Claim the payment of {payment.amount}", "You can claim it now") in {
        (one.words, one.deadline) for one in due.tasks
    }
    after = only(
        home(signer, clock.end_of_day(report.due_on + timedelta(days=1))).to_do
    )
    [late] = [one for one in after.tasks if one.words == before.tasks[0].words]
    assert late.deadline == f"{before.tasks[0].deadline} (overdue)"


def test_what_has_ended_is_on_the_list_and_not_at_home(client: Client) -> None:
    declined = cases.declined_expression()
    editor = cases.editor_of(declined.lead)
    assert not home(editor)
    shown = page_words(client, editor, "/apply/")
    assert "We did not take it forward. You can read our feedback." in shown
    grants.closed_award()
    holder = User.objects.filter(memberships__organisation__awards__state="closed")
    signer = holder.get()
    assert not home(signer)
    assert "Your grant has ended." in page_words(client, signer, "/grants/")


def test_the_pages_of_a_closed_draft_say_what_can_be_done(client: Client) -> None:
    draft = cases.draft()
    cases.question_set(draft.round)
    editor, viewer = cases.editor_of(draft.lead), users.viewer(draft.lead)
    address = f"/apply/expressions/{draft.key}"
    closed = "closed at 5pm (UK time) on 19 December 2014, so you can no longer send"
    for page in (address, f"{address}/sections/the-idea", f"{address}/check"):
        shown = page_words(client, editor, page)
        assert closed in shown, page
        assert "use your answers in another round" in shown, page
        assert "receipt" in shown, page
    shown = page_words(client, viewer, address)
    assert closed in shown
    assert "use your answers in another round" not in shown
    client.force_login(users.outsider())
    assert client.get(address).status_code == 404


def test_the_answers_of_a_closed_draft_start_another_in_an_open_round(
    client: Client,
) -> None:
    draft = cases.draft()
    still_open = cases.round_(closes_at=None)
    editor = cases.editor_of(draft.lead)
    client.force_login(editor)
    address = f"/apply/expressions/{draft.key}/start-again"
    assert client.get(address).status_code == 200
    answer = client.post(address, {"round": still_open.key})
    assert answer.status_code == 302
    copy = Expression.objects.get(started_from=draft)
    assert (copy.round, copy.title) == (still_open, draft.title)
    # One that can be sent is carried on with.
    answer = client.get(f"/apply/expressions/{copy.key}/start-again")
    assert answer.status_code == 409


def test_as_many_queries_however_many_cases(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    editor = users.applicant()
    lead = users.organisation_of(editor)
    for count in (1, 3):
        while Expression.objects.count() < count:
            cases.draft(by=editor)
            grants.offered_award(cases.assessed_bid(lead=lead))
        with django_assert_num_queries(2):
            home(editor)


def test_no_more_cards_than_a_page_has(client: Client) -> None:
    editor = users.applicant()
    round = cases.round_()
    for _ in range(27):
        cases.draft(round=round, by=editor, complete=False)
    shown = home(editor)
    assert len(shown.to_do) == 25
    assert shown.has_more
    assert "More of your expressions of interest" in page_words(client, editor, "/home")
