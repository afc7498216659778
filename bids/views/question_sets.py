"""Pages on which administrators edit a round's questions, in versions."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse

from bids.domain import question_sets, sections
from bids.forms import question_set
from bids.forms import round as forms
from bids.models import QuestionSet, Round
from bids.views.rounds import MANAGE, all_rounds
from innovation.accounts.models import User
from innovation.core import clock
from innovation.core.rows import get_or_too_late
from innovation.web import pages
from innovation.web.pages import F


def all_question_sets(user: User) -> QuerySet[QuestionSet]:
    return QuestionSet.objects.select_related("round")


def address(page: str, key: str) -> str:
    return reverse(f"bids:{page}", args=[key])


class BeginQuestions(pages.ActionPage[Round]):
    policy = MANAGE
    scope = staticmethod(all_rounds)
    object_page = "bids:manage-round"
    title = "Write a new version of the questions"
    explanation = (
        "It starts as a copy of the newest version, or of the standard questions. "
        "Cases started before it is published keep their questions."
    )
    submit_label = "Begin"
    stage = "expression"

    def perform(self) -> pages.Destination:
        begun = question_sets.begin(
            self.object,
            stage=self.stage,
            by=self.user,
            at=clock.now(),
        )
        return reverse("bids:manage-questions", args=[begun.key])


class Detail(pages.DetailPage[QuestionSet]):
    policy = MANAGE
    scope = staticmethod(all_question_sets)
    template_name = "bids/administrator/question_set.html"

    def page_title(self) -> str:
        stage = self.object.get_stage_display()
        return f"{stage} questions, version {self.object.version}"

    def back_url(self) -> str:
        return address("manage-round", self.object.round.key)

    def context(self) -> dict[str, object]:
        questions = list(self.object.questions.select_related("criterion"))
        return {
            "sections": sections.group_into_sections(
                questions, sections.answers_revealing_all(questions)
            ),
            "wordings": {question.code: question.wording for question in questions},
        }


class _UnpublishedSetPage(pages.FormPage[QuestionSet, F]):
    """A form about an unpublished set."""

    policy = MANAGE
    scope = staticmethod(all_question_sets)

    def check(self) -> None:
        question_sets.require_unpublished(self.object)

    def back_url(self) -> str:
        return address("manage-questions", self.object.key)


class _SetFormPage(_UnpublishedSetPage[F]):
    """A form whose choices are the questions of the set."""

    def form_options(self) -> dict[str, object]:
        return {"question_set": self.object}


class AddQuestion(_SetFormPage[question_set.QuestionForm]):
    title = "Add a question"
    form_class = question_set.QuestionForm
    submit_label = "Add"
    success_message = "The question was added"

    def initial(self) -> dict[str, object]:
        return {"section": self.request.GET.get("section", "")}

    def perform(self, form: question_set.QuestionForm) -> pages.Destination:
        question_sets.add(
            self.object, facts=form.cleaned_data, by=self.user, at=clock.now()
        )
        return self.back_url()


class ChangeQuestion(
    _SetFormPage, pages.EditPage[QuestionSet, question_set.QuestionForm]
):
    title = "Change a question"
    form_class = question_set.QuestionForm
    submit_label = "Save"
    success_message = "The question was changed"

    def check(self) -> None:
        super().check()
        self.question = get_object_or_404(
            self.object.questions.all(), code=self.kwargs["question"]
        )

    def lock(self) -> None:
        self.object = question_sets.lock(self.object, self.user)
        rows = self.object.questions.all()
        self.question = get_or_too_late(
            rows, self.question.pk, question_sets.REMOVED_MESSAGE
        )

    def group_title(self, name: str) -> str:
        return question_set.FIELD_GROUPS.get(name, "")

    def saved_values(self) -> dict[str, object]:
        return question_set.QuestionForm.initial_values(self.question)

    def form_options(self) -> dict[str, object]:
        return super().form_options() | {"question": self.question}

    def perform(self, form: question_set.QuestionForm) -> pages.Destination:
        facts = {name: form.cleaned_data[name] for name in self.changed_fields}
        question_sets.change(self.question, facts=facts, by=self.user, at=clock.now())
        return self.back_url()


class MoveQuestion(_SetFormPage[question_set.MoveForm]):
    """Within its section, by a button on the list."""

    title = "Move a question"
    form_class = question_set.MoveForm
    submit_label = "Move"

    def perform(self, form: question_set.MoveForm) -> pages.Destination:
        question, up = form.cleaned_data["question"], form.cleaned_data["to"]
        question_sets.move(
            question, up=up == question_set.UP, by=self.user, at=clock.now()
        )
        return f"{self.back_url()}#question-{question.code}"


class MoveSection(_SetFormPage[question_set.MoveSectionForm]):
    title = "Move a section"
    form_class = question_set.MoveSectionForm
    submit_label = "Move"

    def perform(self, form: question_set.MoveSectionForm) -> pages.Destination:
        slug, up = form.cleaned_data["section"], form.cleaned_data["to"]
        question_sets.move_section(
            self.object,
            slug=slug,
            up=up == question_set.UP,
            by=self.user,
            at=clock.now(),
        )
        return f"{self.back_url()}#section-{slug}"


class RemoveQuestion(_SetFormPage[question_set.SelectQuestionForm]):
    title = "Remove a question"
    form_class = question_set.SelectQuestionForm
    submit_label = "Remove"
    success_message = "The question was removed"

    def initial(self) -> dict[str, object]:
        return {"question": self.request.GET.get("question", "")}

    def perform(self, form: question_set.SelectQuestionForm) -> pages.Destination:
        question_sets.remove(
            form.cleaned_data["question"], by=self.user, at=clock.now()
        )
        return self.back_url()


class Publish(_UnpublishedSetPage[forms.PublishForm]):
    title = "Publish these questions"
    form_class = forms.PublishForm
    submit_label = "Publish"
    success_message = "The questions were published"

    def perform(self, form: forms.PublishForm) -> pages.Destination:
        question_sets.publish(self.object, by=self.user, at=clock.now())
        return address("manage-round", self.object.round.key)
