"""The types of question."""

from django.db import models


class QuestionType(models.TextChoices):
    """Answers are stored by question and version. Facts are stored in columns and rows
    of their own, and a set asks for each at most once. The definitions of the types are
    in `domain.question_types`.
    """

    SHORT_TEXT = "short_text", "Short text"
    LONG_TEXT = "long_text", "Long text"
    NUMBER = "number", "Number"
    MONEY = "money", "Money"
    MONEY_BY_YEAR = "money_by_year", "Money by financial year"
    DATE = "date", "Date"
    ONE_CHOICE = "one_choice", "One choice"
    MANY_CHOICES = "many_choices", "Many choices"
    ORGANISATIONS = "organisations", "Organisations"
    COUNCILS = "councils", "Councils"
    UPLOAD = "upload", "Upload"
    DECLARATION = "declaration", "Declaration"
    TITLE = "title", "Title"
    SUMMARY = "summary", "Summary of the idea"
    PARTNERS = "partners", "Partner organisations"
    AREAS = "areas", "Councils where the work happens"
    STRAND = "strand", "Strand"
    MATURITY = "maturity", "Maturity"
    IDEA_TYPE = "idea_type", "Kind of idea"
    PRACTICE_MODELS = "practice_models", "Practice models"
    MONEY_ASKED = "money_asked", "Funding needed each year"
    SUPPORT = "support", "Support needed"
    BARRIERS = "barriers", "Barriers"
    OUTCOMES = "outcomes", "Outcomes"
    SUM_ASKED = "sum_asked", "Total funding needed"
    COSTS = "costs", "Costs"
    OTHER_FUNDING = "other_funding", "Other funding"
    MILESTONES = "milestones", "Milestones"
    RISKS = "risks", "Risks"
    THEORY_OF_CHANGE = "theory_of_change", "Theory of change"
    EVALUATION_PLAN = "evaluation_plan", "Evaluation plan"
    PARTNER_LETTERS = "partner_letters", "Partner letters"


_ALL_TYPES = list(QuestionType.values)


FACT_TYPES = _ALL_TYPES[_ALL_TYPES.index(QuestionType.TITLE) :]
