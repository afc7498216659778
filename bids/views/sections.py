"""The page on which a section of an expression or a bid is edited."""

from collections.abc import Mapping
from functools import cached_property, partial
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from bids import policies
from bids.domain import completeness, drafts, presence, sections
from bids.domain.applications import Case
from bids.domain.drafts import SaveResult
from bids.domain.queries import answer_versions, summaries
from bids.domain.sections import Section
from bids.domain.signatures import SignatureStands
from bids.forms import draft, row_inputs
from bids.forms.question_types.rows import PastedRows
from bids.forms.section import SectionForm
from bids.models import AnswerVersion
from bids.models.question_type import QuestionType
from bids.views import change_links, numbers_by_code
from bids.views.applicant_pages import ApplicantCasePage
from innovation.accounts.models import User
from innovation.core import clock, limits
from innovation.core.errors import Invalid, TooLate, TooMuch, TooOften
from innovation.core.formatting import format_time
from innovation.web import (
    child_data_warnings,
    json_requests,
    pages,
    sessions,
    unsent_forms,
)
from innovation.web.forms.options import Files

FROM_CHECK = "check"
POSSIBLE_CHILD_DATA = (
    "Something here looks as if it could identify a child, so it is not saved "
    "yet. Take it out, or save the page to confirm that it does not."
)
ROW_REMOVED = "Row {number} was removed. It is in the earlier versions of the answer"
SAVED_AS_VERSION = "What you typed is saved in the earlier versions of the answer."
SAVE_TO_END = "Select “Save and continue” to save it and end the signature."
TOO_LONG = (
    "“{wording}” is too long to be saved: shorten it to {limit:,} characters. What you "
    "typed stays on this page."
)
NOT_SAVED = (
    "We could not save an answer because it is too long. Go back in your browser to "
    "copy it."
)


