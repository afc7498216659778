"""What a constraint means that is not among a model's own: of one column, or kept by a
trigger.
"""

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
