"""What a constraint of this app's tables means to the person who broke it."""

from innovation.core.constraints import register_message


def register() -> None:
    register_message(
        "agenda_item_once", None, "This bid is already on this meeting’s agenda."
    )
    register_message("agenda_item_one_live", None, "This bid is already on an agenda.")
    register_message(
        "interest_once", "member", "This member’s interest is already recorded"
    )
    register_message(
        "evaluation_report_title_once",
        "title",
        "A report with this title is already published",
    )
    register_message(
        "monitoring_period_once", "period", "This report was already asked for"
    )
    register_message(
        "payment_released_by_another",
        None,
        "Somebody other than the person who asked for it must release a payment.",
    )
    register_message(
        "seed_given_at_most_10000",
        "amounts",
        "An organisation is given at most £10,000 in seed grants in a financial year, "
        "and with this it would get more. Enter less",
    )
    register_message(
        "evaluator_is_independent",
        "evaluator",
        "Choose an organisation that does not deliver the project",
    )
