from django.apps import AppConfig


class FundingConfig(AppConfig):
    name = "funding"

    def ready(self) -> None:
        from bids.policies import hide
        from funding import constraints, navigation, wording
        from funding.policies import bids_in_conflict

        constraints.register()
        wording.register()
        navigation.register()
        hide(bids_in_conflict)
