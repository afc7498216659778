"""The versions of the answers of one case, and which of them count."""

from collections.abc import Iterable

from django.db.models import Max, QuerySet

from bids.domain.applications import Case
from bids.models import AnswerVersion
from innovation.accounts.models import User


def live_versions(case: Case) -> QuerySet[AnswerVersion]:
    """Those that were not set aside, as every other version of the draft."""
    versions: QuerySet[AnswerVersion] = case.versions.filter(set_aside=False)
    return versions


def newest_versions(
    case: Case, codes: Iterable[str] | None = None
) -> dict[str, AnswerVersion]:
    """The version that counts, by code; a code without any is left out."""
    rows = live_versions(case).order_by("code", "-number").distinct("code")
    if codes is not None:
        rows = rows.filter(code__in=list(codes))
    return {row.code: row for row in rows}


def last_numbers(case: Case, codes: Iterable[str]) -> dict[str, int]:
    """Of all versions, those set aside included: the next one comes after them."""
    rows = case.versions.filter(code__in=list(codes)).values("code")
    return dict(rows.annotate(last=Max("number")).values_list("code", "last"))


def versions_of_answer(case: Case, code: str) -> QuerySet[AnswerVersion]:
    """All of them, the newest first."""
    rows: QuerySet[AnswerVersion] = case.versions.filter(code=code)
    return rows.select_related("saved_by").order_by("-number")


def overtaken_versions(case: Case, user: User) -> dict[str, AnswerVersion]:
    """By code, the newest text of this person that came too late and about which they
    have not yet chosen.
    """
    rows = case.versions.filter(
        set_aside=True, settled_at=None, saved_by=user, late=False
    )
    return {row.code: row for row in rows.order_by("code", "-number").distinct("code")}


def unreadable_codes(case: Case) -> list[str]:
    """The codes whose newest version cannot be read, and so was not written down."""
    return [code for code, row in newest_versions(case).items() if not row.readable]
