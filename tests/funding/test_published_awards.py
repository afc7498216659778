"""What the public reads of an award: what is not known says so."""

from datetime import date

import pytest

from funding.domain.queries import published_awards
from funding.models import Award
from innovation.core.money import Money


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
