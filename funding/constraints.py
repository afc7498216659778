"""What a rule that a trigger keeps means to the person who broke it."""

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
