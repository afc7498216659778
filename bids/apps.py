from django.apps import AppConfig


class BidsConfig(AppConfig):
    name = "bids"

    def ready(self) -> None:
        from bids import conflicts, constraints, evidence, policies, subjects, wording
        from bids.domain import copies
        from innovation.documents.policies import register_rule
        from innovation.notifications import letters, rendering

        constraints.register()
        evidence.register()
        letters.register_withholding_rule(conflicts.people_excluded_from)
        rendering.register_facts(
            "expression_received", copies.expression_letter_context
        )
        rendering.register_facts("bid_received", copies.bid_letter_context)
        register_rule(policies.documents_for)
        wording.register()
        subjects.register()
