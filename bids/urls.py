"""The URLs of public rounds, applicants' own cases, the department's cases and the
administrator's rounds.
"""

from types import ModuleType

from django.urls import URLPattern, path

from bids.views import (
    applicant,
    assessment,
    bid,
    burden,
    cases,
    comments,
    eligibility,
    file_answers,
    lateness,
    manage,
    messages,
    own_bid,
    preview,
    questions,
    round_questions,
    rounds,
    triage,
)

app_name = "bids"

_expression = "apply/expressions/<str:key>"
_own_bid = "apply/bids/<str:key>"
_case = "cases/<str:key>"
_bid = "bids/<str:key>"
_assessment = "assessments/<str:key>"
_round = "manage/rounds/<str:key>"
_questions = "manage/questions/<str:key>"


def _case_pages(start: str, name: str, views: ModuleType) -> list[URLPattern]:
    """The pages on which an applicant writes an expression or a bid."""
    endings = {
        "": ("", views.Detail),
        "-check": ("/check", views.Check),
        "-sign": ("/sign", views.Sign),
        "-ask-to-sign": ("/ask-to-sign", views.AskToSign),
        "-copy": ("/copy", views.Copy),
        "-withdraw": ("/withdraw", views.Withdraw),
        "-ask-to-withdraw": ("/ask-to-withdraw", views.AskToWithdraw),
        "-section": ("/sections/<str:slug>", views.SectionPage),
        "-overtaken": ("/overtaken", views.EditConflict),
        "-versions": ("/versions/<str:code>", views.Versions),
        "-version": ("/versions/<str:code>/<str:number>", views.Restore),
        "-files": ("/files/<str:question_code>", views.Files),
    }
    return [
        path(f"{start}{address}", view.as_view(), name=f"{name}{ending}")
        for ending, (address, view) in endings.items()
    ]


