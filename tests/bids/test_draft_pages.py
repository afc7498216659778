"""The pages of a draft, used by two people of one organisation, as by browsers without
JavaScript.
"""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bids.domain import expressions
from bids.models import AnswerVersion, Expression
from innovation.accounts.models import User
from tests.dates import MOMENT, OPENS_AT
from tests.factories import cases, users

pytestmark = pytest.mark.django_db


class Writer:
    """Somebody with the section “The idea” of a draft open in a browser."""

    def __init__(
        self, user: User, draft: Expression, section: str = "the-idea"
    ) -> None:
        self.user, self.draft = user, draft
        self.client = Client()
        self.client.force_login(user)
        self.address = reverse("bids:expression-section", args=[draft.key, section])
        self.open()

    def open(self) -> str:
        answer = self.client.get(self.address)
        self.hidden = {
            "seen": answer.context["seen"],
            "submission": answer.context["submission"],
            "writer": answer.context["writer"],
        }
        return answer.content.decode()

    def save(self, **values: Any) -> Any:
        fields = {"title": "A better front door", "summary": "", **values}
        return self.client.post(self.address, {**self.hidden, **fields})

    def page(self, name: str, *more: object) -> str:
        return reverse(f"bids:expression-{name}", args=[self.draft.key, *more])


@pytest.fixture
def draft() -> Expression:
    round = cases.round_(opens_at=OPENS_AT, closes_at=None)
    return cases.draft(round=round, complete=False)


@pytest.fixture
def one(draft: Expression) -> Writer:
    return Writer(cases.editor_of(draft.lead), draft)


@pytest.fixture
def two(draft: Expression) -> Writer:
    return Writer(users.applicant(draft.lead), draft)


def summary() -> str:
    return Expression.objects.get().summary


def test_what_is_saved_leads_back_and_is_in_the_form_again(one: Writer) -> None:
    assert one.save(summary="Homes near a hub.").status_code == 302
    assert summary() == "Homes near a hub."
    assert "Homes near a hub." in one.open()
    assert one.hidden["seen"] == "summary:1"


def test_two_who_change_different_answers_both_keep_theirs(
    one: Writer, two: Writer
) -> None:
    one.save(summary="From one")
    assert two.save(title="From two").status_code == 302
    expression = Expression.objects.get()
    assert (expression.title, expression.summary) == ("From two", "From one")


def test_a_save_over_a_newer_one_shows_both_texts(one: Writer, two: Writer) -> None:
    one.save(summary="From one")
    answer = two.save(summary="From two", title="New title")
    assert answer["Location"] == two.page("overtaken")
    expression = Expression.objects.get()
    assert (expression.title, expression.summary) == ("New title", "From one")
    page = two.client.get(answer["Location"]).content.decode()
    assert page.index("From one") < page.index("From two")
    assert str(one.user) in page


def marks(page: str) -> list[tuple[str, str, str]]:
    """The marked words: the element, what a screen reader says of them, the words."""
    pattern = (
        r'<(ins|del) class="[\w-]+"><span class="govuk-visually-hidden">\((.*?): '
        r"</span>(.*?)<span"
    )
    return [
        (element, said, words.strip())
        for element, said, words in re.findall(pattern, page)
    ]


def test_both_texts_mark_the_words_that_only_they_have(
    one: Writer, two: Writer
) -> None:
    one.save(summary="Families keep one social worker")
    two.save(summary="Families keep their own social worker")
    page = two.client.get(two.page("overtaken")).content.decode()
    assert marks(page) == [
        ("del", "only in what is saved", "one"),
        ("ins", "only in what you typed", "their own"),
    ]
    assert page.count("social worker") >= 2


def choose_version(writer: Writer, choice: str, **more: Any) -> Any:
    page = writer.client.get(writer.page("overtaken"))
    shown_number = page.context["form"].initial["seen_summary"]
    fields = {"choice_summary": choice, "seen_summary": shown_number, **more}
    return writer.client.post(writer.page("overtaken"), fields)


@pytest.mark.parametrize(
    ("choice", "stands"),
    [("theirs", "From one"), ("mine", "From two"), ("both", "Both")],
)
def test_the_writer_chooses_and_is_asked_no_more(
    choice: str, stands: str, one: Writer, two: Writer
) -> None:
    one.save(summary="From one")
    two.save(summary="From two")
    assert choose_version(two, choice, both_summary="Both").status_code == 302
    assert summary() == stands
    answer = two.client.get(two.page("overtaken"))
    assert answer["Location"] == reverse("bids:expression", args=[two.draft.key])
    texts = {row.raw_input["summary"][0] for row in AnswerVersion.objects.all()}
    assert {"From one", "From two", stands} == texts


def test_the_text_of_both_begins_with_both(one: Writer, two: Writer) -> None:
    one.save(summary="From one")
    two.save(summary="From two")
    page = two.client.get(two.page("overtaken"))
    assert page.context["form"].initial["both_summary"] == "From one\n\nFrom two"


def test_choosing_nothing_is_an_error(one: Writer, two: Writer) -> None:
    one.save(summary="From one")
    two.save(summary="From two")
    answer = choose_version(two, "")
    assert answer.status_code == 422
    assert "Select a text for “What is the idea?”" in answer.content.decode()


def test_choosing_over_a_still_newer_text_shows_that_one(
    one: Writer, two: Writer
) -> None:
    one.save(summary="From one")
    two.save(summary="From two")
    page = two.client.get(two.page("overtaken"))
    shown_number = page.context["form"].initial["seen_summary"]
    one.open()
    one.save(summary="From one, longer")
    fields = {"choice_summary": "mine", "seen_summary": shown_number}
    answer = two.client.post(two.page("overtaken"), fields)
    assert answer["Location"] == two.page("overtaken")
    assert summary() == "From one, longer"
    assert "From one, longer" in two.client.get(answer["Location"]).content.decode()


