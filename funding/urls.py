from django.urls import path

from funding.views import (
    authoriser_requests,
    awards,
    board_and_decision,
    claims,
    corrections,
    council_facts,
    councils,
    decisions,
    evaluations,
    grants,
    imports,
    interests,
    meetings,
    monitoring,
    opinions,
    papers,
    payments,
    project_csv,
    projects,
    recommendations,
    terms,
    variations,
)

app_name = "funding"

_PUBLIC = [
    path("projects.csv", project_csv.ProjectsCsv.as_view(), name="projects-csv"),
    path("projects/", projects.Projects.as_view(), name="projects"),
    path("projects/<str:key>/", projects.Project.as_view(), name="project"),
    path("evaluations/", evaluations.Evaluations.as_view(), name="evaluations"),
]
_BOARD = [
    path("board/", meetings.Meetings.as_view(), name="meetings"),
    path("board/plan", meetings.Plan.as_view(), name="meeting-plan"),
    path("board/<str:key>/", meetings.MeetingPage.as_view(), name="meeting"),
    path("board/<str:key>/invite", meetings.Invite.as_view(), name="meeting-invite"),
    path("board/<str:key>/list", meetings.ListBid.as_view(), name="meeting-list-bid"),
    path(
        "board/<str:key>/send-papers",
        meetings.SendPapers.as_view(),
        name="meeting-send-papers",
    ),
    path("board/<str:key>/hold", meetings.Hold.as_view(), name="meeting-hold"),
    path("board/<str:key>/minute", meetings.Minute.as_view(), name="meeting-minute"),
    path("papers/<str:key>/", papers.Paper.as_view(), name="paper"),
    path(
        "papers/<str:key>/declare",
        interests.DeclareInterest.as_view(),
        name="paper-declare",
    ),
    path("papers/<str:key>/view", opinions.GiveView.as_view(), name="paper-view"),
    path(
        "papers/<str:key>/recommend",
        recommendations.Recommend.as_view(),
        name="paper-recommend",
    ),
    path("papers/<str:key>/defer", recommendations.Defer.as_view(), name="paper-defer"),
    path("interests/", interests.Interests.as_view(), name="interests"),
    path(
        "interests/record", interests.RecordInterest.as_view(), name="interest-record"
    ),
    path(
        "interests/<str:key>/agree",
        interests.AgreeInterest.as_view(),
        name="interest-agree",
    ),
]
_DECISIONS = [
    path(
        "bids/<str:key>/board-and-decision",
        board_and_decision.BoardAndDecision.as_view(),
        name="board-and-decision",
    ),
    path("decisions/", decisions.Decisions.as_view(), name="decisions"),
    path("decisions/<str:key>/", decisions.DecisionPage.as_view(), name="decision"),
    path(
        "decisions/<str:key>/approve",
        decisions.Approve.as_view(),
        name="decision-approve",
    ),
    path(
        "decisions/<str:key>/decline",
        decisions.Decline.as_view(),
        name="decision-decline",
    ),
]
_AWARDS = [
    path("awards/", awards.Awards.as_view(), name="awards"),
    path("awards/offer/<str:key>", awards.MakeOffer.as_view(), name="award-offer"),
    path(
        "awards/<str:key>/redate-offer",
        awards.RedateOffer.as_view(),
        name="award-redate-offer",
    ),
    path("awards/<str:key>/", awards.AwardPage.as_view(), name="award"),
    path("awards/<str:key>/money", awards.AwardMoney.as_view(), name="award-money"),
    path(
        "awards/<str:key>/reports", awards.AwardReports.as_view(), name="award-reports"
    ),
    path(
        "awards/<str:key>/history", awards.AwardHistory.as_view(), name="award-history"
    ),
    path("awards/<str:key>/withdraw", awards.Withdraw.as_view(), name="award-withdraw"),
    path("awards/<str:key>/start", awards.Start.as_view(), name="award-start"),
    path("awards/<str:key>/suspend", awards.Suspend.as_view(), name="award-suspend"),
    path("awards/<str:key>/resume", awards.Resume.as_view(), name="award-resume"),
    path(
        "awards/<str:key>/wind-down", awards.WindDown.as_view(), name="award-wind-down"
    ),
    path("awards/<str:key>/close", awards.Close.as_view(), name="award-close"),
    path(
        "awards/<str:key>/terminate",
        awards.Terminate.as_view(),
        name="award-terminate",
    ),
    path("awards/<str:key>/announce", awards.Announce.as_view(), name="award-announce"),
    path("awards/<str:key>/call-off", awards.CallOff.as_view(), name="award-call-off"),
    path(
        "awards/<str:key>/plan-payments",
        payments.PlanPayments.as_view(),
        name="award-plan-payments",
    ),
    path(
        "awards/<str:key>/ask-report",
        monitoring.AskReport.as_view(),
        name="award-ask-report",
    ),
    path(
        "awards/<str:key>/evaluator",
        evaluations.AgreeEvaluator.as_view(),
        name="award-evaluator",
    ),
    path(
        "awards/<str:key>/publish-evaluation",
        evaluations.PublishEvaluation.as_view(),
        name="award-publish-evaluation",
    ),
    path(
        "changes/<str:key>/answer",
        variations.AnswerChange.as_view(),
        name="change-answer",
    ),
]
_TERMS = [
    path("terms/", terms.AllTerms.as_view(), name="terms"),
    path("terms/publish", terms.Publish.as_view(), name="terms-publish"),
    path("terms/<str:key>/", terms.TermsPage.as_view(), name="terms-version"),
]
_GRANTS = [
    path("grants/", grants.Grants.as_view(), name="grants"),
    path("grants/<str:key>/", grants.Grant.as_view(), name="grant"),
    path("grants/<str:key>/terms", terms.GrantTerms.as_view(), name="grant-terms"),
    path("grants/<str:key>/accept", grants.Accept.as_view(), name="grant-accept"),
    path("grants/<str:key>/decline", grants.Decline.as_view(), name="grant-decline"),
    path(
        "grants/<str:key>/ask-change",
        variations.AskChange.as_view(),
        name="grant-ask-change",
    ),
    path(
        "grants/<str:key>/ask-authoriser",
        authoriser_requests.AskAuthoriser.as_view(),
        name="grant-ask-authoriser",
    ),
    path("grants/claim/<str:key>", claims.Claim.as_view(), name="grant-claim"),
    path("grants/report/<str:key>", monitoring.HandIn.as_view(), name="grant-hand-in"),
]
_PAYMENTS = [
    path("payments/", payments.Payments.as_view(), name="payments"),
    path("payments/<str:key>/", payments.PaymentPage.as_view(), name="payment"),
    path(
        "payments/<str:key>/request",
        payments.RequestPayment.as_view(),
        name="payment-request",
    ),
    path(
        "payments/<str:key>/release", payments.Release.as_view(), name="payment-release"
    ),
    path("payments/<str:key>/refuse", payments.Refuse.as_view(), name="payment-refuse"),
    path(
        "payments/<str:key>/recover", payments.Recover.as_view(), name="payment-recover"
    ),
    path(
        "payments/<str:key>/reconcile",
        payments.Reconcile.as_view(),
        name="payment-reconcile",
    ),
]
_IMPORTS = [
    path("import/", imports.Imports.as_view(), name="imports"),
    path("import/send", imports.Send.as_view(), name="import-send"),
    path("import/template.csv", imports.Template.as_view(), name="import-template"),
    path("import/cases/", corrections.ImportedCases.as_view(), name="imported-cases"),
    path(
        "import/cases/<str:subject>/",
        corrections.ImportedCasePage.as_view(),
        name="imported-case",
    ),
    path(
        "import/cases/<str:subject>/correct",
        corrections.Correct.as_view(),
        name="imported-case-correct",
    ),
    path(
        "import/cases/<str:subject>/retract",
        corrections.Retract.as_view(),
        name="imported-case-retract",
    ),
    path("corrections/", corrections.Corrections.as_view(), name="corrections"),
    path(
        "corrections/<str:key>/",
        corrections.CorrectionPage.as_view(),
        name="correction",
    ),
    path(
        "corrections/<str:key>/confirm",
        corrections.Confirm.as_view(),
        name="correction-confirm",
    ),
    path(
        "corrections/<str:key>/refuse",
        corrections.Refuse.as_view(),
        name="correction-refuse",
    ),
    path("import/<str:key>/", imports.ImportPage.as_view(), name="import"),
    path("import/<str:key>/apply", imports.Apply.as_view(), name="import-apply"),
    path("import/<str:key>/confirm", imports.Confirm.as_view(), name="import-confirm"),
    path("import/<str:key>/refuse", imports.Refuse.as_view(), name="import-refuse"),
    path("import/<str:key>/file", imports.File.as_view(), name="import-file"),
]
_COUNCILS = [
    path("councils/<str:dfe_number>/", councils.CouncilPage.as_view(), name="council"),
    path(
        "councils/<str:dfe_number>/add-fact",
        council_facts.AddFact.as_view(),
        name="council-fact-add",
    ),
    path(
        "council-facts/<str:key>/",
        council_facts.FactPage.as_view(),
        name="council-fact",
    ),
    path(
        "council-facts/<str:key>/end",
        council_facts.EndFact.as_view(),
        name="council-fact-end",
    ),
    path(
        "council-facts/<str:key>/withdraw",
        council_facts.WithdrawFact.as_view(),
        name="council-fact-withdraw",
    ),
]

urlpatterns = [
    *_PUBLIC,
    *_BOARD,
    *_DECISIONS,
    *_AWARDS,
    *_TERMS,
    *_GRANTS,
    *_PAYMENTS,
    *_IMPORTS,
    *_COUNCILS,
]
