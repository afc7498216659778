"""The filters that expressions, bids and awards share."""

from innovation.api.filters import ListFilters, text_filter, yes_or_no_filter


class CaseFilters(ListFilters):
    round = text_filter(120, "The key or the name of a round.")
    programme = text_filter(
        20,
        "The key of a programme, or “all”. Without it, you get the cases of the main "
        "programme, or those of `round`.",
    )
    lead = text_filter(20, "The key of the lead organisation.")
    council = text_filter(
        100, "A name, DfE number or GSS code of a council, or how a name begins."
    )
    demonstration = yes_or_no_filter("True: only made-up cases. False: none of them.")
