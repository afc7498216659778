from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "innovation.organisations"

    def ready(self) -> None:
        from innovation.audit import presenters
        from innovation.organisations import events, evidence

        evidence.register()
        presenters.silent_events.register(*events.OrganisationsEvent)
