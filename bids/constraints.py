"""What a constraint of this app's tables means to the person who broke it."""

from innovation.core.constraints import say


def register() -> None:
    say("round_name_once", "name", "Another round has this name")
    say("round_closes_after_opening", "closes_at", "Enter a close after the opening")
    say(
        "round_limits_in_order",
        "award_most",
        "Enter a largest award that is not below the smallest",
    )
    say(
        "round_seed_at_most_10000",
        "award_most",
        "Enter a largest award of £10,000 or less: this is a seed round",
    )
    say(
        "seed_year_at_most_10000",
        "money",
        "An organisation’s seed grants are at most £10,000 in a financial year, and "
        "yours would come to more",
    )
    say("strand_name_once", "name", "This round has a strand of this name")
    say(
        "strand_anything_else_once",
        "anything_else",
        "This round already has a strand for anything else",
    )
    say("criterion_name_once", "name", "This round has a criterion of this name")
    say("criterion_scale", "score_most", "Enter a highest score above the lowest")
    say("envelope_once", "financial_year", "This envelope already exists")
    say("question_code_once", "code", "This question set has a question of this code")
    say("question_fact_once", "kind", "This form asks for that already")
    say("assessment_once", None, "You have already started to assess this bid.")
    say("assignment_once", "user", "This person already looks after the case")
    say("clarification_one_open", None, "A question is already waiting for an answer.")
