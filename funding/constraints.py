"""Messages for rules that triggers enforce."""

from innovation.core.constraints import Message, messages


def register() -> None:
    messages.register(
        Message(
            "seed_given_at_most_10000",
            "amounts",
            "An organisation is given at most £10,000 in seed grants in a financial "
            "year, and with this it would get more. Enter less",
        )
    )
