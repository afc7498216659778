"""The URLs of eligibility checks, flags and due diligence."""

from django.urls import path

from bids.views import due_diligence, eligibility_checks, flags

_case = "cases/<str:key>"

CASE = [
    path(
        f"{_case}/checks",
        eligibility_checks.CaseChecks.as_view(),
        name="case-checks",
    ),
    path(
        f"{_case}/checks/record",
        eligibility_checks.RecordResults.as_view(),
        name="case-checks-record",
    ),
    path(
        "checks/<str:key>/correct",
        eligibility_checks.CorrectResult.as_view(),
        name="check-correct",
    ),
    path(
        f"{_case}/due-diligence",
        due_diligence.CaseDueDiligence.as_view(),
        name="case-due-diligence",
    ),
    path(
        f"{_case}/due-diligence/<str:area>",
        due_diligence.Record.as_view(),
        name="case-due-diligence-area",
    ),
    path(f"{_case}/flag", flags.RaiseFlag.as_view(), name="case-flag"),
    path("flags/<str:key>/resolve", flags.ResolveFlag.as_view(), name="flag-resolve"),
]
ROUND = [
    path(
        "manage/rounds/<str:key>/checks",
        eligibility_checks.AddCheck.as_view(),
        name="manage-check-add",
    ),
    path(
        "manage/checks/<str:key>/change",
        eligibility_checks.ChangeCheck.as_view(),
        name="manage-check-change",
    ),
    path(
        "manage/checks/<str:key>/end",
        eligibility_checks.EndCheck.as_view(),
        name="manage-check-end",
    ),
]
