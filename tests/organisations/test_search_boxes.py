"""Every search box finds each real organisation and council, however it is written."""

import unicodedata
from collections.abc import Callable, Iterator
from datetime import date

import pytest

from bids.forms.question_types.names import parse_councils, parse_organisations
from innovation.organisations.domain.queries.councils import Directory
from innovation.organisations.domain.queries.organisations import (
    OrganisationFilters,
    organisations_called,
)
from innovation.organisations.models import Council, CouncilCode, Organisation

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
WAYS: tuple[Callable[[str], str], ...] = (
    str.upper,
    str.lower,
    lambda name: name.replace("'", "’"),
    lambda name: name.replace("’", "'").replace("'", ""),
    lambda name: name.replace(" and ", " & "),
    lambda name: name.replace("&", "and").replace(" ", "\u00a0 "),
    lambda name: name.replace("-", "–"),
    lambda name: name.replace(",", "").replace(".", "").replace("-", " "),
    lambda name: f"\ufeff{name[:3]}\u200b{name[3:]}\u200e ",
    lambda name: "".join(f"{c}\u0301" if c in "aeiou" else c for c in name),
)
EVERY = pytest.mark.parametrize("step", [12, pytest.param(1, marks=pytest.mark.soak)])


def written(name: str) -> Iterator[str]:
    assert len(WAYS) == 10
    for way in WAYS:
        yield unicodedata.normalize("NFC", way(name))


def open_today(council: Council | None) -> bool:
    return council is None or council.closed_on is None or council.closed_on >= TODAY


@EVERY
def test_boxes_of_organisations(councils: Directory, step: int) -> None:
    everyone = Organisation.objects.select_related("council").order_by("pk")
    assert len(everyone) > 160
    for organisation in everyone[::step]:
        texts = list(written(organisation.name))
        for text in texts:
            assert organisation in organisations_called(text), text
            found = OrganisationFilters(text=text).narrow(Organisation.objects.all())
            assert organisation in found, text
        if open_today(organisation.council):
            assert parse_organisations("\n".join(texts)) == [organisation]


@EVERY
def test_boxes_of_councils(councils: Directory, step: int) -> None:
    codes = list(CouncilCode.objects.select_related("council"))
    assert len(codes) > 160
    for code in codes[::step]:
        council = code.council
        names = {code.name, code.official_name, code.gss_code, council.dfe_number}
        texts = [text for name in names - {""} for text in written(name)]
        for text in texts:
            assert council in councils.find(text), text
            valid_to = code.valid_to or TODAY
            assert councils.resolve(text, on=valid_to) == council, text
        if open_today(council):
            assert parse_councils("\n".join(texts)) == [council]


def test_a_name_of_today_is_never_taken_for_a_closed_council(
    councils: Directory,
) -> None:
    [dorset] = parse_councils("Dorset")
    assert dorset.dfe_number == "838"
    assert parse_organisations("Dorset Council")[0].council == dorset
