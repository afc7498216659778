"""Official numbers in the form of their registers.

Numbers are normalised, so that each has one form: spaces and dashes are removed,
letters become capitals, and leading zeros that a spreadsheet has removed are added.
They have no check digits, so only prefix, range and length can be checked.

Sources: Companies House “Company number prefixes”; the numbers in the registers of the
Charity Commission for England and Wales, OSCR and the Charity Commission for Northern
Ireland; the Mutuals Public Register; NHS organisation codes.
"""

import re
from collections.abc import Callable

COMPANY_PREFIXES = {
    # England and Wales, Scotland, Northern Ireland
    "company": ("SC", "NI"),
    "limited liability partnership": ("OC", "SO", "NC"),
    "limited partnership": ("LP", "SL", "NL"),
    "charitable incorporated organisation": ("CE", "CS"),
    "royal charter or special act": ("RC", "SR", "NR", "ZC", "SZ", "NZ"),
    "registered society": ("RS", "SP", "IP", "NP", "NO"),
    "overseas company": ("FC", "SF", "NF", "OE"),
    "European grouping": ("GE", "GS", "GN"),
    "investment company": ("IC", "SI"),
    "assurance company": ("AC", "SA", "NA"),
    "protected cell company": ("PC",),
    "unregistered company": ("NV",),
    "European company": ("SE", "ES", "EN"),
}
_PREFIXES = "|".join(
    sorted({prefix for group in COMPANY_PREFIXES.values() for prefix in group})
)
_COMPANY = re.compile(
    rf"(?P<letters>(?:{_PREFIXES}|R(?=0))?)(?P<digits>[0-9]+)(?P<end>R?)"
)
COMPANY = (
    "A company number is 8 digits, or 2 letters and 6 digits, like 01234567 or SC123456"
)
CHARITY = "A charity number has 6 or 7 digits, like 1234567"
SCOTTISH = "A Scottish charity number is SC and 6 digits, like SC012345"
NORTHERN_IRISH = "A Northern Ireland charity number is NIC and 6 digits, like NIC101234"
SOCIETY = "A mutuals register number is up to 6 digits and letters, like 31234R"
NHS = "An NHS organisation code has 3 to 6 letters and digits, like RAX"
COUNCIL = "A council’s register code has 3 letters"


class NotANumber(ValueError):
    """The number is impossible; the message says what such a number looks like."""


def company(number: str) -> str:
    """Eight characters: `1234567` is `01234567`, `sc 1234` is `SC001234`."""
    match = _COMPANY.fullmatch(number)
    if match is None or len(number) > 8:
        raise NotANumber(COMPANY)
    letters, digits, end = match.group("letters", "digits", "end")
    if end and letters not in {"IP", "SP", "NP"}:
        raise NotANumber(COMPANY)
    if not int(digits) or (not letters and len(digits) < 6):
        raise NotANumber(COMPANY)
    return str(letters + digits.zfill(8 - len(letters) - len(end)) + end)


def charity(number: str) -> str:
    """England and Wales: from 200000; a linked charity has a number after a dash."""
    match = re.fullmatch(r"([1-9][0-9]{5,6})(?:-0*([0-9]{1,3}))?", number)
    if match is None or not 200_000 <= int(match[1]) < 2_000_000:
        raise NotANumber(CHARITY)
    linked = int(match[2] or 0)
    return f"{match[1]}-{linked}" if linked else match[1]


def scottish_charity(number: str) -> str:
    match = re.fullmatch(r"(?:SC)?(0?[0-9]{5})", number)
    if match is None or not int(match[1]):
        raise NotANumber(SCOTTISH)
    return "SC" + match[1].zfill(6)


def northern_irish_charity(number: str) -> str:
    match = re.fullmatch(r"(?:NIC|NI)?(1[0-9]{5})", number)
    if match is None:
        raise NotANumber(NORTHERN_IRISH)
    return f"NIC{match[1]}"


def society(number: str) -> str:
    return _require_pattern(r"(?:IP|SP|NP|RS)?[0-9]{1,6}[A-Z]?", number, SOCIETY)


def nhs(number: str) -> str:
    return _require_pattern(r"[A-Z0-9]{3,6}", number, NHS)


def council(number: str) -> str:
    return _require_pattern(r"[A-Z]{3}", number, COUNCIL)


def other(number: str) -> str:
    return _require_pattern(r"\S{1,40}", number, "Enter the number")


def _require_pattern(pattern: str, number: str, sentence: str) -> str:
    if not re.fullmatch(pattern, number):
        raise NotANumber(sentence)
    return number


READERS: dict[str, Callable[[str], str]] = {
    "GB-COH": company,
    "GB-CHC": charity,
    "GB-SC": scottish_charity,
    "GB-NIC": northern_irish_charity,
    "GB-MPR": society,
    "GB-NHS": nhs,
    "GB-LAE": council,
}


def read(scheme: str, number: str) -> str:
    """The number in the form of the register of `scheme`. Raise `NotANumber`."""
    text = re.sub(r"[\s.]+", "", number).upper().replace("–", "-").replace("—", "-")
    if scheme != "GB-CHC":
        text = text.replace("-", "").replace("/", "")
    return READERS.get(scheme, other)(text)
