"""The versions of the answers of a case."""

from collections.abc import Iterable

from django.db.models import Max, QuerySet

from bids.domain.applications import Case
from bids.models import AnswerVersion
from innovation.accounts.models import User
from innovation.core import statements


def live_versions(case: Case) -> QuerySet[AnswerVersion]:
    """The versions that were not set aside."""
    versions: QuerySet[AnswerVersion] = case.versions.filter(set_aside=False)
    return versions


def newest_versions(
    case: Case, codes: Iterable[str] | None = None
) -> dict[str, AnswerVersion]:
    """The current version, by code; codes without a version are left out."""
    code_values = None if codes is None else tuple(codes)
    rows = statements.fetch(
        _newest_versions, case.pk, code_values, variant=(type(case),)
    )
    return {row.code: row for row in rows}


def _newest_versions(
    model: type[Case], pk: int, codes: tuple[str, ...] | None
) -> QuerySet[AnswerVersion]:
    rows = live_versions(model(pk=pk)).order_by("code", "-number").distinct("code")
    return rows if codes is None else rows.filter(code__in=codes)


def has_version_of_others(case: Case, code: str, number: int, page: str) -> bool:
    """Whether there is a later version than `number` that was not saved from `page`. A
    page that got no reply does not know the number of the version it saved itself.
    """
    pages = (page,) if page else ()
    shape = (type(case),)
    return bool(
        statements.values(_later_versions, case.pk, code, number, pages, variant=shape)
    )


def _later_versions(
    model: type[Case], pk: int, code: str, number: int, pages: tuple[str, ...]
) -> "QuerySet[AnswerVersion, tuple[int]]":
    rows = live_versions(model(pk=pk)).filter(code=code, number__gt=number)
    for page in pages:
        rows = rows.exclude(page=page)
    return rows.order_by().values_list("pk")[:1]


def last_numbers(case: Case, codes: Iterable[str]) -> dict[str, int]:
    """The last numbers of all versions, including those set aside."""
    code_values = tuple(codes)
    return dict(
        statements.values(_last_numbers, case.pk, code_values, variant=(type(case),))
    )


def _last_numbers(
    model: type[Case], pk: int, codes: tuple[str, ...]
) -> "QuerySet[AnswerVersion, tuple[str, int]]":
    rows: QuerySet[AnswerVersion] = model(pk=pk).versions.filter(code__in=codes)
    grouped = rows.order_by().values("code").annotate(last=Max("number"))
    return grouped.values_list("code", "last")


def versions_of_answer(case: Case, code: str) -> QuerySet[AnswerVersion]:
    """All versions of an answer, the newest first."""
    rows: QuerySet[AnswerVersion] = case.versions.filter(code=code)
    return rows.select_related("saved_by").order_by("-number")


def overtaken_versions(case: Case, user: User) -> dict[str, AnswerVersion]:
    """By code, the user's newest text that was overtaken and is not yet resolved."""
    rows = case.versions.filter(
        set_aside=True, settled_at=None, saved_by=user, late=False
    )
    return {row.code: row for row in rows.order_by("code", "-number").distinct("code")}


def unreadable_codes(case: Case) -> list[str]:
    """The codes whose newest version is invalid, so was not saved as an answer."""
    return [code for code, row in newest_versions(case).items() if not row.readable]
