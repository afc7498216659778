"""What the public reads of an award: what is not known says so."""

from datetime import date, timedelta

import pytest

from funding.domain.queries import published_awards
from funding.models import Award
from funding.models.award import LEAD_NOT_STATED
from funding.states import AwardState
from innovation.core import clock
from innovation.core.formatting import format_date
from innovation.core.money import Money
from tests.factories import grants, users


@pytest.mark.parametrize(
    ("pounds", "precision", "words"),
    [
        (2_500_000, "more than", "more than £2.5 million"),
        (4_000_000, "about", "about £4 million"),
        (1_950_000, "up to", "up to £1.95 million"),
        (771_000, "up to", "up to £771,000"),
        (3_760_000, "exact", "£3.76 million"),
        (9_750, "exact", "£9,750"),
        (9_750, "not stated", "£9,750 (not stated if exact)"),
        (1_234_567, "almost", "almost £1,234,567"),
        (5_000_000, "estimated", "an estimated £5 million"),
    ],
)
def test_an_amount_is_shown_with_its_precision(
    pounds: int, precision: str, words: str
) -> None:
    award = Award(amount=Money.pounds(pounds), amount_precision=precision)

    assert published_awards.amount(award) == words


def test_the_page_says_that_an_amount_is_unknown() -> None:
    assert published_awards.amount(Award()) == "The source does not give an amount"


@pytest.mark.parametrize(
    ("precision", "words"),
    [("day", "30 November 2014"), ("month", "November 2014"), ("year", "2014")],
)
def test_a_date_is_no_more_precise_than_its_source(precision: str, words: str) -> None:
    award = Award(dated_on=date(2014, 11, 30), date_precision=precision)

    assert published_awards.award_date(award) == words


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("announced", "Announced November 2014"),
        ("announced (approx)", "Announced, approximately November 2014"),
        ("DfE confirmed award", "DfE confirmed award November 2014"),
        ("", "Dated November 2014"),
    ],
)
def test_a_date_says_what_happened_then(kind: str, words: str) -> None:
    award = Award(
        dated_on=date(2014, 11, 30),
        date_precision="month",
        date_kind=kind,
        state=AwardState.RECORDED,
    )

    assert published_awards.date_with_kind(award) == words


def test_an_announcement_to_come_is_not_shown_as_made() -> None:
    today = clock.london_day(clock.now())
    tomorrow = today + timedelta(days=1)

    def words(day: date) -> str:
        award = Award(state=AwardState.ACTIVE, announced_on=day)
        return published_awards.date_with_kind(award, today)

    assert words(today) == f"Announced {format_date(today)}"
    assert words(tomorrow) == f"To be announced {format_date(tomorrow)}"


def test_words_that_name_no_lead_are_not_shown_as_a_name() -> None:
    award = Award(lead_as_published=LEAD_NOT_STATED)

    assert published_awards.lead(award) == published_awards.NO_LEAD


@pytest.mark.django_db
def test_a_name_with_a_comma_stays_one_name_in_a_list() -> None:
    councils = [users.council("Bristol, City of"), users.council("Leeds")]
    award = grants.published_award(councils=councils)

    facts = {row["label"]: row["value"] for row in published_awards.facts(award)}
    assert facts["Councils"] == "; ".join(council.name for council in councils)
