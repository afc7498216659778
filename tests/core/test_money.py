import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovation.core.money import MAX_PENCE, Money, NotMoney


@pytest.mark.parametrize(
    ("text", "pence"),
    [
        ("0", 0),
        ("1234", 123_400),
        ("£1,234.50", 123_450),
        (" £ 1,234.5 ", 123_450),
        ("4.8m", 480_000_000),
        ("£3 million", 300_000_000),
        ("2.5k", 250_000),
        ("1bn", 100_000_000_000),
        ("GBP 12", 1_200),
        ("-7.01", -701),
        ("£1\u00a0000".replace("\u00a0", ""), 100_000),
    ],
)
def test_what_people_write_is_read(text: str, pence: int) -> None:
    assert Money.parse(text) == Money(pence)


@pytest.mark.parametrize(
    "text",
    ["", "ten", "1,23", "1.234", "£", "1e5", "12 34", "£1.2.3", "9" * 14, "0.001k1"],
)
def test_what_is_no_amount_is_refused_with_what_to_write(text: str) -> None:
    with pytest.raises(NotMoney, match="Enter an amount"):
        Money.parse(text)


@given(st.integers(-MAX_PENCE + 1, MAX_PENCE - 1))
def test_an_amount_is_read_back_as_it_is_written(pence: int) -> None:
    assert Money.parse(Money(pence).decimal) == Money(pence)


@given(st.lists(st.integers(-(10**12), 10**12)))
def test_sums_are_exact(pence: list[int]) -> None:
    total = sum((Money(each) for each in pence), Money(0))
    assert total == Money(sum(pence))
    assert total - total == Money(0)
    assert -total + total == Money(0)


def test_an_amount_is_added_to_nothing_but_an_amount() -> None:
    with pytest.raises(TypeError):
        5 + Money(1)


@pytest.mark.parametrize(
    ("pence", "text"),
    [(0, "£0"), (123_450, "£1,234.50"), (100_000_000, "£1,000,000"), (-5, "-£0.05")],
)
def test_an_amount_is_written_for_people(pence: int, text: str) -> None:
    assert str(Money(pence)) == text
