"""Words that may identify a child are found, and ordinary figures are not."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.gb import nhs, upn

from innovation.core.child_data import (
    Kind,
    find,
    is_pupil_number,
)

TODAY = date(2015, 2, 28)
DIGITS = "0123456789"
GAPS = st.sampled_from(["", " ", "-", "\u00a0", "–", " - ", "."])
AROUND = st.sampled_from(
    [("", ""), ("The number is ", "."), ("(", ")"), ("NHS: ", ", and"), ("a\n", "\nb")]
)


def kinds(text: str) -> list[Kind]:
    return [one.kind for one in find(text, today=TODAY)]


def words(text: str) -> list[str]:
    return [one.words for one in find(text, today=TODAY)]


@st.composite
def nhs_numbers(draw: st.DrawFn) -> str:
    nine = draw(st.text(DIGITS, min_size=9, max_size=9))
    weighed = sum(int(d) * w for d, w in zip(nine, range(10, 1, -1), strict=True))
    last = (11 - weighed % 11) % 11
    if last == 10:
        # Never issued: the next number but one, which has another check digit.
        return draw(nhs_numbers())
    return f"{nine}{last}"


@st.composite
def pupil_numbers(draw: st.DrawFn) -> str:
    eleven = draw(st.text(DIGITS, min_size=11, max_size=11))
    last = draw(st.sampled_from(DIGITS + "ABCDEFGHJKLMNPQRTUVWXYZ"))
    return upn.calc_check_digit(eleven + last) + eleven + last


@given(nhs_numbers(), GAPS, GAPS, AROUND)
def test_every_nhs_number_is_found_however_it_is_spaced(
    number: str, one: str, two: str, around: tuple[str, str]
) -> None:
    number_text = f"{number[:3]}{one}{number[3:6]}{two}{number[6:]}"
    findings = find(f"{around[0]}{number_text}{around[1]}", today=TODAY)
    assert [(each.kind, each.words) for each in findings] == [
        (Kind.NHS_NUMBER, number_text)
    ]


@given(nhs_numbers(), st.integers(0, 9), st.integers(1, 9))
def test_an_nhs_number_with_one_wrong_digit_is_not_one(
    number: str, place: int, more: int
) -> None:
    wrong_digit = str((int(number[place]) + more) % 10)
    assert not nhs.is_valid(number[:place] + wrong_digit + number[place + 1 :])


@given(pupil_numbers(), GAPS, st.booleans(), AROUND)
def test_every_pupil_number_is_found(
    number: str, gap: str, is_lower_case: bool, around: tuple[str, str]
) -> None:
    parts = [number[0], number[1:4], number[4:8], number[8:10], number[10:]]
    number_text = gap.join(parts)
    number_text = number_text.lower() if is_lower_case else number_text
    findings = find(f"{around[0]}{number_text}{around[1]}", today=TODAY)
    assert Kind.PUPIL_NUMBER in [each.kind for each in findings]
    assert any(number_text in each.words for each in findings)


@given(pupil_numbers(), st.integers(1, 11), st.integers(1, 9))
def test_a_pupil_number_with_one_wrong_digit_is_not_one(
    number: str, place: int, more: int
) -> None:
    wrong_digit = str((int(number[place]) + more) % 10)
    assert not is_pupil_number(number[:place] + wrong_digit + number[place + 1 :])


def test_digits_of_another_script_count_as_digits() -> None:
    arabic = str.maketrans(DIGITS, "٠١٢٣٤٥٦٧٨٩")
    assert kinds("9434765919".translate(arabic)) == [Kind.NHS_NUMBER]
    assert kinds("B801200005001".translate(arabic)) == [Kind.PUPIL_NUMBER]


def test_published_examples() -> None:
    assert nhs.is_valid("9434765919")
    assert not nhs.is_valid("9434765918")
    assert is_pupil_number("B801200005001")
    assert is_pupil_number("H801200001001")
    of_a_later_authority = "940200001001"
    assert is_pupil_number(
        upn.calc_check_digit(of_a_later_authority) + of_a_later_authority
    )
    assert not is_pupil_number("A801200005001")


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("Amy Jones, born 04/05/2008, moved", "Jones, born 04/05/2008"),
        ("Amy (DOB 4.5.08) moved", "Amy (DOB 4.5.08"),
        ("Amy was born on 4 May 2008 in", "Amy was born on 4 May 2008"),
        ("Amy’s date of birth is 2008-05-04", "Amy’s date of birth is 2008-05-04"),
        ("Name: Amy\nD.O.B. 4th of May 2008", "Amy\nD.O.B. 4th of May 2008"),
        ("born May 4, 2008: Amy", "born May 4, 2008: Amy"),
        ("DOB: 04/05/2008 Siân-Lee", "DOB: 04/05/2008 Siân-Lee"),
        ("Amy Jones (04/05/2008) and", "Amy Jones (04/05/2008"),
        ("Jean-Luc O’Brien, 04-05-2008", "Jean-Luc O’Brien, 04-05-2008"),
    ],
)
def test_a_name_with_a_date_of_birth_is_found(text: str, finding: str) -> None:
    assert kinds(text) == [Kind.NAME_AND_BIRTH]
    assert words(text) == [finding] or finding.endswith(words(text)[0])


@pytest.mark.parametrize(
    "text",
    [
        "We ask for £1,234,567,890 and spend 12,500,000 by 2016.",
        "Ring 020 7946 0000, 01632 960 001, 07700 900123 or +44 7700 900123.",
        "Councils E09000001, E10000016 and S12000033; org GB-COH-07582475.",
        "Grant reference EOI-7K3M2-9QXTR, bid BID-0K3M2-9QXTZ, invoice 2015/0042-17.",
        "ISBN 0306406152 and ISBN 978-0-306-40615-7 say so.",
        "Sort code 12-34-56, account 12345678, card 4929 1234 5678 9012.",
        "The Children Act 1989 and the Care Act 2014 came before 1 April 2015.",
        "The work starts on 1 September 2014 and ends on 31 March 2016.",
        "Jane Smith, our director, joined the council on 3 May 2014.",
        "Jane Smith (born 4 May 1968) is our director.",
        "The Investment Board, 03/03/2015, and Round One (01/04/2014) agreed.",
        "In 2013-14 there were 1 234 567 8901 such things, or 99.5% of 0.1234567890.",
        "Amy is seven, and moved three times in 2013.",
        "He was born on 4 May 2008.",
    ],
)
def test_ordinary_prose_is_left_alone(text: str) -> None:
    assert words(text) == []


@given(st.text())
def test_any_text_can_be_looked_through(text: str) -> None:
    for one in find(text, today=TODAY):
        assert text[one.place : one.place + len(one.words)] == one.words


@given(st.integers(0, 10**9), st.sampled_from(["£{:,}", "£{}m", "{:,} children", "{}"]))
def test_amounts_below_a_thousand_million_are_left_alone(
    amount: int, amount_text: str
) -> None:
    assert words(f"We ask for {amount_text.format(amount)} in all.") == []


def test_each_stretch_is_told_of_once_and_in_order() -> None:
    text = "B801200005001, then 943 476 5919, then Amy, born 04/05/2008."
    assert kinds(text) == [
        Kind.PUPIL_NUMBER,
        Kind.NHS_NUMBER,
        Kind.NAME_AND_BIRTH,
    ]
