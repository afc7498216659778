"""Messages for constraints outside a model's `Meta`: unique columns, triggers."""

from innovation.core.constraints import Message, messages


def register() -> None:
    messages.register(
        Message("bids_round_name_key", "name", "Another round has this name"),
        Message(
            "seed_year_at_most_10000",
            "money",
            "An organisation’s seed grants are at most £10,000 in a financial year, "
            "and yours would come to more",
        ),
    )
