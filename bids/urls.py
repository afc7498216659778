"""The URLs of public rounds, applicants' own cases, the department's cases and the
administrator's rounds.
"""

from types import ModuleType

from django.urls import URLPattern, path

from bids import triage_urls
from bids.views import (
    assessments,
    assignments,
    barriers,
    batches,
    bids,
    burden,
    case_documents,
    case_pages,
    cases,
    clarifications,
    comments,
    eligibility,
    expressions,
    feedback_drafts,
    lateness,
    messages,
    name_suggestions,
    notes,
    own_bids,
    own_expressions,
    partner_checks,
    question_set_preview,
    question_sets,
    reconsiderations,
    related_cases,
    results,
    round_questions,
    rounds,
    saved_views,
    scores,
    seed_grants,
    sharing,
    signature_requests,
)

app_name = "bids"

_expression = "apply/expressions/<str:key>"
_own_bid = "apply/bids/<str:key>"
_case = "cases/<str:key>"
_bid = "bids/<str:key>"
_barrier = "barriers/<str:key>"
_assessment = "assessments/<str:key>"
_round = "manage/rounds/<str:key>"
_questions = "manage/questions/<str:key>"


def _case_pages(start: str, name: str, views: ModuleType) -> list[URLPattern]:
    """The pages on which an applicant writes an expression or a bid."""
    endings = {
        "": ("", views.Detail),
        "-check": ("/check", views.Check),
        "-sign": ("/sign", views.Sign),
        "-sign-off": ("/sign-off", views.SignOffPage),
        "-ask-to-sign": ("/ask-to-sign", views.AskToSign),
        "-decline-to-sign": ("/decline-to-sign", views.DeclineToSign),
        "-copy": ("/copy", views.Copy),
        "-summary": ("/summary", views.Summary),
        "-summary-download": ("/summary/download", views.SummaryDownload),
        "-withdraw": ("/withdraw", views.Withdraw),
        "-ask-to-withdraw": ("/ask-to-withdraw", views.AskToWithdraw),
        "-section": ("/sections/<str:slug>", views.SectionPage),
        "-overtaken": ("/overtaken", views.EditConflict),
        "-versions": ("/versions/<str:code>", views.Versions),
        "-version": ("/versions/<str:code>/<str:number>", views.Restore),
        "-files": ("/files/<str:question_code>", views.Files),
        "-reconsider": ("/reconsider", views.AskReconsideration),
        "-partner": ("/partners/<str:partners_code>", views.AddPartner),
    }
    return [
        path(f"{start}{address}", view.as_view(), name=f"{name}{ending}")
        for ending, (address, view) in endings.items()
    ]


