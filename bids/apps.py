from django.apps import AppConfig


class BidsConfig(AppConfig):
    name = "bids"

    def ready(self) -> None:
        from bids import (
            case_navigation,
            conflicts,
            constraints,
            evidence,
            navigation,
            policies,
            retention,
            subjects,
            wording,
        )
        from bids.domain import (
            copies,
            expressions,
            partners,
            reminders,
            signature_requests,
        )
        from innovation.accounts.domain import departures, invitations, memberships
        from innovation.documents.policies import rules
        from innovation.notifications.letters import withholding_rules
        from innovation.organisations.domain.organisation_additions import (
            merge_listeners,
        )

        case_navigation.register()
        constraints.register()
        copies.register()
        invitations.purposes.register(signature_requests.purpose_of)
        memberships.confirmation_listeners.register(expressions.share_drafts)
        departures.departure_notices.register(signature_requests.waiting_titles)
        memberships.departure_listeners.register(signature_requests.pass_on)
        evidence.register()
        merge_listeners.register(expressions.move_drafts)
        merge_listeners.register(partners.record_merges)
        navigation.register()
        reminders.register()
        retention.register()
        rules.register(policies.documents_for)
        subjects.register()
        withholding_rules.register(conflicts.people_excluded_from)
        wording.register()
