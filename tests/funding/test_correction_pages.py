"""The pages of imported cases: open one, ask for a correction, confirm or refuse it."""

import re
from html import unescape
from typing import Any
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from bids.domain import expressions
from bids.models import Expression
from funding.models import Award, Correction, ImportedCase
from innovation.accounts.models import User
from tests.factories import grants, users
from tests.funding.case_corrections import AT, ask, confirm, imported
from tests.funding.historic_cases import apply_import
from tests.funding.page_requests import client_for, get_status, page_url, post_form
from tests.funding.sheets import AWARD, EOI

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("known_names")]


@pytest.fixture
def award(official: User) -> ImportedCase:
    apply_import(official, AWARD, EOI)
    return imported("award")


def case_url(name: str, case: ImportedCase) -> str:
    return reverse(f"funding:{name}", args=[case.subject])


def read(person: User, address: str) -> str:
    response = client_for(person).get(address)
    assert response.status_code == 200
    return unescape(re.sub(r"<[^>]+>", " ", response.content.decode()))


def post(person: User, address: str, **data: Any) -> int:
    return client_for(person).post(address, data).status_code


def test_a_case_is_found_corrected_and_confirmed_by_somebody_else(
    award: ImportedCase, official: User
) -> None:
    listed = read(official, page_url("imported-cases") + f"?q={award.imported.key}")
    assert "Family hubs" in listed
    assert "Peer mentors" in listed
    address = case_url("imported-case", award)
    assert "£1,234.50 (not stated if exact)" in read(official, address)
    correct = case_url("imported-case-correct", award)
    wrong = {"column": "amount", "value": "a lot", "reason": "A slip."}
    assert post(official, correct, **wrong) == 422
    assert post(official, correct, **wrong | {"value": "£2m exactly"}) == 302
    correction = Correction.objects.get()
    assert "waits for a second person" in read(official, address)
    assert get_status(official, "correction-confirm", correction) == 403

    second = users.administrator()
    home = read(second, reverse("dashboard:home"))
    assert "1 correction of an imported case to confirm or refuse" in home
    assert correction.title in read(second, page_url("corrections"))
    confirm_url = page_url("correction-confirm", correction)
    page = read(second, confirm_url)
    assert re.search(r"Known amounts\s+£1,234.50\s+£2,000,000", page)
    assert "No figure of the front page changes." in page
    found = re.search(
        r'name="effect_digest" value="([0-9a-f]{64})"',
        client_for(second).get(confirm_url).content.decode(),
    )
    assert found is not None
    assert post(second, confirm_url, effect_digest="another") == 422
    assert post(second, confirm_url, effect_digest=found[1]) == 302
    assert "Confirmed by" in read(official, page_url("correction", correction))
    assert str(Award.objects.get().amount) == "£2,000,000"
    assert get_status(second, "correction-confirm", correction) == 409
    assert get_status(second, "correction-refuse", correction) == 409


def test_a_case_is_found_however_its_reference_is_written(
    award: ImportedCase, official: User
) -> None:
    key = award.subject.replace("-", " ").lower()
    sheet_id = f"{award.sheet_id.lower()}\u200b"
    for text in (key, award.imported.key.lower(), sheet_id):
        listed = read(
            official, page_url("imported-cases") + f"?{urlencode({'q': text})}"
        )
        assert "Family hubs" in listed, text
    unknown = read(official, page_url("imported-cases") + "?q=AWD-00000-00000")
    assert "Family hubs" not in unknown


def test_a_case_is_retracted(award: ImportedCase, official: User) -> None:
    retract = case_url("imported-case-retract", award)
    assert post(official, retract, reason="") == 422
    assert post(official, retract, reason="Another programme.") == 302
    second, correction = users.official(), Correction.objects.get()
    page = client_for(second).get(page_url("correction-confirm", correction))
    found = re.search(
        r'name="effect_digest" value="([0-9a-f]{64})"', page.content.decode()
    )
    assert found is not None
    post_form(second, "correction-confirm", correction, effect_digest=found[1])
    page_text = read(official, case_url("imported-case", award))
    assert "Retracted  It counts in no figure" in page_text
    assert "Retract it" not in page_text
    assert "Retracted" in read(official, page_url("imported-cases"))


def test_it_is_refused_by_the_second_person_or_taken_back(
    award: ImportedCase, official: User
) -> None:
    for person in (users.official(), official):
        correction = ask(award, official)
        words = "Take it back" if person == official else "Refuse"
        assert words in read(person, page_url("correction", correction))
        post_form(person, "correction-refuse", correction, reason="It is ours.")
        assert "It is ours." in read(person, page_url("correction", correction))
    assert Award.objects.get().state == "recorded"


def test_whoever_declared_an_interest_neither_finds_the_case_nor_reads_its_file(
    award: ImportedCase, official: User
) -> None:
    case = imported("expression")
    stored = Expression.objects.get(key=case.subject)
    bid = expressions.take_forward(stored, by=official, at=AT)
    other = users.person("board_member", "official")
    file = page_url("import-file", case.imported)
    assert client_for(other).get(file).status_code == 200
    grants.interest(bid, other)
    assert client_for(other).get(case_url("imported-case", case)).status_code == 404
    assert "Peer mentors" not in read(other, page_url("imported-cases"))
    assert client_for(other).get(file).status_code == 403
    assert client_for(official).get(file).status_code == 200


def test_a_refused_form_keeps_what_was_typed(
    award: ImportedCase, official: User
) -> None:
    address = case_url("imported-case-correct", award)
    data = {"column": "date", "value": "soon", "reason": "The letter says so."}
    page = client_for(official).post(address, data).content.decode()
    assert "Write the date like" in unescape(page)
    assert "The letter says so." in page


@pytest.mark.parametrize(
    "who", ["outsider", "coach", "secretary", "member", "minister", "finance"]
)
def test_nobody_else_opens_the_pages(
    award: ImportedCase, official: User, who: str
) -> None:
    correction, person = ask(award, official), getattr(users, who)()
    for name in ("imported-cases", "corrections"):
        assert get_status(person, name) == 403
    for name in ("correction", "correction-confirm", "correction-refuse"):
        assert get_status(person, name, correction) == 403
    for name in ("imported-case", "imported-case-correct", "imported-case-retract"):
        assert client_for(person).get(case_url(name, award)).status_code == 403
    assert get_status(None, "corrections") == 302


def test_the_form_is_refused_where_nothing_can_be_asked(
    award: ImportedCase, official: User
) -> None:
    forms = [case_url(f"imported-case-{act}", award) for act in ("correct", "retract")]
    client = client_for(official)
    assert [client.get(form).status_code for form in forms] == [200, 200]
    correction = ask(award, official)
    answers = [client.get(form) for form in forms]
    assert [answer.status_code for answer in answers] == [409, 409]
    assert "already asked to correct" in answers[0].content.decode()
    confirm(correction)
    assert [client.get(form).status_code for form in forms] == [409, 409]