def test_going_back_to_a_page_and_saving_again_is_no_collision(one: Writer) -> None:
    one.save(summary="First")
    assert one.save(summary="Second").status_code == 302
    assert summary() == "Second"


def test_what_cannot_be_read_is_kept_and_shown_with_its_error(
    draft: Expression,
) -> None:
    money = Writer(cases.editor_of(draft.lead), draft, "money")
    answer = money.client.post(
        money.address, {**money.hidden, "money__2014": "lots", "match": "No"}
    )
    assert answer.status_code == 422
    page = money.open()
    assert 'value="lots"' in page
    assert "<title>Error:" in page
    case = money.client.get(reverse("bids:expression-check", args=[draft.key]))
    assert "check the numbers and dates" in case.content.decode()
    valid = {**money.hidden, "money__2014": "£1,200", "match": "No"}
    assert money.client.post(money.address, valid).status_code == 302
    assert 'value="£1,200"' in money.open()
    assert Expression.objects.get().money.get().amount.pence == 120_000


def test_every_version_can_be_looked_at_and_put_back(one: Writer) -> None:
    for text in ("First", "Second", "Third"):
        one.save(summary=text)
    page = one.client.get(one.page("versions", "summary"))
    listing = page.content.decode()
    assert [row["version"].number for row in page.context["rows"]] == [3, 2, 1]
    assert marks(listing) == [
        ("del", "removed", "Second"),
        ("ins", "added", "Third"),
        ("del", "removed", "First"),
        ("ins", "added", "Second"),
    ]
    address = one.page("version", "summary", 1)
    assert marks(one.client.get(address).content.decode()) == [
        ("del", "removed", "Third"),
        ("ins", "added", "First"),
    ]
    assert one.client.post(address).status_code == 302
    assert summary() == "First"
    assert AnswerVersion.objects.filter(code="summary").count() == 4
    assert "First" in one.open()


@pytest.mark.parametrize("number", ["0", "9", "x", "9" * 30, "-1"])
def test_a_version_that_is_not_there_is_not_found(number: str, one: Writer) -> None:
    one.save(summary="First")
    assert one.client.get(one.page("version", "summary", number)).status_code == 404
    assert one.client.get(one.page("versions", "nothing")).status_code == 404


def test_nobody_else_sees_the_versions(one: Writer) -> None:
    one.save(summary="First")
    for outsider in (users.outsider(), users.official()):
        client = Client()
        client.force_login(outsider)
        for page in (
            one.page("versions", "summary"),
            one.page("version", "summary", 1),
            one.page("overtaken"),
        ):
            assert client.get(page).status_code in {403, 404}
            assert client.post(page).status_code in {403, 404, 405}


def autosave(writer: Writer, **values: Any) -> Any:
    fields = {"title": "A better front door", "summary": "", **values}
    accept = {"accept": "application/json"}
    return writer.client.post(
        writer.address, {**writer.hidden, **fields}, headers=accept
    )


def test_the_page_saves_by_itself_and_hears_what_it_has_seen(
    one: Writer, two: Writer
) -> None:
    answer = autosave(one, summary="Ho")
    assert answer.status_code == 200
    assert answer.json()["seen"] == "summary:1"
    assert autosave(one, summary="Homes").json()["seen"] == "summary:2"
    assert summary() == "Homes"
    assert autosave(two, summary="").json()["here"] == [str(one.user)]
    assert str(two.user) in one.open()


def test_a_page_that_saves_by_itself_is_told_of_a_newer_text(
    one: Writer, two: Writer
) -> None:
    one.save(summary="From one")
    answer = autosave(two, summary="From two", title="New title")
    assert answer.status_code == 409
    assert answer.json()["overtaken"] == two.page("overtaken")
    assert answer.json()["seen"] == "summary:0 title:2"
    assert Expression.objects.get().title == "New title"


def test_a_sitting_is_shown_by_its_last_text(one: Writer) -> None:
    for text in ("H", "Ho", "Hom"):
        autosave(one, summary=text)
    one.save(summary="Home")
    address = one.page("versions", "summary")
    listing = one.client.get(address).content.decode()
    assert listing.count("app-version") == 1
    assert one.client.get(f"{address}?all=1").content.decode().count("app-version") == 4


def test_what_is_typed_while_it_is_sent_is_kept_and_said(
    one: Writer, two: Writer
) -> None:
    expressions.withdraw(one.draft, by=one.user, at=MOMENT)
    answer = two.save(summary="Too late")
    assert answer.status_code == 409
    assert "saved in the earlier versions of the answer" in answer.content.decode()
    assert autosave(two, summary="Later still").status_code == 409
    listing = two.client.get(two.page("versions", "summary")).content.decode()
    assert "Too late" in listing
    assert "Typed after it was sent" in listing


def test_what_was_kept_after_the_session_ended_still_collides(
    one: Writer, two: Writer
) -> None:
    """It comes back with what its page had seen, not as if it had seen all."""
    two.client.logout()
    two.save(summary="From two")
    one.save(summary="From one")
    two.client.force_login(two.user)
    assert "From two" in two.open()
    assert two.save(summary="From two")["Location"] == two.page("overtaken")
    assert summary() == "From one"


def test_a_page_keeps_what_it_has_seen_of_what_is_held_back(
    one: Writer, two: Writer
) -> None:
    """What looks as if it told of a child is asked about before it is saved."""
    one.save(summary="From one")
    two.open()
    answer = autosave(two, summary="Ellie Marsh, born 3 March 2009").json()
    assert answer["held"]
    assert answer["seen"] == "summary:1"
    assert summary() == "From one"
