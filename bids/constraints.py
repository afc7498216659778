"""What a constraint of this app's tables means to the person who broke it."""

from innovation.core.constraints import register_message


def register() -> None:
    register_message("round_name_once", "name", "Another round has this name")
    register_message(
        "round_closes_after_opening", "closes_at", "Enter a close after the opening"
    )
    register_message(
        "round_limits_in_order",
        "award_most",
        "Enter a largest award that is not below the smallest",
    )
    register_message(
        "round_seed_at_most_10000",
        "award_most",
        "Enter a largest award of £10,000 or less: this is a seed round",
    )
    register_message(
        "seed_year_at_most_10000",
        "money",
        "An organisation’s seed grants are at most £10,000 in a financial year, and "
        "yours would come to more",
    )
    register_message("strand_name_once", "name", "This round has a strand of this name")
    register_message(
        "strand_anything_else_once",
        "anything_else",
        "This round already has a strand for anything else",
    )
    register_message(
        "criterion_name_once", "name", "This round has a criterion of this name"
    )
    register_message(
        "criterion_scale", "score_most", "Enter a highest score above the lowest"
    )
    register_message("envelope_once", "financial_year", "This envelope already exists")
    register_message(
        "question_code_once", "code", "This question set has a question of this code"
    )
    register_message("question_fact_once", "kind", "This form asks for that already")
    register_message(
        "assessment_once", None, "You have already started to assess this bid."
    )
    register_message(
        "assignment_once", "user", "This person already looks after the case"
    )
    register_message(
        "clarification_one_open", None, "A question is already waiting for an answer."
    )
