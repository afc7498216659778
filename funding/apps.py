from django.apps import AppConfig


class FundingConfig(AppConfig):
    name = "funding"

    def ready(self) -> None:
        from bids.policies import hide
        from funding import navigation as navigation
        from funding import wording as wording
        from funding.policies import bids_in_conflict

        hide(bids_in_conflict)
