"""Pages of edit conflicts and versions of answers."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from bids import policies
from bids.domain import drafts, standard_questions
from bids.domain.answer_versions import RawInput
from bids.domain.applications import Case
from bids.domain.queries import answer_versions, case_snapshot
from bids.domain.queries.history import colleague_names
from bids.forms import draft
from bids.forms.answer_version import EditConflictForm
from bids.models import AnswerVersion, Question
from bids.views.applicant_pages import ApplicantCasePage
from innovation.core import clock
from innovation.web import pages

ORIGINAL_TEXT = "Original text"
MARKED_VERSIONS = 10
"""In how many, the newest, the words that differ from the version before are marked."""


class EditConflict(ApplicantCasePage, pages.FormPage[Case, EditConflictForm]):
    """Shows an overtaken text beside the saved one; the user chooses one or both."""

    template_name = "bids/applicant/answer_edit_conflict.html"
    title = "Somebody else changed this while you were writing"
    form_class = EditConflictForm
    submit_label = "Save what I chose"

    def check(self) -> None:
        policies.require_write(self.user, self.object)

    def form_options(self) -> dict[str, object]:
        questions = questions_by_code(self.object)
        overtaken = answer_versions.overtaken_versions(self.object, self.user)
        mine = {code: row for code, row in overtaken.items() if code in questions}
        return {
            "case": self.object,
            "questions": {code: questions[code] for code in mine},
            "mine": mine,
            "theirs": answer_versions.newest_versions(self.object, mine),
        }

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        if not self.form_options()["mine"]:
            return redirect(self.back_url())
        drafts.require_writable(self.object)
        return super().get(request, **kwargs)

    def perform(self, form: EditConflictForm) -> pages.Destination:
        result = drafts.settle_overtaken(
            self.object,
            form.chosen_answers(),
            seen=form.seen_numbers(),
            by=self.user,
            at=clock.now(),
        )
        return self.request.path if result.overtaken else self.back_url()


class Versions(ApplicantCasePage, pages.DetailPage[Case]):
    """The versions of an answer, the newest first. Of versions that a page saved
    automatically one after the other, only the last is shown.
    """

    template_name = "bids/applicant/answer_versions.html"
    title = "Earlier versions of this answer"

    def check(self) -> None:
        policies.require_write(self.user, self.object)
        self.question = get_question(self.object, self.kwargs["code"])

    def context(self) -> dict[str, object]:
        show_all = "all" in self.request.GET
        rows = list(answer_versions.versions_of_answer(self.object, self.question.code))
        listed_rows = rows if show_all else last_of_sittings(rows)
        names = colleague_names(self.object.lead_id)(
            {row.saved_by.key for row in rows if row.saved_by}
        )
        current = next((row.pk for row in rows if not row.set_aside), None)
        texts = [
            draft.labelled_texts(self.object, self.question, row.raw_input)
            for row in listed_rows
        ]
        marked_count = min(MARKED_VERSIONS, len(texts) - 1)
        return {
            "question": self.question,
            "hidden_count": len(rows) - len(listed_rows),
            "rows": [
                {
                    "version": row,
                    "author": names[row.saved_by.key]
                    if row.saved_by
                    else ORIGINAL_TEXT,
                    "differences": draft.compare(
                        texts[place + 1] if place < marked_count else texts[place],
                        texts[place],
                    ),
                    "is_current": row.pk == current,
                    "href": self.address("-version", row.code, row.number),
                }
                for place, row in enumerate(listed_rows)
            ],
            "marked_count": marked_count,
        }


class Restore(ApplicantCasePage, pages.ActionPage[Case]):
    """Shows a version; the button saves its text as a new version."""

    template_name = "bids/applicant/answer_version.html"
    title = "Use an earlier version of this answer"
    submit_label = "Use this version"
    success_message = "We have restored this version, and kept the one before it."

    def check(self) -> None:
        policies.require_write(self.user, self.object)
        self.question = get_question(self.object, self.kwargs["code"])
        self.version = get_version(self.object, self.question, self.kwargs["number"])
        drafts.require_writable(self.object)

    def back_url(self) -> str:
        return self.address("-versions", self.question.code)

    def context(self) -> dict[str, object]:
        code = self.question.code
        newest = answer_versions.newest_versions(self.object, [code]).get(code)
        return {
            "question": self.question,
            "version": self.version,
            "differences": draft.compare(
                self._labelled_texts(newest.raw_input) if newest else [],
                self._labelled_texts(self.version.raw_input),
            ),
        }

    def _labelled_texts(self, raw: RawInput) -> draft.LabelledTexts:
        return draft.labelled_texts(self.object, self.question, raw)

    def perform(self) -> pages.Destination:
        answer = draft.from_input(self.object, self.question, self.version.raw_input)
        answers = {self.question.code: answer}
        drafts.save(self.object, answers, by=self.user, at=clock.now())
        return self.back_url()


def questions_by_code(case: Case) -> dict[str, Question]:
    case_snapshot.with_snapshot(case)
    return {
        question.code: question for question in standard_questions.questions_of(case)
    }


def get_question(case: Case, code: str) -> Question:
    question = questions_by_code(case).get(code)
    if question is None:
        raise Http404
    return question


def get_version(case: Case, question: Question, number: str) -> AnswerVersion:
    is_number = number.isdecimal() and len(number) < 10
    rows = answer_versions.versions_of_answer(case, question.code)
    version = rows.filter(number=int(number) if is_number else 0).first()
    if version is None:
        raise Http404
    return version


def last_of_sittings(rows: list[AnswerVersion]) -> list[AnswerVersion]:
    """Leave out automatic versions that are followed by another from the same page."""
    versions: list[AnswerVersion] = []
    for row in rows:
        if not versions or not _is_intermediate(row, versions[-1]):
            versions.append(row)
    return versions


def _is_intermediate(row: AnswerVersion, following: AnswerVersion) -> bool:
    """Whether the page that saved `row` automatically saved `following` too."""
    same_page = row.page != "" and row.page == following.page
    return same_page and row.autosaved and row.set_aside == following.set_aside
