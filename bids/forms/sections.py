"""The one pattern of pages that fill in an expression of interest or a bid."""

from collections.abc import Sequence
from dataclasses import dataclass

from bids.domain.completeness import Problems
from bids.domain.facts import Case
from bids.forms import facts, plan, questions, support
from bids.forms.section import SectionForm
from bids.models import Expression


@dataclass(frozen=True, slots=True)
class Section:
    """`needs` are the fields whose problems belong here."""

    slug: str
    title: str
    form: type[SectionForm]
    needs: tuple[str, ...] = ()
    shows: tuple[str, ...] = ()
    """The facts it asks for, by which an optional one is known to be begun."""

    def problems(self, found: Problems) -> list[str]:
        if self.slug == "questions":
            wanted = [name for name in found if name not in _FACTS]
        else:
            wanted = [name for name in found if name in self.needs]
        return [text for name in wanted for text in found[name]]


IDEA = Section("idea", "The idea", facts.IdeaForm, ("title", "summary"))
KIND = Section("kind", "Strand and kind of idea", facts.KindForm, ("strand",))
PLACES = Section(
    "places",
    "Councils and partners",
    facts.PlacesForm,
    shows=("sheet_councils", "sheet_partners"),
)
QUESTIONS = Section(
    "questions", "This round’s questions", questions.QuestionsForm, ("?",)
)
EXPRESSION: tuple[Section, ...] = (
    IDEA,
    KIND,
    PLACES,
    Section("money", "Money by financial year", facts.MoneyForm, ("money",)),
    Section(
        "support",
        "Support and barriers",
        support.SupportForm,
        shows=("sheet_support", "sheet_barriers"),
    ),
    QUESTIONS,
)
BID: tuple[Section, ...] = (
    IDEA,
    KIND,
    PLACES,
    Section("costs", "Costs by year", plan.CostsForm, ("money",)),
    Section("outcomes", "Outcomes", plan.OutcomesForm, shows=("sheet_outcomes",)),
    Section(
        "milestones", "Milestones", plan.MilestonesForm, shows=("sheet_milestones",)
    ),
    Section("risks", "Risks", plan.RisksForm, shows=("sheet_risks",)),
    Section(
        "plan",
        "Theory of change and evaluation",
        plan.CaseForm,
        shows=("theory_of_change", "evaluation_plan"),
    ),
    QUESTIONS,
)
_FACTS = {name for section in (*EXPRESSION, *BID) for name in section.needs} | {None}


def of(case: Case) -> Sequence[Section]:
    every = EXPRESSION if isinstance(case, Expression) else BID
    asked = case.question_set_id is not None
    return [section for section in every if asked or section is not QUESTIONS]