urlpatterns = [
    # Everybody
    path("rounds/", rounds.Rounds.as_view(), name="rounds"),
    path("rounds/<str:key>", rounds.Detail.as_view(), name="round"),
    path(
        "rounds/<str:key>/questions",
        round_questions.Questions.as_view(),
        name="round-questions",
    ),
    path(
        "rounds/<str:key>/questions/download",
        round_questions.Download.as_view(),
        name="round-questions-download",
    ),
    path(
        "rounds/<str:key>/let-in", lateness.AddLateEntry.as_view(), name="round-let-in"
    ),
    path(
        "rounds/<str:key>/check", eligibility.Eligibility.as_view(), name="round-check"
    ),
    path("who-can-apply", eligibility.WhoMayApply.as_view(), name="who-can-apply"),
    # Applicant
    path("apply/", applicant.OwnCases.as_view(), name="own-cases"),
    path("apply/start", applicant.Start.as_view(), name="start"),
    *_case_pages(_expression, "expression", applicant),
    path(
        f"{_expression}/start-again",
        applicant.StartAgain.as_view(),
        name="expression-start-again",
    ),
    path(
        f"{_expression}/sent",
        applicant.SentConfirmation.as_view(),
        name="expression-sent",
    ),
    path(
        f"{_expression}/late", applicant.LateReceipts.as_view(), name="expression-late"
    ),
    path(
        f"{_expression}/answer",
        applicant.AnswerClarification.as_view(),
        name="expression-answer",
    ),
    path(
        f"{_expression}/message",
        applicant.WriteMessage.as_view(),
        name="expression-message",
    ),
    path(
        f"{_expression}/settle",
        applicant.SettleMessages.as_view(),
        name="expression-settle",
    ),
    *_case_pages(_own_bid, "own-bid", own_bid),
    path(
        "apply/files/<str:key>/remove",
        file_answers.Remove.as_view(),
        name="file-remove",
    ),
    path(
        "apply/comments/<str:key>/done",
        comments.FinishOwn.as_view(),
        name="own-comment-done",
    ),
    # Either side of a case
    path("messages/", messages.UnansweredMessages.as_view(), name="messages"),
    # Department
    path("burden/", burden.Burden.as_view(), name="burden"),
    path("cases/", cases.Cases.as_view(), name="cases"),
    path(_case, cases.Case.as_view(), name="case"),
    path(f"{_case}/ask", triage.AskClarification.as_view(), name="case-ask"),
    path(
        f"{_case}/ask/date",
        triage.ChangeClarificationDate.as_view(),
        name="case-redate",
    ),
    path(
        f"{_case}/ask/take-back",
        triage.TakeBackClarification.as_view(),
        name="case-take-back",
    ),
    path(
        f"{_case}/take-forward",
        triage.TakeForward.as_view(),
        name="case-take-forward",
    ),
    path(f"{_case}/decline", triage.Decline.as_view(), name="case-decline"),
    path(f"{_case}/merge", triage.Merge.as_view(), name="case-merge"),
    path(f"{_case}/assign", triage.Assign.as_view(), name="case-assign"),
    path(f"{_case}/unassign", triage.Unassign.as_view(), name="case-unassign"),
    path(f"{_case}/message", triage.WriteMessage.as_view(), name="case-message"),
    path(f"{_case}/settle", triage.SettleMessages.as_view(), name="case-settle"),
    path(_bid, bid.Detail.as_view(), name="bid"),
    path(
        f"{_bid}/comment/<str:question_code>", bid.Comment.as_view(), name="bid-comment"
    ),
    path("comments/<str:key>/done", comments.Finish.as_view(), name="comment-done"),
    path(f"{_bid}/return", bid.Return.as_view(), name="bid-return"),
    path(
        f"{_bid}/assessments",
        assessment.Assessments.as_view(),
        name="bid-assessments",
    ),
    path(f"{_bid}/assessors", assessment.AssignAssessor.as_view(), name="bid-assessor"),
    path(f"{_bid}/assessed", assessment.Conclude.as_view(), name="bid-conclude"),
    path(f"{_bid}/reopen", assessment.Reopen.as_view(), name="bid-reopen"),
    path(
        "assessments/", assessment.AssessmentsToFinish.as_view(), name="own-assessments"
    ),
    path(f"{_bid}/assess", assessment.Start.as_view(), name="bid-assess"),
    path(f"{_bid}/moderate", assessment.Moderate.as_view(), name="bid-moderate"),
    path(_assessment, assessment.Scores.as_view(), name="assessment"),
    path(
        f"{_assessment}/finish", assessment.Finish.as_view(), name="assessment-finish"
    ),
    path(
        f"{_assessment}/set-aside",
        assessment.SetAside.as_view(),
        name="assessment-set-aside",
    ),
    # Administrator
    path("manage/rounds/", manage.Rounds.as_view(), name="manage-rounds"),
    path("manage/rounds/add", manage.Add.as_view(), name="manage-round-add"),
    path(_round, manage.Detail.as_view(), name="manage-round"),
    path(f"{_round}/change", manage.Change.as_view(), name="manage-round-change"),
    path(f"{_round}/publish", manage.Publish.as_view(), name="manage-round-publish"),
    path(f"{_round}/strand", manage.AddStrand.as_view(), name="manage-strand-add"),
    path(
        f"{_round}/criterion",
        manage.AddCriterion.as_view(),
        name="manage-criterion-add",
    ),
    path(
        f"{_round}/envelope", manage.AddEnvelope.as_view(), name="manage-envelope-add"
    ),
    path(
        f"{_round}/questions/expression",
        questions.BeginQuestions.as_view(stage="expression"),
        name="manage-questions-expression",
    ),
    path(
        f"{_round}/questions/bid",
        questions.BeginQuestions.as_view(stage="bid"),
        name="manage-questions-bid",
    ),
    path(_questions, questions.Detail.as_view(), name="manage-questions"),
    path(
        f"{_questions}/add", questions.AddQuestion.as_view(), name="manage-question-add"
    ),
    path(
        f"{_questions}/remove",
        questions.RemoveQuestion.as_view(),
        name="manage-question-remove",
    ),
    path(
        f"{_questions}/change/<str:question>",
        questions.ChangeQuestion.as_view(),
        name="manage-question-change",
    ),
    path(
        f"{_questions}/move",
        questions.MoveQuestion.as_view(),
        name="manage-question-move",
    ),
    path(
        f"{_questions}/move-section",
        questions.MoveSection.as_view(),
        name="manage-section-move",
    ),
    path(
        f"{_questions}/preview",
        preview.Preview.as_view(),
        name="manage-questions-preview",
    ),
    path(
        f"{_questions}/preview/<str:section>",
        preview.PreviewSection.as_view(),
        name="manage-questions-preview-section",
    ),
    path(
        f"{_questions}/publish",
        questions.Publish.as_view(),
        name="manage-questions-publish",
    ),
]