urlpatterns = [
    # Everybody
    path("rounds/", rounds.PublishedRounds.as_view(), name="rounds"),
    path("rounds/<str:key>", rounds.PublishedRound.as_view(), name="round"),
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
        "rounds/<str:key>/let-in",
        lateness.AddLateEntry.as_view(),
        name="round-late-entry",
    ),
    path(
        "rounds/<str:key>/check", eligibility.Eligibility.as_view(), name="round-check"
    ),
    path("who-can-apply", eligibility.WhoMayApply.as_view(), name="who-can-apply"),
    # Applicant
    path("apply/", own_expressions.OwnCases.as_view(), name="own-cases"),
    path("apply/names/councils", name_suggestions.Councils.as_view(), name="councils"),
    path("apply/names/partners", name_suggestions.Partners.as_view(), name="partners"),
    path("apply/start", own_expressions.Start.as_view(), name="start"),
    path(
        "apply/seed-grants/<str:key>",
        seed_grants.StartSeedGrant.as_view(),
        name="start-seed",
    ),
    *_case_pages(_expression, "expression", own_expressions),
    path(
        f"{_expression}/start-again",
        own_expressions.StartAgain.as_view(),
        name="expression-start-again",
    ),
    path(
        f"{_expression}/sent",
        own_expressions.SentConfirmation.as_view(),
        name="expression-sent",
    ),
    path(
        f"{_expression}/late", lateness.LateReceipts.as_view(), name="expression-late"
    ),
    path(
        f"{_expression}/answer",
        clarifications.AnswerClarification.as_view(),
        name="expression-answer",
    ),
    path(
        f"{_expression}/message",
        own_expressions.WriteMessage.as_view(),
        name="expression-message",
    ),
    path(
        f"{_expression}/settle",
        own_expressions.SettleMessages.as_view(),
        name="expression-settle",
    ),
    *_case_pages(_own_bid, "own-bid", own_bids),
    path(f"{_own_bid}/sent", own_bids.SentConfirmation.as_view(), name="own-bid-sent"),
    path(
        "apply/signatures/<str:key>/remind",
        signature_requests.Remind.as_view(),
        name="signature-request-remind",
    ),
    path(
        "apply/signatures/<str:key>/take-back",
        signature_requests.TakeBack.as_view(),
        name="signature-request-take-back",
    ),
    path(
        "apply/files/<str:key>/remove",
        case_documents.Remove.as_view(),
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
    path("partners/", partner_checks.ToCheck.as_view(), name="partner-checks"),
    path("partners/<str:key>", partner_checks.Check.as_view(), name="partner-check"),
    path(
        "partners/<str:key>/confirm",
        partner_checks.Confirm.as_view(),
        name="partner-confirm",
    ),
    path(
        "partners/<str:key>/correct",
        partner_checks.Correct.as_view(),
        name="partner-correct",
    ),
    path(
        "partners/<str:key>/merge", partner_checks.Merge.as_view(), name="partner-merge"
    ),
    path(
        "reconsiderations/",
        reconsiderations.Waiting.as_view(),
        name="reconsiderations",
    ),
    path(
        "reconsiderations/<str:key>/answer",
        reconsiderations.Answer.as_view(),
        name="reconsideration-answer",
    ),
    path("burden/", burden.Burden.as_view(), name="burden"),
    path(
        "rounds/<str:key>/ranking",
        results.RoundRanking.as_view(),
        name="round-ranking",
    ),
    path("rounds/<str:key>/scores", results.ScoreHealth.as_view(), name="round-scores"),
    path("cases/", cases.Cases.as_view(), name="cases"),
    path("cases/columns", cases.ChooseColumns.as_view(), name="case-columns"),
    path("batches/", batches.Batches.as_view(), name="batches"),
    path(
        "batches/new/assign",
        batches.ChooseAssignee.as_view(),
        name="batch-choose-assignee",
    ),
    path(
        "batches/new/assign/<str:key>",
        batches.AssignCases.as_view(),
        name="batch-assign",
    ),
    path("batches/new/share", sharing.ShareCases.as_view(), name="batch-share"),
    path(
        "batches/new/share/proposal",
        sharing.ProposedSharing.as_view(),
        name="batch-proposal",
    ),
    path(
        "batches/new/take-forward",
        batches.TakeForward.as_view(),
        name="batch-take-forward",
    ),
    path("batches/new/decline", batches.Decline.as_view(), name="batch-decline"),
    path(
        "batches/new/release-feedback",
        batches.ReleaseFeedback.as_view(),
        name="batch-release-feedback",
    ),
    path("batches/<str:key>", batches.BatchDetail.as_view(), name="batch"),
    path("batches/<str:key>/undo", batches.UndoBatch.as_view(), name="batch-undo"),
    path("views/", saved_views.SavedViews.as_view(), name="saved-views"),
    path("views/save", saved_views.SaveView.as_view(), name="view-save"),
    path(
        "views/<str:key>/delete", saved_views.DeleteView.as_view(), name="view-delete"
    ),
    path(_case, case_pages.Summary.as_view(), name="case"),
    path(f"{_case}/answers", case_pages.Answers.as_view(), name="case-answers"),
    path(f"{_case}/messages", case_pages.Messages.as_view(), name="case-messages"),
    path(f"{_case}/documents", case_pages.Documents.as_view(), name="case-documents"),
    path(f"{_case}/people", case_pages.People.as_view(), name="case-people"),
    path(f"{_case}/related", related_cases.Related.as_view(), name="case-related"),
    path(f"{_case}/history", case_pages.History.as_view(), name="case-history"),
    path(f"{_case}/barriers/join", barriers.JoinBarrier.as_view(), name="barrier-join"),
    path(
        f"{_case}/barriers/take-off",
        barriers.TakeOffBarrier.as_view(),
        name="barrier-take-off",
    ),
    path("barriers/", barriers.Barriers.as_view(), name="barriers"),
    path("barriers/new", barriers.EnterBarrier.as_view(), name="barrier-enter"),
    path(_barrier, barriers.Barrier.as_view(), name="barrier"),
    path(f"{_barrier}/change", barriers.ChangeBarrier.as_view(), name="barrier-change"),
    path(f"{_case}/notes", notes.Notes.as_view(), name="case-notes"),
    path(f"{_case}/notes/new", notes.WriteNote.as_view(), name="case-note"),
    *triage_urls.CASE,
    path(f"{_case}/ask", clarifications.AskClarification.as_view(), name="case-ask"),
    path(
        f"{_case}/ask/date",
        clarifications.ChangeClarificationDate.as_view(),
        name="case-redate",
    ),
    path(
        f"{_case}/ask/take-back",
        clarifications.TakeBackClarification.as_view(),
        name="case-take-back",
    ),
    path(
        f"{_case}/take-forward",
        expressions.TakeForward.as_view(),
        name="case-take-forward",
    ),
    path(f"{_case}/decline", expressions.Decline.as_view(), name="case-decline"),
    path(
        f"{_case}/feedback",
        feedback_drafts.PrepareFeedback.as_view(),
        name="case-feedback",
    ),
    path(f"{_case}/merge", expressions.Merge.as_view(), name="case-merge"),
    path(f"{_case}/assign", assignments.Assign.as_view(), name="case-assign"),
    path(f"{_case}/unassign", assignments.Unassign.as_view(), name="case-unassign"),
    path(f"{_case}/message", expressions.WriteMessage.as_view(), name="case-message"),
    path(f"{_case}/settle", expressions.SettleMessages.as_view(), name="case-settle"),
    path(_bid, bids.Detail.as_view(), name="bid"),
    path(
        f"{_bid}/comment/<str:question_code>",
        comments.AddComment.as_view(),
        name="bid-comment",
    ),
    path("comments/<str:key>/done", comments.Finish.as_view(), name="comment-done"),
    path(f"{_bid}/return", bids.Return.as_view(), name="bid-return"),
    path(
        f"{_bid}/assessments",
        assessments.Assessments.as_view(),
        name="bid-assessments",
    ),
    path(
        f"{_bid}/assessors", assessments.AssignAssessor.as_view(), name="bid-assessor"
    ),
    path(f"{_bid}/assessed", assessments.Conclude.as_view(), name="bid-conclude"),
    path(f"{_bid}/reopen", assessments.Reopen.as_view(), name="bid-reopen"),
    path(
        "assessments/",
        assessments.AssessmentsToFinish.as_view(),
        name="own-assessments",
    ),
    path(f"{_bid}/assess", assessments.Start.as_view(), name="bid-assess"),
    path(f"{_bid}/moderate", scores.Moderate.as_view(), name="bid-moderate"),
    path(_assessment, scores.Scores.as_view(), name="assessment"),
    path(
        f"{_assessment}/finish", assessments.Finish.as_view(), name="assessment-finish"
    ),
    path(
        f"{_assessment}/set-aside",
        assessments.SetAside.as_view(),
        name="assessment-set-aside",
    ),
    # Administrator
    path("manage/rounds/", rounds.Rounds.as_view(), name="manage-rounds"),
    path("manage/rounds/add", rounds.Add.as_view(), name="manage-round-add"),
    path(_round, rounds.Detail.as_view(), name="manage-round"),
    path(f"{_round}/change", rounds.Change.as_view(), name="manage-round-change"),
    path(f"{_round}/publish", rounds.Publish.as_view(), name="manage-round-publish"),
    path(f"{_round}/strand", rounds.AddStrand.as_view(), name="manage-strand-add"),
    path(
        f"{_round}/criterion",
        rounds.AddCriterion.as_view(),
        name="manage-criterion-add",
    ),
    path(
        f"{_round}/criteria/<int:place>",
        rounds.ChangeCriterion.as_view(),
        name="manage-criterion-change",
    ),
    *triage_urls.ROUND,
    path(
        f"{_round}/envelope", rounds.AddEnvelope.as_view(), name="manage-envelope-add"
    ),
    path(
        f"{_round}/questions/expression",
        question_sets.BeginQuestions.as_view(stage="expression"),
        name="manage-questions-expression",
    ),
    path(
        f"{_round}/questions/bid",
        question_sets.BeginQuestions.as_view(stage="bid"),
        name="manage-questions-bid",
    ),
    path(_questions, question_sets.Detail.as_view(), name="manage-questions"),
    path(
        f"{_questions}/add",
        question_sets.AddQuestion.as_view(),
        name="manage-question-add",
    ),
    path(
        f"{_questions}/remove",
        question_sets.RemoveQuestion.as_view(),
        name="manage-question-remove",
    ),
    path(
        f"{_questions}/change/<str:question>",
        question_sets.ChangeQuestion.as_view(),
        name="manage-question-change",
    ),
    path(
        f"{_questions}/move",
        question_sets.MoveQuestion.as_view(),
        name="manage-question-move",
    ),
    path(
        f"{_questions}/move-section",
        question_sets.MoveSection.as_view(),
        name="manage-section-move",
    ),
    path(
        f"{_questions}/preview",
        question_set_preview.Preview.as_view(),
        name="manage-questions-preview",
    ),
    path(
        f"{_questions}/preview/<str:section>",
        question_set_preview.PreviewSection.as_view(),
        name="manage-questions-preview-section",
    ),
    path(
        f"{_questions}/publish",
        question_sets.Publish.as_view(),
        name="manage-questions-publish",
    ),
]