class SectionPage(ApplicantCasePage, pages.FormPage[Case, SectionForm]):
    """A section, saved by the user or automatically, even if it is incomplete: see
    `domain.drafts`. A user who came from the check page goes back there.
    """

    template_name = "bids/applicant/section.html"
    form_class = SectionForm
    submit_label = "Save and continue"
    pasted_rows: Mapping[str, PastedRows] = {}
    """The rows that were pasted, by the question's code."""

    def check(self) -> None:
        policies.require_write(self.user, self.object)
        self.section = get_section(self.object, self.kwargs["slug"])

    def page_title(self) -> str:
        return self.section.title

    def back_url(self) -> str:
        then = self.request.POST.get("then", "")
        for question in self.section.questions:
            if question.code == then:
                asks_for_files = question.kind == QuestionType.UPLOAD
                return self.address("-files" if asks_for_files else "-partner", then)
        checking = self.request.GET.get("from") == FROM_CHECK
        return self.address("-check" if checking else "")

    def form_options(self) -> dict[str, Any]:
        return {
            "case": self.object,
            "questions": self.section.questions,
            "rows": numbers_by_code.requested_rows(self.request),
        }

    def context(self) -> dict[str, object]:
        others = presence.others_present(self.object, self.user, clock.now())
        return {
            "people_here": presence.names_in_section(others, self.section.slug),
            "codes_with_versions": set(self.newest_versions),
            "versions_url_name": f"bids:{self.url_name}-versions",
        }

    @cached_property
    def newest_versions(self) -> dict[str, AnswerVersion]:
        codes = [question.code for question in self.section.questions]
        return answer_versions.newest_versions(self.object, codes)

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        drafts.require_writable(self.object)
        return super().get(request, **kwargs)

    def form(
        self, data: QueryDict | None = None, files: Files | None = None
    ) -> SectionForm:
        form = SectionForm(data, files, **self.form_options())
        return form if form.is_bound else draft.fill_form(form, self.newest_versions)

    def show_form(
        self, form: BaseForm, status: int = 200, **more: object
    ) -> HttpResponse:
        """Show the form again, with the version numbers that the page had."""
        numbers = form.data.get("seen") if form.is_bound else None
        current_numbers = {
            code: row.number for code, row in self.newest_versions.items()
        }
        numbers = (
            numbers_by_code.serialise(current_numbers) if numbers is None else numbers
        )
        return super().show_form(
            form, status, **{"seen": numbers, "saved_with_problems": False, **more}
        )

    def show_signed(self, form: SectionForm, stands: SignatureStands) -> HttpResponse:
        """Ask before an edit ends a signature that the page did not show."""
        if json_requests.is_json_request(self.request):
            return self.script_response(
                SaveResult(), f"{stands.sentence} {SAVE_TO_END}"
            )
        form.add_error(None, f"{stands.sentence} {SAVE_TO_END}")
        return self.show_form(form, status=stands.status)

    def post(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        if unsent_forms.writer_key(request) not in {"", self.user.key}:
            return pages.refuse_other_person(request)
        by_script = json_requests.is_json_request(request)
        form = self.sent_form(by_script)
        try:
            if not by_script:
                pages.count_change(request)
            result = self.save(form, by_script)
        except (TooOften, TooMuch) as refused:
            return self.show_refused(form, refused)
        except SignatureStands as stands:
            return self.show_signed(form, stands)
        if form.confirmed or not by_script:
            child_data_warnings.notify_listeners(
                self.user, form, self.object, unsent_forms.page_token(request)
            )
        if "idle" not in request.POST:
            unsent_forms.delete(request)
        if by_script:
            return self.script_response(result, _unsaved_message(form, result))
        if result.too_late:
            raise TooLate(_too_late_message(result))
        sessions.extend_if_due(request, clock.now())
        if result.overtaken:
            return redirect(self.address("-overtaken"))
        form.add_problems(_unreported_problems(form, result))
        if self.adds_partner(form):
            return redirect(self.back_url())
        if not form.is_valid():
            if self.is_finished:
                form.add_problems(self.remaining_problems(form))
            return self.show_form(form, 422)
        if self.stays:
            self.add_row_messages()
            return redirect(self.address_here(form))
        form.add_problems(self.remaining_problems(form))
        if not form.is_valid():
            return self.show_form(form, 422, saved_with_problems=True)
        return self.leave(form)

    def sent_form(self, by_script: bool) -> SectionForm:
        """The form as it was sent, after a row was removed or rows were pasted. A
        script changes the rows itself.
        """
        data: QueryDict = self.request.POST
        errors: Mapping[str, str] = {}
        if not by_script:
            rows = row_inputs.read_rows(
                data,
                self.object,
                self.section.questions,
                removed=self.removed_rows,
            )
            self.pasted_rows = rows.pasted
            data, errors = rows.data, rows.errors
        form = self.form(data, self.request.FILES)
        form.checks_child_data = True
        for name, sentence in errors.items():
            form.add_error(name, sentence)
        return form

    @cached_property
    def removed_rows(self) -> dict[str, int]:
        return numbers_by_code.removed_rows(self.request)

    def adds_partner(self, form: SectionForm) -> bool:
        """Whether the user goes on to add a partner, whose name is not known yet."""
        then = self.request.POST.get("then", "")
        partners = {
            question.code
            for question in self.section.questions
            if question.kind == QuestionType.PARTNERS
        }
        return then in partners and form.errors.keys() <= {then}

    def remaining_problems(self, form: SectionForm) -> Invalid:
        """Answers that are saved but cannot be sent as they are, such as a text that is
        too long. Missing answers are shown in the task list.
        """
        saved = self.rows_in_scope().get(pk=self.object.pk)
        problems = completeness.problems(saved, self.arrived_at)
        answered = form.answered_codes()
        return Invalid({code: problems[code] for code in answered if code in problems})

    @property
    def is_finished(self) -> bool:
        """Whether a button was pressed that needs all answers."""
        return False

    @property
    def stays(self) -> bool:
        """Whether a button was pressed that changes the rows of this page."""
        adds_row = numbers_by_code.ADD_ROW in self.request.POST
        return bool(adds_row or self.removed_rows or self.pasted_rows)

    def add_row_messages(self) -> None:
        for number in self.removed_rows.values():
            messages.success(self.request, ROW_REMOVED.format(number=number))
        for pasted in self.pasted_rows.values():
            messages.success(self.request, _pasted_message(pasted))

    def address_here(self, form: SectionForm) -> str:
        """This page, at the new row, or at the question whose rows have changed."""
        query = self.request.GET.copy()
        query.pop(numbers_by_code.ADD_ROW, None)
        if added := self.request.POST.get(numbers_by_code.ADD_ROW):
            query[numbers_by_code.ADD_ROW] = added
        places = [form.first_input_id(*row) for row in form.rows.items()]
        changed = [*self.removed_rows, *self.pasted_rows]
        places += [f"question-{code}" for code in changed]
        address = f"{self.request.path}?{query.urlencode()}".rstrip("?")
        return f"{address}#{''.join(places[:1])}"

    def leave(self, form: SectionForm) -> HttpResponse:
        """The page after everything was saved."""
        return redirect(self.back_url())

    def save(self, form: SectionForm, by_script: bool) -> SaveResult:
        """Make the domain call."""
        entered = draft.from_form(form, SectionForm(**self.form_options()))
        unconfirmed = form.unconfirmed_codes()
        answers = {
            code: answer for code, answer in entered.items() if code not in unconfirmed
        }
        seen = numbers_by_code.parse(self.request.POST.get("seen"))
        page = unsent_forms.page_token(self.request)
        save = (
            partial(drafts.autosave, section=self.section.slug)
            if by_script
            else drafts.save
        )
        return save(
            self.object,
            answers,
            seen=seen,
            page=page,
            warned_of=self.request.POST.get("signature", ""),
            by=self.user,
            at=clock.now(),
        )

    def script_response(self, result: SaveResult, hold_message: str) -> HttpResponse:
        """JSON for the script: version numbers, who else is here, the session's end."""
        now = clock.now()
        if result.too_late:
            return json_requests.json_response(409, problem=_too_late_message(result))
        others = presence.others_present(self.object, self.user, now)
        before = numbers_by_code.parse(self.request.POST.get("seen")) or {}
        extend = sessions.extend_if_due if result.changed else sessions.seconds_left
        seconds_left = extend(self.request, now)
        links = {"overtaken": self.address("-overtaken")} if result.overtaken else {}
        return json_requests.json_response(
            409 if result.overtaken else 200,
            seen=numbers_by_code.serialise(before | result.numbers),
            saved_at=format_time(now),
            behind=bool(result.behind),
            held=hold_message,
            here=presence.names_in_section(others, self.section.slug),
            seconds=seconds_left,
            **links,
        )


def _unsaved_message(form: SectionForm, result: SaveResult) -> str:
    """The message for the script about answers that were not saved."""
    messages = [POSSIBLE_CHILD_DATA] if form.unconfirmed_codes() else []
    limit = limits.TEXT_CEILING
    return " ".join(
        messages
        + [
            TOO_LONG.format(wording=question.wording, limit=limit)
            for question in form.questions
            if question.code in result.too_long
        ]
    )


def _pasted_message(pasted: PastedRows) -> str:
    count = len(pasted.rows)
    rows = "1 row" if count == 1 else f"{count} rows"
    left_out = (
        f" We left out {pasted.left_out}: headings, totals and rows without an amount."
        if pasted.left_out
        else ""
    )
    return f"We put {rows} in the table. Check them.{left_out}"


def _too_late_message(result: SaveResult) -> str:
    return f"{result.too_late} {NOT_SAVED if result.too_long else SAVED_AS_VERSION}"


def _unreported_problems(form: SectionForm, result: SaveResult) -> Invalid:
    """Problems that no field shows, such as an answer that is too long to save."""
    names_by_code = form.field_names()
    reported = {
        code
        for code in result.too_long
        if form.errors.keys() & set(names_by_code[code])
    }
    return Invalid(
        {code: texts for code, texts in result.problems.items() if code not in reported}
    )


def get_section(case: Case, slug: str) -> Section:
    for section in sections.sections_of(case):
        if section.slug == slug:
            return section
    raise Http404


def tasks(
    case: Case,
    problems: completeness.Problems,
    page: str,
    reader: User,
    comments: Mapping[str, int] = {},
) -> list[dict[str, object]]:
    """The sections for the task list, with their status and who has them open.
    `comments` are the numbers of open comments by the question's code.
    """
    others = presence.others_present(case, reader, clock.now())
    return [
        {
            "title": section.title,
            "href": reverse(f"bids:{page}-section", args=[case.key, section.slug]),
            "status": sections.status(section, case, problems),
            "people_here": presence.names_in_section(others, section.slug),
            "comment_count": sum(comments.get(q.code, 0) for q in section.questions),
        }
        for section in sections.sections_of(case)
    ]


def review_context(
    case: Case, page: str, notes: Mapping[str, list[str]] = {}
) -> dict[str, object]:
    """All answers, and the missing ones with links to their fields."""
    problems = completeness.problems(case, clock.now())
    link = change_links.change_link(case, page)
    missing = [
        {"href": link(section, question)[0], "text": text}
        for section in sections.sections_of(case)
        for question in section.questions
        for text in problems.get(question.code, [])
    ]
    return {"groups": summaries.groups(case, link, notes), "missing": missing}
