from django.apps import AppConfig


class FundingConfig(AppConfig):
    name = "funding"

    def ready(self) -> None:
        from bids import announcements, conflicts
        from funding import (
            cards,
            case_facts,
            case_pages,
            constraints,
            evidence,
            navigation,
            policies,
            related_awards,
            subjects,
            wording,
        )
        from funding.domain import reminders
        from innovation.documents.policies import rules
        from innovation.organisations import public_names

        conflicts.rules.register(
            conflicts.ConflictRule(
                policies.bids_in_conflict, policies.people_in_conflict
            )
        )
        cards.register()
        case_facts.register()
        case_pages.register()
        constraints.register()
        evidence.register()
        navigation.register()
        related_awards.register()
        reminders.register()
        rules.register(policies.documents_for)
        subjects.register()
        wording.register()
        announcements.rules.register(policies.public_awards)
        public_names.rules.register(policies.public_organisations)
