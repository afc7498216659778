"""Official numbers: each brought into the one form its register keeps."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from innovation.organisations.domain import numbers
from innovation.organisations.domain.numbers import NotANumber, read

SCHEMES = sorted(numbers.READERS)
LETTERS = st.sampled_from(
    sorted({p for group in numbers.COMPANY_PREFIXES.values() for p in group})
)


@pytest.mark.parametrize(
    ("scheme", "text", "saved"),
    [
        ("GB-COH", "01234567", "01234567"),
        ("GB-COH", " 1234567 ", "01234567"),
        ("GB-COH", "12674479", "12674479"),
        ("GB-COH", "sc 123456", "SC123456"),
        ("GB-COH", "SC1234", "SC001234"),
        ("GB-COH", "ni-012345", "NI012345"),
        ("GB-COH", "OC300123", "OC300123"),
        ("GB-COH", "CE012345", "CE012345"),
        ("GB-COH", "R0000123", "R0000123"),
        ("GB-COH", "IP12345R", "IP12345R"),
        ("GB-CHC", "1 090 095", "1090095"),
        ("GB-CHC", "279417", "279417"),
        ("GB-CHC", "1090095-0", "1090095"),
        ("GB-CHC", "1090095–02", "1090095-2"),
        ("GB-SC", "sc042386", "SC042386"),
        ("GB-SC", "42386", "SC042386"),
        ("GB-NIC", "100019", "NIC100019"),
        ("GB-NIC", "NI 100 019", "NIC100019"),
        ("GB-MPR", "ip031455", "IP031455"),
        ("GB-MPR", "235C", "235C"),
        ("GB-NHS", "rax", "RAX"),
    ],
)
def test_a_number_is_stored_in_the_form_of_its_register(
    scheme: str, text: str, saved: str
) -> None:
    assert read(scheme, text) == saved


@pytest.mark.parametrize(
    ("scheme", "text"),
    [
        ("GB-COH", ""),
        ("GB-COH", "0"),
        ("GB-COH", "00000000"),
        ("GB-COH", "123"),
        ("GB-COH", "123456789"),
        ("GB-COH", "XX123456"),
        ("GB-COH", "SC000000"),
        ("GB-COH", "SC1234567"),
        ("GB-COH", "1234567R"),
        ("GB-COH", "SC12345R"),
        ("GB-COH", "R1234567"),
        ("GB-COH", "١٢٣٤٥٦٧٨"),
        ("GB-CHC", "12345"),
        ("GB-CHC", "0123456"),
        ("GB-CHC", "123456"),
        ("GB-CHC", "2000000"),
        ("GB-CHC", "SC012345"),
        ("GB-SC", "SC123456"),
        ("GB-SC", "SC000000"),
        ("GB-SC", "1234567"),
        ("GB-NIC", "NIC200019"),
        ("GB-NIC", "12345"),
        ("GB-NHS", "!"),
        ("GB-LAE", "WOTS"),
    ],
)
def test_an_impossible_number_is_refused_with_an_example(
    scheme: str, text: str
) -> None:
    with pytest.raises(NotANumber, match=r"^An? .* (is|has) "):
        read(scheme, text)


@given(st.sampled_from(SCHEMES), st.text(max_size=20))
@example("GB-CHC", "1090095-000")
def test_any_text_is_refused_or_normalised_once(scheme: str, text: str) -> None:
    try:
        normalised = read(scheme, text)
    except NotANumber:
        return
    assert normalised.isascii()
    assert 0 < len(normalised) <= 11
    assert read(scheme, normalised) == normalised


@given(st.integers(1, 99_999_999))
def test_a_company_number_is_the_same_with_and_without_leading_zeros(
    number: int,
) -> None:
    full = f"{number:08d}"
    assert read("GB-COH", full) == full
    if number >= 100_000:
        assert read("GB-COH", str(number)) == full
    assert read("GB-COH", " ".join(full)) == full


@given(LETTERS, st.integers(1, 999_999), st.sampled_from(["", " ", "-"]))
def test_the_prefix_of_a_company_number_stays_and_zeros_are_added(
    letters: str, number: int, between: str
) -> None:
    saved = f"{letters}{number:06d}"
    assert read("GB-COH", f"{letters.lower()}{between}{number}") == saved


@given(st.integers(200_000, 1_999_999), st.integers(0, 999))
def test_a_linked_charity_has_another_number_than_its_parent(
    number: int, linked: int
) -> None:
    assert read("GB-CHC", str(number)) == str(number)
    saved = read("GB-CHC", f"{number}-{linked:03d}")
    assert saved == (f"{number}-{linked}" if linked else str(number))


@given(st.integers(1, 99_999))
def test_scottish_charity_numbers_stay_different(number: int) -> None:
    assert read("GB-SC", f"SC0{number:05d}") == f"SC0{number:05d}"
    assert read("GB-SC", f"{number:05d}") == f"SC0{number:05d}"
