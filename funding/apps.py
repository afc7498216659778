from django.apps import AppConfig


class FundingConfig(AppConfig):
    name = "funding"

    def ready(self) -> None:
        from bids import announcements
        from bids.conflicts import ConflictRule, register
        from funding import constraints, evidence, navigation, subjects, wording
        from funding.policies import (
            bids_in_conflict,
            documents_for,
            people_in_conflict,
            public_awards,
        )
        from innovation.documents.policies import register_rule

        constraints.register()
        evidence.register()
        wording.register()
        subjects.register()
        navigation.register()
        register_rule(documents_for)
        announcements.register(public_awards)
        register(ConflictRule(bids_in_conflict, people_in_conflict))
