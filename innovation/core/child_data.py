"""Finds words that may identify a child, so that the writer is asked before they are
saved. It can give false warnings, and it misses other ways of writing these:

- An NHS number: ten digits of which the last is right (modulus 11).
- A unique pupil number: a letter, eleven digits and a digit or letter, of which the
  first letter is right (modulus 23), as in the Department for Education’s guide to
  unique pupil numbers.
- A name with a date of birth: beside a word such as “born”, or straight after a first
  and a last name. People born more than `CHILDHOOD` years ago are not children.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from stdnum.gb import nhs, upn


class Kind(StrEnum):
    NHS_NUMBER = "nhs_number"
    PUPIL_NUMBER = "pupil_number"
    NAME_AND_BIRTH = "name_and_birth"


@dataclass(frozen=True, slots=True)
class Finding:
    """`words` is the part of the text, as typed."""

    kind: Kind
    words: str
    place: int


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


CHILDHOOD = 26
"""Years: care leavers are looked after until they are 25."""
_MAX_DISTANCE = 60
"""Characters between a name and a date of birth."""
_GAP = r"[ \t\u00a0\u2009\u202f.\-\u2010-\u2013]{0,3}"
_NHS = re.compile(
    rf"(?:(?<=NHS)|(?<![\w£$€+]))(?<!\d[.,\-/])(\d{{3}}){_GAP}(\d{{3}}){_GAP}(\d{{4}})"
    r"(?![\w%])(?![.,\-/]\d)",
    re.IGNORECASE,
)
_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
"""Without I, O and S."""
_UPN = re.compile(
    rf"(?<![A-Z0-9])[{_LETTERS}](?:{_GAP}\d){{11}}{_GAP}[\d{_LETTERS}](?![A-Z0-9])",
    re.IGNORECASE,
)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?,?"
_NUMERIC = r"\d{1,2}\s?[/.\-]\s?\d{1,2}\s?[/.\-]\s?(?:\d{4}|\d{2})|\d{4}-\d{2}-\d{2}"
_WRITTEN = (
    rf"\d{{1,2}}(?:st|nd|rd|th)?\s(?:of\s)?{_MONTH}\s\d{{4}}"
    rf"|{_MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?,?\s\d{{4}}"
)
_DATE = rf"(?<!\d)(?:{_NUMERIC}|{_WRITTEN})(?!\d)"
_WORD = r"(?:born(?:\son)?|d\.?\s?o\.?\s?b\.?|(?:date\sof\s)?birth(?:\s?(?:date|day))?)"
_BIRTH = re.compile(
    rf"\b{_WORD}\W{{0,6}}(?:(?:is|was|on|the)\s){{0,3}}(?P<date>{_DATE})"
    rf"|(?P<first>{_DATE})\W{{0,6}}{_WORD}\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"\b[A-Z][a-z]+(?:['’\-][A-Z]?[a-z]+)*\b")
_TWO_NAMES = re.compile(
    r"\b(?P<name>[A-Z][a-z'’\-]+(?:[ \t][A-Z][A-Za-z'’\-]+){1,2})[ \t]?[,:(\-–][ \t]?"
    rf"(?P<date>(?<!\d)(?:{_NUMERIC})(?!\d))"
)
_NO_NAMES = _words(
    """
    A An And As At But By Child Children Date Day Birth Birthday Born Dob For From He
    Her Him His I If In It Its My No Of On Our She So That The Their Then There They
    This To Was We When Who With You Your Years Year Name Pupil Student Young Person
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March
    April May June July August September October November December Jan Feb Mar Apr Jun
    Jul Aug Sep Sept Oct Nov Dec
    """
)
_ORGANISATION_WORDS = _words(
    """
    Act Award Bid Board Borough Care Centre Charity City College Committee Council
    County Department Evaluation Fund Government Grant Group Health Hub Investment
    London Milestone Ofsted Panel Phase Plan Programme Project Report Review Round
    School Service Services Stage Start Team Trust Unit University Version Year End
    Deadline Due Date Published Signed Updated Launch
    """
)


def find(text: str, *, today: date) -> list[Finding]:
    """Findings in the order of the text. Where two overlap, the first is kept."""
    matches = (*_nhs_numbers(text), *_pupil_numbers(text), *_births(text, today))
    findings: list[Finding] = []
    for finding in sorted(matches, key=lambda match: (match.place, -len(match.words))):
        if not findings or finding.place >= findings[-1].place + len(
            findings[-1].words
        ):
            findings.append(finding)
    return findings


def is_pupil_number(number: str) -> bool:
    """Thirteen capitals and digits; a temporary number ends in a letter. The library's
    `validate` would miss pupils of local authorities newer than its list of 2011.
    """
    return number[0] == upn.calc_check_digit(number[1:])


def _nhs_numbers(text: str) -> Iterator[Finding]:
    for match in _NHS.finditer(text):
        # An ISBN of ten digits has the same check digit.
        book = text[: match.start()].rstrip(" :-.").upper().endswith("ISBN")
        if not book and nhs.is_valid(_plain_digits("".join(match.groups()))):
            yield Finding(Kind.NHS_NUMBER, match[0], match.start())


def _pupil_numbers(text: str) -> Iterator[Finding]:
    for match in _UPN.finditer(text):
        number = _plain_digits(
            "".join(character for character in match[0].upper() if character.isalnum())
        )
        if is_pupil_number(number):
            yield Finding(Kind.PUPIL_NUMBER, match[0], match.start())


def _plain_digits(number: str) -> str:
    """Write digits of other scripts, which people type too, as 0 to 9."""
    return "".join(
        str(int(character)) if character.isdecimal() else character
        for character in number
    )


def _births(text: str, today: date) -> Iterator[Finding]:
    for match in _BIRTH.finditer(text):
        if _is_of_child(match["date"] or match["first"], today):
            yield from _with_name(text, match)
    for match in _TWO_NAMES.finditer(text):
        names = set(_NAME.findall(match["name"]))
        if not names & (_NO_NAMES | _ORGANISATION_WORDS) and _is_of_child(
            match["date"], today
        ):
            yield Finding(Kind.NAME_AND_BIRTH, match[0], match.start())


def _with_name(text: str, birth: re.Match[str]) -> Iterator[Finding]:
    """The date with the nearest name before it, or else after it."""
    begin = max(0, birth.start() - _MAX_DISTANCE)
    before = [m for m in _NAME.finditer(text, begin, birth.start()) if _is_name(m)]
    after = [
        m
        for m in _NAME.finditer(text, birth.end(), birth.end() + _MAX_DISTANCE)
        if _is_name(m)
    ]
    start, end = birth.span()
    if before:
        start = before[-1].start()
    elif after:
        end = after[0].end()
    else:
        return
    yield Finding(Kind.NAME_AND_BIRTH, text[start:end], start)


def _is_name(match: re.Match[str]) -> bool:
    return match[0] not in _NO_NAMES


def _is_of_child(text: str, today: date) -> bool:
    year = _year(text, today)
    return today.year - CHILDHOOD <= year <= today.year


def _year(text: str, today: date) -> int:
    """A year of two digits is in this century, unless that is in the future."""
    parts = [part for part in re.split(r"\D+", text) if part]
    year = int(max(parts, key=len)) if len(max(parts, key=len)) == 4 else int(parts[-1])
    if year > 99:
        return year
    return year + (2000 if year + 2000 <= today.year else 1900)
